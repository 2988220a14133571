"""Tables of groups and of who belongs to them."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.db import Base, Moment, now
from forum.tags.models import Tag

VISIBILITIES = ("ouvert", "ferme", "secret")
JOININGS = ("libre", "demande", "invitation")


class Group(Base):
    """A group. `place_code` is '' (national), 087 or 087-03; `last_activity_at` moves with each text and proposal."""

    id = AutoField()
    handle = CharField(60, unique=True)
    name = CharField(80)
    description = TextField(default="")
    description_html = TextField(default="")
    place_code = CharField(8, default="", index=True)
    visibility = CharField(10, default="ouvert")
    joining = CharField(10, default="libre")
    members_invite = BooleanField(default=True)
    members_discuss = BooleanField(default=True)
    members_propose = BooleanField(default=True)
    members_see_members = BooleanField(default=True)
    approve_discussions = BooleanField(default=False)
    members_count = IntegerField(default=0, index=True)
    created_at = Moment(default=now)
    last_activity_at = Moment(default=now)
    archived_at = Moment(null=True)

    # Who reads this row, and their role in the group (None: none): filled in by the queries that read it for somebody.
    viewer_id: int
    viewer_role: str | None


class Handle(Base):
    """Every spelling key that leads to a group: its handle's own, later its former ones'."""

    id = AutoField()
    key = CharField(80, unique=True)
    group = ForeignKeyField(Group, backref="handles", on_delete="CASCADE")


class Membership(Base):
    """One person in one group, as member or animator."""

    id = AutoField()
    group = ForeignKeyField(Group, backref="memberships", on_delete="CASCADE")
    member = ForeignKeyField(Account, backref="memberships", on_delete="CASCADE")
    role = CharField(10, default="member")
    created_at = Moment(default=now)

    group_id: int
    member_id: int

    class Meta:
        indexes = ((("group", "member"), True),)


class GroupTag(Base):
    """A tag of a group, with the spelling that was typed."""

    id = AutoField()
    group = ForeignKeyField(Group, backref="taggings", on_delete="CASCADE")
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    typed = CharField(60)

    class Meta:
        indexes = ((("group", "tag"), True),)


class Invitation(Base):
    """A way into a group for whoever holds its token, of which the hash alone is kept (SHA-256, in hexadecimal).

    `key` names it to who may withdraw it; `uses` is how many may still come in, NULL for any number. `email` is where
    it was sent. Who came in by it is kept nowhere.
    """

    id = AutoField()
    key = CharField(16, unique=True)
    group = ForeignKeyField(Group, on_delete="CASCADE", index=False)
    inviter = ForeignKeyField(Account, on_delete="CASCADE")
    token_hash = CharField(64, unique=True)
    email = CharField(254, null=True)
    days = IntegerField()
    uses = IntegerField(null=True)
    expires_at = Moment(index=True)
    created_at = Moment(default=now)

    group_id: int
    inviter_id: int
    # Whether it was sent by mail, for who may not know where: filled in by the query that lists them.
    by_mail: bool

    class Meta:
        indexes = ((("group", "email"), True),)
