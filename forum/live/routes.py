"""The tally alone, and how many answers there are, for pages that watch them."""

from flask import Blueprint, Response, request

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.errors import NotFound
from forum.live import queries, spectators
from forum.proposals import actions, queries as proposals, rules
from forum.proposals.methods import METHODS
from forum.web.headers import PRIVATE
from forum.web.pages import show
from forum.web.requests import me

bp = Blueprint("live", __name__)


@bp.get("/p/<key>/resultat")
def tally(key: str) -> Response:
    """The tally, or nothing: 204 when ?revision= is the present one, 304 when the ETag is. `?forme=barre`: the bar."""
    # Most tallies are public: then nobody need know who is looking, and no account is read.
    everybody = queries.pulse(GUEST, key)
    pulse = everybody or queries.pulse(me(), key)
    if pulse is None:
        raise NotFound
    if spectators.is_asked(request.environ):
        _tell_audience(key, bool(everybody), pulse.shown_to_all(now()))
    if pulse.settled(now()):
        if request.args.get("revision") == str(pulse.revision):
            return Response(status=204, headers=_fresh())
        if request.if_none_match.contains_weak(_etag(key, pulse.revision)):
            return Response(status=304, headers=_fresh())
    return _told(key)


@bp.get("/d/<key>/reponses")
def answers(key: str) -> Response:
    """How many answers a discussion has, in figures, or nothing: 204 when there are as many as ?depuis= says."""
    everybody = queries.answers(GUEST, key)
    found = everybody or queries.answers(me(), key)
    if found is None:
        raise NotFound
    if spectators.is_asked(request.environ) and not everybody:
        spectators.tell(request.environ, member_id=me().id, audience="members")
    if request.args.get("depuis") == str(found.number):
        return Response(status=204, headers=_fresh())
    return Response(str(found.number), headers=_fresh(), mimetype="text/plain")


def _tell_audience(key: str, everybody: bool, shown: bool) -> None:
    """Among whom this reader sees the tally: those who see its results apart, where not everybody does."""
    voted = not shown and bool(rules.see_results(me(), proposals.proposal_for(me(), key)))
    if voted or not everybody:
        audience = f"{'all' if everybody else 'members'}{' who voted' if voted else ''}"
        spectators.tell(request.environ, member_id=me().id, audience=audience)


def _fresh() -> dict[str, str]:
    """Asked for again each time, but for a visitor's: it is everybody's."""
    return PRIVATE if request.cookies else {}


def _late() -> dict[str, str]:
    """Some ballots are still missing: nobody keeps it."""
    spectators.tell(request.environ, late=True)
    return PRIVATE


def _etag(key: str, revision: int) -> str:
    return f"{key}-{revision}-{request.args.get('forme') == 'barre':d}"


def _told(key: str) -> Response:
    proposal = actions.by_the_clock(proposals.proposal_for(me(), key))
    bar = request.args.get("forme") == "barre"
    options = proposals.options_of(proposal)
    drawing = None if bar else proposals.drawing(proposal, options)
    if drawing and request.args.get("revision") == str(drawing.revision) and proposal.is_open():
        # There are later ballots, and it is too soon to count them.
        return Response(status=204, headers=_late())
    response = show(
        "proposals/_bar.html" if bar else "proposals/_tally.html",
        proposal=proposal,
        options=options,
        method=METHODS[proposal.method],
        drawing=drawing,
        open=proposal.is_open(),
        coming=proposal.is_coming(),
        can_see=rules.see_results(me(), proposal),
        outcome=proposals.outcome_of(proposal),
    )
    response.set_etag(_etag(key, drawing.revision if drawing else proposal.revision))
    response.headers.update(_late() if drawing and drawing.revision < proposal.revision else _fresh())
    return response
