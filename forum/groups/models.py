"""Tables of groups and of who belongs to them, and how somebody stands to one."""

from datetime import datetime
from typing import NamedTuple

from peewee import SQL, AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.groups.hues import HUES, Hue
from forum.tags.models import Tag
from forum.tasks import journal

journal.declare("group", "created", "edited", "access_changed", "rights_changed", "renamed", "placed", "archived")
journal.declare("group", "reopened", "deleted", "restored", "merged", "unmerged", "joined", "left")
journal.declare("membership", "asked", "withdrawn", "accepted", "declined", "aside", "removed")
journal.declare("invitation", "made", "withdrawn")
journal.declare("animator", "named", "stepped_down", "missing", "offered", "proposed", "objected", "succeeded")

VISIBILITIES = ("ouvert", "ferme", "secret")
JOININGS = ("libre", "demande", "invitation")
# What makes sense together: who may read, and how one enters. The first of each visibility is its usual one.
ACCESSES = {"ouvert": ("libre", "demande", "invitation"), "ferme": ("demande", "invitation"), "secret": ("invitation",)}


class Standing(NamedTuple):
    """How one person stands to one group: all that its rules ask of them.

    `role` is '' for whoever does not belong, else member or animator. `asked`: a request of theirs waits at the door.
    `removed`: they were removed, too recently for the free door to let them in. `suspended_until` is when their
    suspension ends, or ended; None without one.
    """

    member_id: int
    role: str = ""
    asked: bool = False
    removed: bool = False
    suspended_until: datetime | None = None


class Group(Base):
    """A group. `place_code` is '' (national), 087 or 087-03; `last_activity_at` moves with each text and proposal.

    For so many days after joining, a member only reads (`newcomers_read_days`), or writes without links
    (`links_held_days`); 0: from the first day. `parent` is the group it stands below by choice, if any. `sandbox` marks
    the one where everything is tried out and wiped each night. From `hidden_at` on, by decision of the site's
    moderators, only its members read it and nobody writes there. Nobody sees a group since `deleted_at`; it, or what
    was poured into another, can be brought back for a while.
    """

    id = AutoField()
    handle = CharField(60, unique=True)
    name = CharField(80)
    description = TextField(default="")
    description_html = TextField(default="")
    charter = TextField(default="")
    charter_html = TextField(default="")
    # The name of the hue of its pages; none: the site's own.
    tint = CharField(10, default="")
    place_code = CharField(8, default="", index=True)
    visibility = CharField(10, default="ouvert")
    joining = CharField(10, default="libre")
    members_invite = BooleanField(default=True)
    members_discuss = BooleanField(default=True)
    members_propose = BooleanField(default=True)
    members_see_members = BooleanField(default=True)
    approve_discussions = BooleanField(default=False)
    newcomers_read_days = IntegerField(default=0)
    links_held_days = IntegerField(default=0)
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="SET NULL")
    accepts_children = BooleanField(default=False)
    sandbox = BooleanField(default=False)
    members_count = IntegerField(default=0, index=True)
    created_at = Moment(default=now)
    last_activity_at = Moment(default=now)
    archived_at = Moment(null=True)
    hidden_at = Moment(null=True)
    # No index: SQLite would take it for every group that is not deleted, before the handle or the ids asked for.
    deleted_at = Moment(null=True)
    seeks_animator = BooleanField(default=False)

    # How its reader stands to it: set once, by the query that reads the row for them or by the first rule that asks.
    standing: Standing | None = None
    parent_id: int | None

    @property
    def hue(self) -> Hue | None:
        """The hue of its pages, None for the site's own."""
        return HUES.get(self.tint)


# Those that not everybody may read, whoever may: the others need not be looked at one by one. The word is written out:
# SQLite takes an index of some rows only where it reads the very condition of the index.
NOT_FOR_ALL = (Group.visibility != SQL("'ouvert'")) | Group.hidden_at.is_null(False) | Group.deleted_at.is_null(False)
Group.add_index(
    Group.index(Group.visibility, Group.hidden_at, Group.deleted_at, where=NOT_FOR_ALL, name="group_not_for_all")
)


class Handle(Base):
    """Every spelling key that leads to a group: its handle's own, later its former ones'."""

    id = AutoField()
    key = CharField(80, unique=True)
    group = ForeignKeyField(Group, backref="handles", on_delete="CASCADE")


