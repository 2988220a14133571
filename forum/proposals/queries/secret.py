"""Secret ballots: how many say what, and who took part once that harms nobody."""

from collections import Counter

from forum.accounts.models import Account, Viewer
from forum.database.select import tuples
from forum.proposals import rules, secrecy
from forum.proposals.methods.shapes import Marks, Profile
from forum.proposals.models import Proposal, SecretBallots, SecretVote
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
    marks = {secrecy.mark_of(proposal, account_id): account_id for account_id in electorate_ids(proposal)}
    votes = tuples(SecretVote.select(SecretVote.mark).where(SecretVote.proposal == proposal.id))
    ids = [marks[mark] for (mark,) in votes if mark in marks]
    rows = Account.select(Account.username).where(Account.id.in_(ids)).order_by(Account.username_key)
    return [username for (username,) in tuples(rows)] if ids else []


def absent_ids(proposal: Proposal) -> list[int]:
    """Those who may vote and have not, for the worker to remind."""
    marks = {secrecy.mark_of(proposal, account_id): account_id for account_id in electorate_ids(proposal)}
    voted = {mark for (mark,) in tuples(SecretVote.select(SecretVote.mark).where(SecretVote.proposal == proposal.id))}
    return [account_id for mark, account_id in marks.items() if mark not in voted]


def secret_votes_of(member: Account) -> list[str]:
    """The keys of the secret votes, now over, that this person took part in, for the file of all their data."""
    ended = Proposal.select(Proposal.id, Proposal.key).where(Proposal.secret, Proposal.closed_at.is_null(False))
    marks = {secrecy.mark_of(proposal, member.id): proposal.key for proposal in ended}
    voted = SecretVote.select(SecretVote.mark).where(SecretVote.mark.in_(list(marks)))
    return sorted(marks[mark] for (mark,) in tuples(voted)) if marks else []
