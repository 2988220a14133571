"""Tables of initiatives and of who takes part."""

from datetime import datetime, timedelta

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.groups.models import Group
from forum.tasks import journal

journal.declare("initiative", "planned", "edited", "cancelled", "seated", "deleted")

# How long one lasts that does not say.
USUAL_LENGTH = timedelta(hours=2)


class Initiative(Base):
    """A meeting or an action of a group. `place` is in the words of whoever plans it; `seats` NULL: all find one.

    `sequence` grows with each change that calendars must hear of (RFC 5545, 3.8.7.4). `once` is the key of the form.
    From `hidden_at` on its words say that they were hidden, and why; forum.moderation keeps them. Or that its author
    took them back; nobody keeps them then.
    """

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="initiatives", on_delete="CASCADE", index=False)
    author = ForeignKeyField(Account, on_delete="CASCADE")
    title = CharField(120)
    body = TextField(default="")
    body_html = TextField(default="")
    renderer = IntegerField()
    place = CharField(160, default="")
    starts_at = Moment(index=True)
    ends_at = Moment(null=True)
    seats = IntegerField(null=True)
    help_wanted = CharField(200, default="")
    sequence = IntegerField(default=0)
    cancelled_at = Moment(null=True)
    cancelled_why = CharField(300, default="")
    hidden_at = Moment(null=True)
    once = CharField(16, null=True)
    created_at = Moment(default=now)

    group_id: int
    author_id: int

    class Meta:
        indexes = ((("author", "once"), True), (("group", "starts_at"), False))

    @property
    def end(self) -> datetime:
        """When it ends, or is taken to end."""
        return self.ends_at or self.starts_at + USUAL_LENGTH

    def is_over(self, at: datetime | None = None) -> bool:
        """Whether it has ended at this moment, by default now."""
        return self.end <= (at or now())


class Participation(Base):
    """One person who comes; the first `seats` by id have a seat, the others wait for one."""

    id = AutoField()
    initiative = ForeignKeyField(Initiative, backref="participations", on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    helps = BooleanField(default=False)
    created_at = Moment(default=now)

    member_id: int

    class Meta:
        indexes = ((("initiative", "member"), True),)
