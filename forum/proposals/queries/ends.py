"""What happened to a vote besides its ballots: its ends, what follows from it, who was reminded."""

from peewee import JOIN, Select, fn

from forum.accounts.models import Account
from forum.database.select import tuples
from forum.database.tables import HasId
from forum.proposals.models import Ballot, Closing, Proposal, Reminder, Statement
from forum.proposals.queries.electorate import electorate_ids
from forum.proposals.queries.secret import absent_ids


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


def reminded(proposal: Proposal) -> Reminder | None:
    """The reminder made by hand since the vote last began."""
    reminders = Reminder.select().where(Reminder.proposal == proposal.id, Reminder.by_hand)
    return reminders.where(Reminder.round == fn.COALESCE(count_ends(proposal), 0)).first()


def silent_ids(proposal: Proposal) -> list[int]:
    """Those who may vote and have not: their ids, for the worker."""
    if proposal.secret:
        return absent_ids(proposal)
    voted = {account_id for (account_id,) in tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id))}
    return [account_id for account_id in electorate_ids(proposal) if account_id not in voted]


def count_ends(proposal: HasId) -> Select:
    """A query of how often this vote has ended, or each vote where it stands in a query of proposals."""
    return Closing.select(fn.COUNT(Closing.id)).where(Closing.proposal == proposal.id)
