"""What is put to the vote, in which terms, and its options."""

import json
from datetime import datetime

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.discussions.models import Discussion
from forum.groups.models import Group
from forum.proposals.methods.shapes import RULE
from forum.tags.models import Tag
from forum.tasks import journal

journal.declare("proposal", "opened", "edited", "closed", "cancelled", "reopened", "reminder")
journal.declare("option", "added")
journal.declare("vote", "opened", "cast", "recorded", "withdrawn")
journal.declare("outcome", "stated", "review")
journal.declare("room", "counted")

# Who may vote: the members; those who were members when the vote opened; those whom the author named (Voter).
ELECTORATES = ("members", "before", "named")
# When results are shown: always; to whoever has voted, and to all at the end; at the end.
RESULTS = ("always", "voted", "closed")
# Reasons that go with a ballot; "against": required of the answers that oppose (Method.objections).
REASONS = ("off", "optional", "required", "against")


class Proposal(Base):
    """What a group is asked to decide.

    `settings` is the JSON object of its method's settings; `rule` the number of the rules of counting (shapes.RULE),
    fixed at the opening; `renderer` the version of `forum.text` that made
    `body_html`; `once` the key of the form that put it, `sent` that of all it said: the same twice is one proposal.
    `last_number` is the highest number that an option was named by, withdrawn since or not. `revision` grows with
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
    rule = IntegerField(default=RULE)
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
    sent = CharField(16, null=True)
    last_number = IntegerField(default=0)

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

    A name stands for one label as long as the proposal stands: that of an option which was withdrawn, or whose words
    changed, is not given again.

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


class ProposalTag(Base):
    """A tag of a proposal, with the spelling that was typed."""

    id = AutoField()
    proposal = ForeignKeyField(Proposal, backref="taggings", on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    typed = CharField(60)

    class Meta:
        indexes = ((("proposal", "tag"), True),)
