"""What was counted by hand in rooms."""

from datetime import datetime

from forum.accounts.models import Account
from forum.database.clock import now
from forum.proposals import minutes
from forum.proposals.models import Proposal, RoomCount


def rooms(proposal: Proposal, until: datetime | None = None) -> list[RoomCount]:
    """Each room's count in the version that stood at this moment, by default now, in the order of their dates.

    None while the proposal is hidden: places and notes are words about it.
    """
    if proposal.hidden_at:
        return []
    entered = RoomCount.select(RoomCount, Account.id, Account.username).join(Account)
    entered = entered.where(RoomCount.proposal == proposal.id, RoomCount.at <= (until or now()))
    latest = {row.room: row for row in entered.order_by(RoomCount.version)}
    return sorted(latest.values(), key=lambda row: (row.held_on, row.place, row.room))


def room_versions(proposal: Proposal, room: str) -> list[RoomCount]:
    """Every version of a room's count, the latest first."""
    rows = RoomCount.select(RoomCount, Account.id, Account.username).join(Account)
    return list(
        rows.where(RoomCount.proposal == proposal.id, RoomCount.room == room).order_by(RoomCount.version.desc())
    )


def as_recorded(row: RoomCount) -> minutes.Room:
    """A room's count as the minutes tell it: without who entered it."""
    return minutes.Room(row.place, row.held_on, row.present, row.by_option, row.note)
