"""Who is told of what is put to the vote."""

from collections.abc import Iterable

from forum.db import tuples
from forum.groups.models import Membership
from forum.journal import JournalLine
from forum.notifications.told import Told, tells
from forum.proposals.models import Ballot, Proposal


@tells("proposal.opened")
def opened(line: JournalLine) -> Iterable[Told]:
    """The members of the group: their voice is asked for."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None:
        return
    sentence = f"À voter : « {proposal.title} »"
    for (account_id,) in tuples(Membership.select(Membership.member).where(Membership.group == proposal.group_id)):
        yield Told(account_id, sentence, f"/p/{proposal.key}", kind="votes")


@tells("proposal.closed")
def closed(line: JournalLine) -> Iterable[Told]:
    """Who voted."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None:
        return
    sentence = f"Le vote est terminé, voici le résultat : « {proposal.title} »"
    for (account_id,) in tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id)):
        yield Told(account_id, sentence, f"/p/{proposal.key}", kind="votes")
