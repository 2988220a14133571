"""Tables of notices, and of what each person wants to be told."""

from peewee import AutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.tables import Base, Moment
from forum.discussions.models import Discussion
from forum.groups.models import Group


class Notice(Base):
    """One thing a person is told. `line` is the journal's: a line tells a person once.

    `group` is NULL for what may be read whatever groups one is in. Unseen notices of one `thread` are shown as one:
    the latest stands for those before it, which are `folded`, and `number` counts them all, itself included.
    `actor_id` is whose act it tells: with their account goes every sentence that names them.
    """

    id = AutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    line = BigIntegerField()
    group = ForeignKeyField(Group, null=True, on_delete="CASCADE")
    actor_id = IntegerField(null=True)
    sentence = TextField()
    address = CharField(300)
    thread = CharField(40, default="")
    number = IntegerField(default=1)
    folded = BooleanField(default=False)
    created_at = Moment(default=now)
    seen_at = Moment(null=True)

    account_id: int
    group_id: int | None

    class Meta:
        indexes = ((("account", "line"), True), (("account", "seen_at"), False))


class NoticeChoice(Base):
    """What a person chose: the kinds they do not want (words with spaces between), and whether mail is sent too."""

    account = ForeignKeyField(Account, primary_key=True, on_delete="CASCADE")
    silenced = CharField(200, default="")
    by_mail = BooleanField(default=False)

    account_id: int


class Volume(Base):
    """How much of a group, or of one discussion, a person is told (LEVELS), where it is not the usual: a row has the
    one or the other, and that of a discussion counts before that of its group."""

    id = AutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    group = ForeignKeyField(Group, null=True, on_delete="CASCADE")
    discussion = ForeignKeyField(Discussion, null=True, on_delete="CASCADE")
    level = CharField(10)

    account_id: int

    class Meta:
        indexes = ((("account", "group"), True), (("account", "discussion"), True))
