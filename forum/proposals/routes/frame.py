"""The tally of a proposal for other sites: as a guest reads it, whoever looks."""

from flask import Response

from forum.accounts.models import GUEST
from forum.proposals import actions, queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.routes import bp
from forum.web.frames import framed


@bp.get("/p/<key>/cadre")
def frame(key: str) -> Response:
    proposal = actions.by_the_clock(queries.proposal_for(GUEST, key))
    options = queries.options_of(proposal)
    return framed(
        "proposals/frame.html",
        proposal=proposal,
        group=proposal.group,
        options=options,
        method=METHODS[proposal.method],
        drawing=queries.drawing(proposal, options),
        open=proposal.is_open(),
        coming=proposal.is_coming(),
        can_see=rules.see_results(GUEST, proposal),
        outcome=queries.outcome_of(proposal),
    )
