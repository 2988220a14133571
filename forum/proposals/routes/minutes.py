"""The minutes of a vote: to be downloaded, printed, and read with names by those who may."""

import csv
import io
from typing import Any

from flask import Response, current_app, request

from forum.proposals import minutes, queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of
from forum.proposals.models import Ballot, BallotChange, Option, Proposal
from forum.proposals.routes import bp
from forum.proposals.routes.page import present
from forum.text.dates import iso
from forum.text.typed import parse_whole
from forum.web.pages import show
from forum.web.requests import me, page_number
from forum.web.tables import download


@bp.get("/p/<key>.csv")
def minutes_csv(key: str) -> Response:
    """The minutes that stand, or with ?cloture=1 those of a closing since undone."""
    number = parse_whole(request.args.get("cloture", "")) or 0
    name = f"vote-{key}-{number}.csv" if number else f"vote-{key}.csv"
    return download(queries.minutes_for(me(), present(key), number), name)


@bp.get("/p/<key>/imprimer")
def printed(key: str) -> Response:
    """Everything on paper, black on white: ballots that say the same are counted together."""
    proposal = present(key)
    rules.see_results(me(), proposal).require()
    options = queries.options_of(proposal)
    can_read = rules.read_ballots(me(), proposal)
    return show(
        "proposals/print.html",
        proposal=proposal,
        options=options,
        method=METHODS[proposal.method],
        rules=queries.published_settings(proposal),
        workings=queries.workings(proposal, options, exact=True),
        drawing=queries.drawing(proposal, options),
        outcome=queries.outcome_of(proposal),
        open=proposal.is_open(),
        can_read=can_read,
        ballots=_counted_together(proposal, options) if can_read else [],
        scale=METHODS[proposal.method].answers({o.name: o.label for o in options}, queries.settings_of(proposal)),
        rooms=queries.rooms(proposal),
        recorded=queries.count_by_telephone(proposal),
        statement=queries.statement_of(proposal),
        sha256=queries.fingerprint_for(me(), proposal),
        address=f"{current_app.config['SETTINGS'].base_url}/p/{key}",
    )


@bp.get("/p/<key>/voix")
def voices(key: str) -> Response:
    """Who voted what, with what they said before."""
    proposal = present(key)
    rules.see_voices(me(), proposal).require()
    page, more = queries.voices(proposal, page_number())
    return show(
        "proposals/voices.html",
        proposal=proposal,
        group=proposal.group,
        voices=[_told(proposal, voice) for voice in page],
        more=more,
        page=page_number(),
    )


@bp.get("/p/<key>/voix.csv")
def voices_csv(key: str) -> Response:
    """The same as a table; unlike the minutes it changes when somebody leaves the site."""
    proposal = present(key)
    rules.see_voices(me(), proposal).require()
    names = [option.name for option in queries.options_of(proposal)]
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["voter", "recorded_by", "changed_at", *names, "reason"])
    for voice in queries.every_voice(proposal):
        ballot, marks = voice.ballot, [voice.marks.get(name, "") for name in names]
        voter, reason = minutes.harmless(ballot.voter.username), minutes.harmless(ballot.reason)
        lines.writerow([voter, minutes.harmless(_recorder(ballot)), iso(ballot.changed_at), *marks, reason])
    return download(text.getvalue(), f"voix-{key}.csv")


@bp.get("/p/<key>/participation")
def participation(key: str) -> Response:
    """Who took part in a secret vote; nobody knows what they said."""
    proposal = present(key)
    names = queries.took_part(me(), proposal)
    return show("proposals/participation.html", proposal=proposal, group=proposal.group, names=names)


@bp.get("/p/<key>/ma-voix")
def my_voice(key: str) -> Response:
    """What this person said, and said before."""
    proposal = present(key)
    rules.see_own_voice(me()).require()
    voice = queries.voice_of(me(), proposal)
    voices = [_told(proposal, voice)] if voice else []
    return show("proposals/my_voice.html", proposal=proposal, group=proposal.group, voices=voices)


def _told(proposal: Proposal, voice: queries.BallotHistory) -> dict[str, Any]:
    """A voice in words: `before` holds what was said and until when, the oldest first."""
    method, labels = METHODS[proposal.method], {o.name: o.label for o in queries.options_of(proposal)}
    return {
        "name": voice.ballot.voter.username,
        "said": method.in_words(voice.marks, labels),
        "by": _recorder(voice.ballot),
        "before": [
            (method.in_words(marks, labels), change.until, _recorder(change)) for change, marks in voice.changes
        ],
    }


def _recorder(row: Ballot | BallotChange) -> str:
    """Who recorded this for the voter, '' when they said it themselves."""
    return row.recorded_by.username if row.recorded_by else ""


def _counted_together(proposal: Proposal, options: list[Option]) -> list[tuple[int, list[int | str]]]:
    """How many ballots bear each row of values ('' for none), in the order of the minutes."""
    names = [option.name for option in options]
    profile = profile_of(queries.ballots_of(proposal))
    rows = [(number, dict(marks)) for marks, number in profile.items()]
    rows.sort(key=lambda row: minutes.order_of(row[1], names))
    return [(number, [marks.get(name, "") for name in names]) for number, marks in rows]
