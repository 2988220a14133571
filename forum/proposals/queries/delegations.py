"""Voices recorded for others."""

from forum.accounts.models import GUEST, Viewer
from forum.proposals.models import Delegation, Proposal


def count_recorded(member: Viewer, proposal: Proposal, besides: Viewer = GUEST) -> int:
    """For how many people, `besides` this one, this person has recorded a voice on this proposal, withdrawn or not."""
    mine = Delegation.proposal == proposal.id, Delegation.recorder == member.id, Delegation.voter != besides.id
    return Delegation.select().where(*mine).count()
