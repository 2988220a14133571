"""The ballots cast: named ones with what they said before, and secret ones, which bear no name."""

from peewee import AutoField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.tables import Base, Moment
from forum.proposals.models.proposals import Option, Proposal


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
    """That somebody has voted on a secret proposal that is open: no name, time or order. `mark` is `secrecy.mark_of`.

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


class SecretUrn(Base):
    """The key of an open secret vote (secrecy), gone with its end; `shaken` how many ballots lay there when the tables
    were last written anew (actions.urn)."""

    proposal = ForeignKeyField(Proposal, primary_key=True, on_delete="CASCADE")
    key = CharField(43)
    shaken = IntegerField(default=0)

    proposal_id: int


class SecretParticipant(Base):
    """Somebody took part in a secret vote that is over, and in which enough did; written in the order of names."""

    proposal = ForeignKeyField(Proposal, on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("proposal", "member")


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
