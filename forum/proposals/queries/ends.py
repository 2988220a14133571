"""What happened to a vote besides its ballots: its ends, what follows from it, who was reminded."""

from datetime import timedelta

from peewee import JOIN, fn

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.select import tuples
from forum.groups.models import Group
from forum.proposals.models import Ballot, Closing, Proposal, Reminder, Statement
from forum.proposals.queries.electorate import electorate_ids
from forum.proposals.queries.secret import absent_ids

# Whoever has not voted is reminded so long before the end; of a vote that lasts no longer than that, nobody is.
BEFORE = timedelta(days=1)


def closings(proposal: Proposal) -> list[Closing]:
    """Each end of the vote with who ended and who reopened it, the first first; without the texts of their minutes."""
    by, again = Account.alias(), Account.alias()
    columns = [column for column in Closing._meta.sorted_fields if column is not Closing.record]
    query = Closing.select(*columns, by.id, by.username, again.id, again.username)
    query = query.join(by, JOIN.LEFT_OUTER, on=Closing.by, attr="by")
    query = query.join_from(Closing, again, JOIN.LEFT_OUTER, on=Closing.reopened_by, attr="reopened_by")
    return list(query.where(Closing.proposal == proposal.id).order_by(Closing.number))


def statements(proposal: Proposal) -> list[Statement]:
    """What follows from the vote, the version that stands first; nothing while the proposal is hidden."""
    if proposal.hidden_at:
        return []
    query = Statement.select(Statement, Account.id, Account.username).join(Account)
    return list(query.where(Statement.proposal == proposal.id).order_by(Statement.id.desc()))


def statement_of(proposal: Proposal) -> Statement | None:
    """What follows from the vote, in the version that stands; nothing while the proposal is hidden."""
    if proposal.hidden_at:
        return None
    query = Statement.select(Statement, Account.id, Account.username).join(Account)
    return query.where(Statement.proposal == proposal.id).order_by(Statement.id.desc()).first()


def reviews_due(limit: int = 100) -> list[Statement]:
    """The versions that stand whose day of review has come untold, each with its proposal and group."""
    newer = Statement.alias()
    stands = ~fn.EXISTS(newer.select(newer.id).where(newer.proposal == Statement.proposal, newer.id > Statement.id))
    due = Statement.reviewed_at.is_null(), Statement.review_at <= now()
    query = Statement.select(Statement, Proposal, Group).join(Proposal).join(Group)
    return list(query.where(*due, stands).order_by(Statement.review_at).limit(limit))


def reminded(proposal: Proposal) -> Reminder | None:
    """The reminder made by hand since the vote last began."""
    made = Reminder.select().where(Reminder.proposal == proposal.id, Reminder.by_hand)
    return made.where(Reminder.round == fn.COALESCE(_ends(proposal.id), 0)).first()


def unreminded_ids(limit: int = 100) -> list[int]:
    """The votes that end within a day, last longer than that, and whose voters the clock has not reminded yet."""
    running = Proposal.closed_at.is_null(), Proposal.closes_at > now(), Proposal.closes_at <= now() + BEFORE
    long = Proposal.opens_at + BEFORE < Proposal.closes_at
    made = Reminder.select(Reminder.id).where(Reminder.proposal == Proposal.id, ~Reminder.by_hand)
    fresh = ~fn.EXISTS(made.where(Reminder.round == _ends(Proposal.id)))
    query = Proposal.select(Proposal.id).where(*running, long, fresh)
    return [row.id for row in query.order_by(Proposal.closes_at).limit(limit)]


def silent_ids(proposal: Proposal) -> list[int]:
    """Those who may vote and have not: their ids, for the worker."""
    if proposal.secret:
        return absent_ids(proposal)
    voted = {account_id for (account_id,) in tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id))}
    return [account_id for account_id in electorate_ids(proposal) if account_id not in voted]


def _ends(proposal_id):
    return Closing.select(fn.COUNT(Closing.id)).where(Closing.proposal == proposal_id)
