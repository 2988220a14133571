"""What time brings to votes, whoever may read them: for the worker, which acts, and shown to nobody."""

from datetime import datetime, timedelta

from peewee import fn

from forum.database.clock import now
from forum.groups.models import Group
from forum.proposals.models import Closing, Proposal, Reminder, Statement
from forum.proposals.queries.ends import count_ends

# Whoever has not voted is reminded so long before the end; of a vote that lasts no longer than that, nobody is.
BEFORE = timedelta(days=1)


def next_opening() -> datetime | None:
    """When the next vote opens, anywhere; None when none is to open."""
    coming = Proposal.opened_at.is_null(), Proposal.opens_at > now(), Proposal.closed_at.is_null()
    return Proposal.select(fn.MIN(Proposal.opens_at)).where(*coming).scalar()


def unopened_ids(limit: int = 100) -> list[int]:
    """The proposals whose hour of opening has passed, where it is still to be noted."""
    due = Proposal.opened_at.is_null(), Proposal.opens_at <= now(), Proposal.closed_at.is_null()
    return [row.id for row in Proposal.select(Proposal.id).where(*due).order_by(Proposal.opens_at).limit(limit)]


def next_closing() -> datetime | None:
    """When the next vote ends, anywhere; None when none is open."""
    running = Proposal.closed_at.is_null(), Proposal.closes_at > now()
    return Proposal.select(fn.MIN(Proposal.closes_at)).where(*running).scalar()


def due_ids(limit: int = 100) -> list[int]:
    """The proposals whose hour has passed and whose outcome is still to be written, but for hidden ones."""
    query = Proposal.select(Proposal.id).where(Proposal.closed_at.is_null(), Proposal.closes_at <= now())
    return [row.id for row in query.where(Proposal.hidden_at.is_null()).order_by(Proposal.closes_at).limit(limit)]


def has_open_secret_vote() -> bool:
    """Whether anybody may still vote in secret, or will: a ballot cast is known again by what nobody may change."""
    return Proposal.select().where(Proposal.secret, Proposal.closed_at.is_null()).exists()


def unsealed_ids(limit: int = 100) -> list[int]:
    """The votes that ended before minutes were kept."""
    sealed = Closing.select(Closing.id).where(Closing.proposal == Proposal.id)
    query = Proposal.select(Proposal.id).where(Proposal.closed_at.is_null(False), ~fn.EXISTS(sealed))
    return [row.id for row in query.order_by(Proposal.id).limit(limit)]


def unreminded_ids(limit: int = 100) -> list[int]:
    """The votes that end within a day, last longer than that, and whose voters the clock has not reminded yet."""
    running = Proposal.closed_at.is_null(), Proposal.closes_at > now(), Proposal.closes_at <= now() + BEFORE
    long = Proposal.opens_at + BEFORE < Proposal.closes_at
    reminders = Reminder.select(Reminder.id).where(Reminder.proposal == Proposal.id, ~Reminder.by_hand)
    fresh = ~fn.EXISTS(reminders.where(Reminder.round == count_ends(Proposal)))
    query = Proposal.select(Proposal.id).where(*running, long, fresh)
    return [row.id for row in query.order_by(Proposal.closes_at).limit(limit)]


def reviews_due(limit: int = 100) -> list[Statement]:
    """The versions that stand whose day of review has come untold, each with its proposal and group."""
    newer = Statement.alias()
    stands = ~fn.EXISTS(newer.select(newer.id).where(newer.proposal == Statement.proposal, newer.id > Statement.id))
    due = Statement.reviewed_at.is_null(), Statement.review_at <= now()
    query = Statement.select(Statement, Proposal, Group).join(Proposal).join(Group)
    return list(query.where(*due, stands).order_by(Statement.review_at).limit(limit))
