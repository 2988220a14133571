"""Tables of tags, of what makes two of them one, and of who follows them."""

from peewee import AutoField, CharField, ForeignKeyField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.tables import Base, Moment
from forum.tasks import journal

journal.declare("tag", "created", "parted")
journal.declare("tag", "synonym_proposed", "synonym_accepted", "synonym_refused", "synonym_undone", "synonym_parted")

# "parted": the spelling alone made them one, and a gardener said that they are two.
STATES = ("proposed", "accepted", "refused", "undone", "parted")
STANCES = ("confirm", "object", "undo")


class Tag(Base):
    """A tag. `key` is its spelling key, `fold` the key without accents; `canonical` the tag it is a synonym of.

    A canonical tag has none itself (one level). What bears a tag keeps its own tag's id for ever: it is resolved when
    read, so that a synonym undone gives everything back.
    """

    id = AutoField()
    key = CharField(80, unique=True)
    fold = CharField(80, index=True)
    label = CharField(60)
    canonical = ForeignKeyField("self", null=True, backref="synonyms")
    created_at = Moment(default=now)

    canonical_id: int | None


class Synonym(Base):
    """A proposal that `name`, whose tag is `tag`, be the same as `into`; accepted rows are what `canonical` is made of.

    `tag` equals `into` where the spelling alone makes them one. `decided_by` is null when members or the site decided.
    """

    id = AutoField()
    name = CharField(60)
    tag = ForeignKeyField(Tag, backref="given")
    into = ForeignKeyField(Tag, backref="received")
    state = CharField(10, default="proposed", index=True)
    reason = CharField(500, default="")
    proposed_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    decided_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    created_at = Moment(default=now)
    decided_at = Moment(null=True)

    tag_id: int
    into_id: int
    proposed_by_id: int | None
    decided_by_id: int | None


class Voice(Base):
    """What a member says of a synonym: confirms it, objects to it or, once it is accepted, asks to undo it."""

    id = AutoField()
    synonym = ForeignKeyField(Synonym, backref="voices", on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")
    stance = CharField(10)
    reason = CharField(500, default="")
    created_at = Moment(default=now)

    synonym_id: int

    class Meta:
        indexes = ((("synonym", "member"), True),)


class News(Base):
    """A follower of a tag is still to be told, once, that it became one with another."""

    id = AutoField()
    synonym = ForeignKeyField(Synonym, backref="news", on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")

    class Meta:
        indexes = ((("synonym", "member"), True),)


class Subscription(Base):
    """A member follows a tag, and through it all that are the same."""

    id = AutoField()
    tag = ForeignKeyField(Tag, backref="subscriptions", on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")
    created_at = Moment(default=now)

    class Meta:
        indexes = ((("tag", "member"), True),)
