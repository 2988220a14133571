"""What the clock has decided, noted by whoever reads first."""

from forum.proposals.actions.closing import close
from forum.proposals.actions.opening import open_vote
from forum.proposals.models import Proposal


def by_the_clock(proposal: Proposal) -> Proposal:
    """The proposal as the clock has left it: its opening and its closing noted when their hours have passed."""
    if proposal.closed_at is None and proposal.is_over():
        # The end of a secret vote writes its tables anew: for the worker, at the same minute, and no reader's business.
        return proposal if proposal.secret else close(proposal)
    if proposal.opened_at is None and proposal.is_open():
        noted = open_vote(proposal)
        proposal.opened_at, proposal.eligible_count = noted.opened_at, noted.eligible_count
        proposal.revision = noted.revision
    return proposal
