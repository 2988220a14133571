"""Voices recorded for others."""

from forum.accounts.models import GUEST, Viewer
from forum.proposals.models import Ballot, Delegation, Proposal


def count_by_telephone(proposal: Proposal) -> int:
    """How many of the ballots that count somebody recorded for their voter."""
    theirs = (Ballot.proposal == Delegation.proposal) & (Ballot.voter == Delegation.voter)
    recorded = Delegation.select().join(Ballot, on=theirs)
    return recorded.where(Delegation.proposal == proposal.id, Ballot.recorded_by.is_null(False)).count()


def count_recorded(member: Viewer, proposal: Proposal, besides: Viewer = GUEST) -> int:
    """For how many people, `besides` this one, this person has recorded a voice on this proposal, withdrawn or not."""
    mine = Delegation.proposal == proposal.id, Delegation.recorder == member.id, Delegation.voter != besides.id
    return Delegation.select().where(*mine).count()
