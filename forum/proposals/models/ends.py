"""The ends of a vote, and what goes beside it: reminders, counts of a room, what follows from it."""

import json
from collections.abc import Iterable
from datetime import date

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.tables import Base, Moment
from forum.proposals.models.proposals import Option, Proposal
from forum.text import dates


class Closing(Base):
    """One end of a vote: as its clock struck, or cancelled by somebody (`by`) for a `reason`.

    `record` is the text of forum.proposals.minutes as of that end, `sha256` its fingerprint: neither ever changes.
    `outcome` is that of the proposal. A vote that was reopened has one for each end, numbered from 1; that it was
    reopened, by whom and why stands in `reopened_at`, `reopened_by`, `reopened_for`.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="closings", on_delete="CASCADE", index=False)
    number = IntegerField()
    at = Moment(default=now)
    outcome = TextField()
    record = TextField()
    sha256 = CharField(64)
    by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    reason = TextField(default="")
    reopened_at = Moment(null=True)
    reopened_by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    reopened_for = TextField(default="")

    proposal_id: int
    by_id: int | None
    reopened_by_id: int | None

    @property
    def said(self) -> str:
        """Its result in a sentence."""
        return json.loads(self.outcome)["sentences"][0]

    class Meta:
        indexes = ((("proposal", "number"), True),)


class Statement(Base):
    """What follows from a vote, as somebody answers for it once it is over: each rewriting is a new row, the latest
    stands. `review_at` is when it is to be looked at again, `reviewed_at` when that was told.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="statements", on_delete="CASCADE", index=False)
    author = ForeignKeyField(Account, on_delete="CASCADE")
    body = TextField()
    body_html = TextField()
    renderer = IntegerField()
    at = Moment(default=now)
    review_at = Moment(null=True)
    reviewed_at = Moment(null=True)

    proposal_id: int
    author_id: int

    class Meta:
        indexes = ((("proposal", "id"), False), (("reviewed_at", "review_at"), False))


class Reminder(Base):
    """Those who had not voted were reminded: by the clock, or by somebody's hand; each once until the vote ends.

    `round` is how many times the vote had ended before: one that is reopened has reminders of its own.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="reminders", on_delete="CASCADE", index=False)
    round = IntegerField()
    by_hand = BooleanField()
    by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    at = Moment(default=now)

    proposal_id: int

    class Meta:
        indexes = ((("proposal", "round", "by_hand"), True),)


class RoomCount(Base):
    """Voices counted by hand in a room: `counts` is the JSON object option name -> voices, `held_on` an ISO date.

    `room` is the same for each version of one room's count, from 1; the latest stands.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="room_counts", on_delete="CASCADE", index=False)
    room = CharField(16)
    version = IntegerField()
    place = CharField(120)
    held_on = CharField(10)
    present = IntegerField()
    counts = TextField()
    note = TextField(default="")
    author = ForeignKeyField(Account, on_delete="CASCADE")
    at = Moment(default=now)

    class Meta:
        indexes = ((("proposal", "room", "version"), True),)

    @property
    def by_option(self) -> dict[str, int]:
        """How many voices each option received, by its name."""
        return json.loads(self.counts)

    def said(self, options: Iterable[Option]) -> str:
        """Where, when, how many were there, and what they said, in a sentence."""
        day = dates.full(date.fromisoformat(self.held_on))
        there = (
            f"{self.present}\u00a0personne{'s' if self.present > 1 else ''} présente{'s' if self.present > 1 else ''}"
        )
        voices = ", ".join(f"{option.label} {self.by_option.get(option.name, 0)}" for option in options)
        return f"{self.place}, le {day}, {there}\u00a0: {voices}."
