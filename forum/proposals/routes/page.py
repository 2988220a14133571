"""A proposal, and the vote on it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request

from forum.accounts import queries as accounts
from forum.errors import Invalid, Verdict
from forum.groups import rules as group_rules
from forum.proposals import actions, queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.models import Option, Proposal, RoomCount
from forum.proposals.routes import bp
from forum.text import dates
from forum.text.seen import borne
from forum.web.pages import see_other, show
from forum.web.requests import cursor, me, wants_fragment


@bp.get("/p/<key>")
def proposal(key: str) -> Response:
    return _page(present(key))


@bp.get("/p/<key>.json")
def proposal_json(key: str) -> Response:
    proposal = present(key)
    return jsonify(
        key=proposal.key,
        title=proposal.title,
        group=proposal.group.handle,
        method=proposal.method,
        state="coming" if proposal.is_coming() else "open" if proposal.is_open() else "closed",
        closes_at=dates.iso(proposal.closes_at),
        revision=proposal.revision,
        voters_count=proposal.voters_count,
        eligible_count=proposal.eligible_count,
        options=_options(proposal),
        outcome=queries.outcome_of(proposal),
        statement=_statement(proposal),
        rooms=list(map(_room, queries.rooms(proposal) if rules.see_results(me(), proposal) else [])),
        record={"url": f"/p/{proposal.key}.csv", "sha256": queries.fingerprint_for(me(), proposal) or None},
        opens_at=dates.iso(proposal.opens_at),
        electorate=proposal.electorate,
        final=proposal.final,
        results=proposal.results,
        secret=proposal.secret,
    )


def _options(proposal: Proposal) -> list[dict[str, Any]]:
    """Each option, with its figures for whoever may see them."""
    options, can_see = queries.options_of(proposal), bool(rules.see_results(me(), proposal))
    tally = queries.tally_of(proposal, options)
    counts, scores = (tally.counts, tally.scores) if can_see else ({}, {})
    return [
        {
            "id": option.name,
            "label": option.label,
            "count": counts.get(option.name),
            "score": scores.get(option.name),
        }
        for option in options
    ]


def _statement(proposal: Proposal) -> dict[str, Any] | None:
    """What follows from the vote, as its author wrote it."""
    statement = queries.statement_of(proposal)
    if statement is None:
        return None
    review = dates.iso(statement.review_at) if statement.review_at else None
    facts = {"author": statement.author.username, "body_html": statement.body_html, "at": dates.iso(statement.at)}
    return {**facts, "review_at": review}


def _room(row: RoomCount) -> dict[str, Any]:
    """A count made by hand, without who entered it."""
    facts = {"place": row.place, "held_on": row.held_on, "present": row.present}
    return {**facts, "counts": row.by_option, "note": row.note}


@bp.post("/p/<key>/vote")
def vote(key: str) -> Response:
    proposal = present(key)
    try:
        actions.vote(me(), proposal, request.form)
    except Invalid as problem:
        return _page(present(key), 422, request.form, problem.fields)
    read = request.form.get("seen", "").partition(".")[0]
    return _page(present(key), read=read) if wants_fragment() else see_other(_after_vote(key, read))


def _after_vote(key: str, read: str) -> str:
    """Where one is led once one has voted; where options came meanwhile, the address says how many were read."""
    late = rules.options_since(queries.options_of(present(key)), read)
    return f"/p/{key}?lues={read}#vote" if late else f"/p/{key}#vote"


@bp.post("/p/<key>/options")
def add_option(key: str) -> Response:
    proposal = present(key)
    rules.add_option(me(), proposal).require()
    try:
        actions.add_option(me(), proposal, request.form.get("option", ""), request.form.get("seen"))
    except Invalid as problem:
        return _page(present(key), 422, errors=problem.fields)
    return see_other(f"/p/{key}#vote")


def present(key: str) -> Proposal:
    """The proposal as the clock has left it: whoever reads it first after its hours notes its opening, its outcome."""
    return actions.by_the_clock(queries.proposal_for(me(), key))


def _page(
    proposal: Proposal,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    errors: dict[str, str] | None = None,
    read: str = "",
) -> Response:
    """The page; for htmx its block `ballot`, which needs no reasons. `read`: how many options were when one voted."""
    options = queries.options_of(proposal)
    standing = _standing(proposal, options, typed)
    # What is still on the screen around a fragment is what the refused form was made from.
    standing["seen"] = borne(standing["seen"], request.form, errors or {})
    return show(
        "proposals/proposal.html",
        "ballot",
        status,
        proposal=proposal,
        group=proposal.group,
        discussion=queries.birthplace(me(), proposal),
        options=options,
        before=cursor(),
        errors=errors or {},
        can_add=rules.add_option(me(), proposal),
        adding=request.form.get("option", ""),
        late=rules.options_since(options, read or request.args.get("lues", "")) if standing["ballot"] else [],
        can_edit=rules.edit(me(), proposal),
        lifecycle=None if wants_fragment() else queries.lifecycle_of(me(), proposal, standing["can_see"]),
        voters=queries.named_voters(proposal) if _shows_voters(proposal) else [],
        **_terms(proposal),
        **standing,
        **_results(proposal, options, standing["can_see"]),
    )


def _terms(proposal: Proposal) -> dict[str, Any]:
    """What is the same for everybody: how one votes here, until when, and what came of it."""
    return {
        "method": METHODS[proposal.method],
        "glance": rules.at_a_glance(proposal),
        "who_counts": rules.who_counts(proposal),
        "reason_hint": rules.reason_hint(proposal),
        "rules": queries.published_settings(proposal),
        "open": proposal.is_open(),
        "coming": proposal.is_coming(),
        "outcome": queries.outcome_of(proposal),
        "tags": queries.tags_of(proposal),
    }


def _results(proposal: Proposal, options: list[Option], can_see: Verdict) -> dict[str, Any]:
    """The tally, the figures to check it and the reasons, for whoever may see them; for htmx the tally alone."""
    whole = can_see and not wants_fragment()
    reasons, older = queries.reasons(proposal, cursor()) if whole else ([], None)
    return {
        "drawing": queries.drawing(proposal, options),
        "workings": queries.workings(proposal, options) if whole else (),
        "reasons": reasons,
        # One rule wherever a name meets a choice.
        "names": bool(rules.see_voices(me(), proposal)),
        "folded": accounts.blocked_by(me()) if reasons else (),
        "older": older,
    }


def _shows_voters(proposal: Proposal) -> bool:
    named = proposal.electorate == "named" and not wants_fragment()
    return named and bool(rules.see_voters(me(), proposal))


def _standing(proposal: Proposal, options: list[Option], typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What this reader has said and may do; what they have just typed goes before what is stored."""
    ballot, chosen = queries.ballot_of(me(), proposal)
    voted = rules.has_voted(me(), proposal) if proposal.secret else bool(ballot)
    stored = {name: str(value) for name, value in chosen.items()}
    method, settings = METHODS[proposal.method], queries.settings_of(proposal)
    labels = {option.name: option.label for option in options}
    return {
        "answers": method.answers(labels, settings),
        "advice": method.advice(settings),
        "given": {name: typed.get(f"option-{name}", "") for name in labels} if typed else stored,
        "ballot": ballot,
        "seen": "" if me().is_guest else rules.as_read(proposal, options, rules.as_seen(ballot)),
        "chosen": chosen,
        "asked": typed.get("choice", "") if typed else "",
        "reason": typed.get("reason", "") if typed else ballot.reason if ballot and not ballot.hidden_at else "",
        "publicity": rules.public_ballot(proposal),
        "can_vote": rules.change_vote(me(), proposal) if voted else rules.vote(me(), proposal),
        "can_see": rules.see_results(me(), proposal, voted),
        "belongs": group_rules.belongs(me(), proposal.group),
        "newcomers_vote": rules.newcomers_vote(proposal),
        "can_join": group_rules.join(me(), proposal.group),
    }
