"""Tables of proposals, their options, and the ballots cast on them."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from peewee import AutoField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from forum import dates
from forum.accounts.models import Account
from forum.db import Base, Moment, new_key, now
from forum.discussions.models import Discussion
from forum.groups.models import Group
from forum.tags.models import Tag

# Who may vote: the members; those who were members when the vote opened; those whom the author named (Voter).
ELECTORATES = ("members", "before", "named")
# When results are shown: always; to who has voted, and to all at the end; at the end.
RESULTS = ("always", "voted", "closed")
# Reasons that go with a ballot; "against": required to disagree or to block.
REASONS = ("off", "optional", "required", "against")


class Proposal(Base):
    """What a group is asked to decide.

    `settings` is the JSON object of its method's settings; `renderer` the version of `forum.text` that made
    `body_html`; `once` the key of the form that put it: the same form sent twice is one proposal. `revision` grows with
    each change of what the tally shows. `eligible_count` is how many could vote: as of the last recount where the
    electorate is the members, as of the opening where it is fixed. `outcome` is NULL until closing, which writes it
    once: a JSON object {"status", "chosen", "sentences"}. `opened_at` and `closed_at` are when opening and closing were
    noted; the vote itself goes from `opens_at` to `closes_at`, whether or not anything has noticed.
    `electorate`, `results` and `reasons` are one of the words above; `final`: a ballot once cast is not changed;
    `growing`: whoever may vote may add options; `secret`: ballots bear no name (SecretVote, SecretBallots).
    Hidden as a discussion is, its options too; nobody votes meanwhile.
    """

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="proposals", on_delete="CASCADE")
    discussion = ForeignKeyField(Discussion, backref="proposals", null=True, on_delete="SET NULL")
    author = ForeignKeyField(Account, on_delete="CASCADE")
    title = CharField(200)
    body = TextField(default="")
    body_html = TextField(default="")
    renderer = IntegerField()
    method = CharField(30)
    settings = TextField(default="{}")
    electorate = CharField(10, default="members")
    final = BooleanField(default=False)
    reasons = CharField(10, default="optional")
    results = CharField(10, default="always")
    growing = BooleanField(default=False)
    secret = BooleanField(default=False)
    created_at = Moment(default=now)
    opens_at = Moment(default=now)
    opened_at = Moment(null=True)
    closes_at = Moment()
    closed_at = Moment(null=True)
    edited_at = Moment(null=True)
    hidden_at = Moment(null=True)
    revision = IntegerField(default=0)
    voters_count = IntegerField(default=0)
    eligible_count = IntegerField(default=0)
    outcome = TextField(null=True)
    once = CharField(16, null=True)

    group_id: int
    discussion_id: int | None
    author_id: int

    class Meta:
        indexes = (
            (("author", "once"), True),
            (("group", "closes_at"), False),
            (("closed_at", "closes_at"), False),
            (("opened_at", "opens_at"), False),
        )

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether it takes votes at this moment (by default now): the clock alone decides."""
        return not self.is_coming(at) and not self.is_over(at)

    def is_coming(self, at: datetime | None = None) -> bool:
        """Whether its vote is still to open at this moment."""
        return self.closed_at is None and (at or now()) < self.opens_at

    def is_over(self, at: datetime | None = None) -> bool:
        """Whether its vote has ended by this moment."""
        return self.closed_at is not None or (at or now()) >= self.closes_at


class Voter(Base):
    """Somebody named among those who may vote on a proposal; there are none where the electorate is the members."""

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="named", on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")

    proposal_id: int
    member_id: int

    class Meta:
        indexes = ((("proposal", "member"), True),)


class Option(Base):
    """One answer to a proposal, known by its `name` in addresses and forms, with its present count and score.

    `given` is the JSON object value -> how many ballots mark it with that value: what counts and scores are added up
    from, changed with each ballot. Where a method needs whole ballots, `score` is written at the closing.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="options", on_delete="CASCADE", index=False)
    name = CharField(20)
    label = CharField(160)
    position = IntegerField()
    count = IntegerField(default=0)
    score = IntegerField(default=0)
    given = TextField(default="{}")

    proposal_id: int

    class Meta:
        indexes = ((("proposal", "name"), True),)

    def received(self) -> dict[int, int]:
        """How many ballots mark it with each value."""
        return {int(value): ballots for value, ballots in json.loads(self.given).items()}


class Ballot(Base):
    """The one ballot of a person on a proposal; `recorded_by` recorded it for them (Delegation).

    Its reason may be hidden, as a discussion is; its voice counts on.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="ballots", on_delete="CASCADE", index=False)
    voter = ForeignKeyField(Account, on_delete="CASCADE")
    reason = TextField(default="")
    reason_html = TextField(default="")
    renderer = IntegerField()
    created_at = Moment(default=now)
    changed_at = Moment(default=now)
    recorded_by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False, backref="recorded")
    hidden_at = Moment(null=True)

    proposal_id: int
    voter_id: int
    recorded_by_id: int | None

    class Meta:
        indexes = ((("proposal", "voter"), True), (("proposal", "changed_at"), False))


class Mark(Base):
    """What a ballot gives to an option: a whole number whose meaning belongs to the method."""

    id = AutoField()
    ballot = ForeignKeyField(Ballot, backref="marks", on_delete="CASCADE", index=False)
    option = ForeignKeyField(Option, backref="marks", on_delete="CASCADE", index=False)
    value = IntegerField()

    class Meta:
        indexes = ((("ballot", "option"), True), (("option", "value"), False))


class SecretVote(Base):
    """That somebody has voted on a secret proposal: no name, time or order. `mark` is `secrecy.mark_of` that person.

    On SQLite without row numbers, which would tell the order in which rows came: the migration sees to it.
    """

    mark = CharField(43, primary_key=True)
    proposal = ForeignKeyField(Proposal, on_delete="CASCADE")


class SecretBallots(Base):
    """How many ballots of a secret proposal say the same. `said`: "agree:1", "1:3 2:0", by the names of options."""

    proposal = ForeignKeyField(Proposal, on_delete="CASCADE", index=False)
    said = TextField()
    number = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("proposal", "said")


class BallotChange(Base):
    """What a ballot said before it was changed: its marks (JSON object name -> value), its reason, and until when."""

    id = AutoField()
    ballot = ForeignKeyField(Ballot, backref="changes", on_delete="CASCADE")
    marks = TextField()
    reason = TextField(default="")
    until = Moment(default=now)
    recorded_by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)

    ballot_id: int
    recorded_by_id: int | None


class Closing(Base):
    """One end of a vote: as its clock struck, or cancelled by somebody (`by`) for a `reason`.

    `record` is the text of forum.proposals.record as of that end, `sha256` its fingerprint: neither ever changes.
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


class Delegation(Base):
    """Somebody recorded the voice of another who asked them to, by telephone say. Kept when the person has voted since
    (Ballot.recorded_by is then NULL) or has withdrawn it: each is recorded for once.
    """

    id = AutoField()
    proposal = ForeignKeyField(Proposal, on_delete="CASCADE", index=False)
    voter = ForeignKeyField(Account, on_delete="CASCADE")
    recorder = ForeignKeyField(Account, on_delete="CASCADE")
    at = Moment(default=now)
    withdrawn_at = Moment(null=True)

    recorder_id: int

    class Meta:
        indexes = ((("proposal", "voter"), True), (("proposal", "recorder"), False))


class ProposalTag(Base):
    """A tag of a proposal, with the spelling that was typed."""

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="taggings", on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    typed = CharField(60)

    class Meta:
        indexes = ((("proposal", "tag"), True),)