class Membership(Base):
    """One person in one group, as member or animator. `welcomed`: they put the group's words of welcome away."""

    id = AutoField()
    group = ForeignKeyField(Group, backref="memberships", on_delete="CASCADE")
    member = ForeignKeyField(Account, backref="memberships", on_delete="CASCADE")
    role = CharField(10, default="member")
    title = CharField(40, default="")
    welcomed = BooleanField(default=False)
    created_at = Moment(default=now)

    group_id: int
    member_id: int

    class Meta:
        indexes = ((("group", "member"), True),)


class Welcome(Base):
    """What a group says to whoever has just joined it; apart, as lists of groups never need it."""

    id = AutoField()
    group = ForeignKeyField(Group, unique=True, on_delete="CASCADE")
    body = TextField()
    body_html = TextField()


class Request(Base):
    """Somebody asks to enter a group: one row a person and group, whatever they ask again.

    `state`: waiting, aside (left for later, which the person is not told), accepted, declined. `word` is what they
    wrote, kept until it is decided; `answer` what they were told.
    """

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="requests", on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")
    word = CharField(500, default="")
    state = CharField(10, default="waiting")
    answer = CharField(500, default="")
    decided_by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    created_at = Moment(default=now)
    decided_at = Moment(null=True)

    group_id: int
    member_id: int
    decided_by_id: int | None

    class Meta:
        indexes = ((("group", "member"), True),)


class Removal(Base):
    """Somebody was removed from a group, and comes back only with its animators' consent, which ends this row."""

    id = AutoField()
    group = ForeignKeyField(Group, on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")
    reason = CharField(500)
    created_at = Moment(default=now)

    group_id: int
    member_id: int

    class Meta:
        indexes = ((("group", "member"), True),)


class Suspension(Base):
    """Until when a person may not write in a group, whether or not they leave it and come back."""

    id = AutoField()
    group = ForeignKeyField(Group, on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    until = Moment()

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


class Follow(Base):
    """Somebody reads a group without belonging to it: what is said there comes to their first page."""

    id = AutoField()
    group = ForeignKeyField(Group, on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    created_at = Moment(default=now)

    class Meta:
        indexes = ((("group", "member"), True),)


class Invitation(Base):
    """A way into a group for whoever holds its token, of which the hash alone is kept (SHA-256, in hexadecimal).

    `key` names it to whoever may withdraw it; `uses` is how many may still come in, NULL for any number. `email` is
    where it was sent. Who came in by it is kept nowhere.
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
    # Whether it was sent by mail, for whoever may not know where: filled in by the query that lists them.
    by_mail: bool

    class Meta:
        indexes = ((("group", "email"), True),)


class Succession(Base):
    """A group without animator looks for one: whom it is offered to, or who accepted and waits for objections.

    `since` is when the offer was made, or accepted. Without candidate it waits for a volunteer; asked all round, it
    begins again after a while.
    """

    id = AutoField()
    group = ForeignKeyField(Group, unique=True, on_delete="CASCADE")
    candidate = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    accepted = BooleanField(default=False)
    since = Moment(default=now)

    group_id: int
    candidate_id: int | None


class SuccessionPast(Base):
    """Somebody whom the part was offered to in this round, and who does not take it, for whatever reason."""

    id = AutoField()
    group = ForeignKeyField(Group, on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")

    class Meta:
        indexes = ((("group", "member"), True),)


class SuccessionObjection(Base):
    """A member objects to whoever accepted to animate; the reason is read by the members."""

    id = AutoField()
    group = ForeignKeyField(Group, on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    reason = CharField(300)

    class Meta:
        indexes = ((("group", "member"), True),)


class Merge(Base):
    """A group poured into another; `moved` is a JSON object: what was moved, by kind, the ids of each."""

    id = AutoField()
    source = ForeignKeyField(Group, on_delete="CASCADE", backref="merged_into")
    target = ForeignKeyField(Group, on_delete="CASCADE", backref="merged_from")
    by = ForeignKeyField(Account, null=True, on_delete="SET NULL", index=False)
    moved = TextField()
    created_at = Moment(default=now)
    undone_at = Moment(null=True)
