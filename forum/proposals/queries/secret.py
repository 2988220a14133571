"""Secret ballots: how many say what, and who took part once that harms nobody."""

from collections import Counter

from forum.accounts.models import Account, Viewer
from forum.database.select import tuples
from forum.proposals import rules, secrecy
from forum.proposals.methods.shapes import Marks, Profile
from forum.proposals.models import Proposal, SecretBallots, SecretParticipant, SecretUrn, SecretVote
from forum.proposals.queries.electorate import electorate_ids


def secret_profile(proposal: Proposal) -> Profile:
    """What the ballots say, those that say the same counted together."""
    rows = SecretBallots.select(SecretBallots.said, SecretBallots.number).where(SecretBallots.proposal == proposal.id)
    return Counter({frozenset(secrecy.read(text).items()): number for text, number in tuples(rows)})


def secret_ballots(proposal: Proposal) -> list[Marks]:
    """Each ballot, in no order that means anything."""
    return [dict(marks) for marks, number in secret_profile(proposal).items() for _ in range(number)]


def took_part(member: Viewer, proposal: Proposal) -> list[str]:
    """The pseudonyms of those who voted, of the members of today, in the order of the alphabet. Raises Refused."""
    rules.see_participants(member, proposal).require()
    those = SecretParticipant.select(SecretParticipant.member).where(SecretParticipant.proposal == proposal.id)
    members = Account.id.in_(electorate_ids(proposal))
    rows = Account.select(Account.username).where(Account.id.in_(those), members).order_by(Account.username_key)
    return [username for (username,) in tuples(rows)]


def absent_ids(proposal: Proposal) -> list[int]:
    """Those who may vote and have not, for the worker to remind."""
    marks = secrecy.marks_of(proposal, electorate_ids(proposal))
    voted = {mark for (mark,) in tuples(SecretVote.select(SecretVote.mark).where(SecretVote.proposal == proposal.id))}
    return [account_id for mark, account_id in marks.items() if mark not in voted]


def secret_votes_of(member: Account) -> list[str]:
    """The keys of the secret votes, now over, that this person took part in, for the file of all their data."""
    took = SecretParticipant.select(Proposal.key).join(Proposal).where(SecretParticipant.member == member.id)
    return sorted(key for (key,) in tuples(took))


def urns_to_shake() -> list[tuple[int, int]]:
    """The open secret votes in which somebody voted since their urn was last shaken, and how many have."""
    rows = SecretUrn.select(SecretUrn.proposal, Proposal.voters_count).join(Proposal)
    return tuples(rows.where(SecretUrn.shaken < Proposal.voters_count))


def over_with_marks(limit: int = 20) -> list[Proposal]:
    """Votes that are over and of which marks are still kept."""
    marked = Proposal.id.in_(SecretVote.select(SecretVote.proposal).distinct())
    return list(Proposal.select().where(Proposal.closed_at.is_null(False), marked).limit(limit))
