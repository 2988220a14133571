"""Tables of candidacies: the call with its calendar, who stands, and what is said under each."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.draws.models import Draw
from forum.groups.models import Group
from forum.proposals.models import Proposal
from forum.tasks import journal

journal.declare("candidacies", "called", "settled")
journal.declare("candidacy", "published", "withdrawn", "discussed")


class CandidacyCall(Base):
    """A call of a group: for what, who may stand, until when, who decides how and when. Nothing of it changes later.

    `place` is the code of a circonscription where `scope` is "place", else ''. `proposal` or `draw` is what designates,
    once it is put or prepared. `outcome` is said once, with `settled_at`. `chain` names its record; `once` is the key
    of the form.
    """

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="candidacy_calls", on_delete="CASCADE")
    author = ForeignKeyField(Account, on_delete="CASCADE")
    title = CharField(120)
    conditions = TextField()
    scope = CharField(8)
    place = CharField(8, default="")
    designation = CharField(12)
    closes_at = Moment()
    decides_at = Moment()
    outcome = TextField(default="")
    settled_at = Moment(null=True)
    proposal = ForeignKeyField(Proposal, null=True, on_delete="SET NULL", index=False)
    draw = ForeignKeyField(Draw, null=True, on_delete="SET NULL", index=False)
    chain = CharField(24)
    once = CharField(16, null=True)
    created_at = Moment(default=now)

    group_id: int
    author_id: int

    class Meta:
        indexes = ((("author", "once"), True),)

    @property
    def state(self) -> str:
        """open, closed (nobody stands any more, nothing is decided) or settled."""
        if self.settled_at:
            return "settled"
        return "closed" if self.closes_at <= now() else "open"


class Candidacy(Base):
    """Somebody who stands in a call. `line` is its number in the record, until its words were taken back."""

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    call = ForeignKeyField(CandidacyCall, backref="candidacies", on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    place = CharField(8, default="", index=True)
    statement = TextField()
    affiliations = TextField(default="")
    line = IntegerField()
    withdrawn_at = Moment(null=True)
    taken_back_at = Moment(null=True)
    designated_at = Moment(null=True)
    created_at = Moment(default=now)

    call_id: int
    member_id: int

    class Meta:
        indexes = ((("call", "member"), True),)


class CandidacyWord(Base):
    """A question, an objection, an answer or a correction under a candidacy; `body` is empty once taken back."""

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    candidacy = ForeignKeyField(Candidacy, backref="words", on_delete="CASCADE")
    author = ForeignKeyField(Account, on_delete="CASCADE")
    kind = CharField(12)
    body = TextField()
    line = IntegerField()
    taken_back_at = Moment(null=True)
    once = CharField(16, null=True)
    created_at = Moment(default=now)

    candidacy_id: int
    author_id: int

    class Meta:
        indexes = ((("author", "once"), True),)
