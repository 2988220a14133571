"""Tables of tags."""

from peewee import AutoField, CharField, ForeignKeyField

from forum.db import Base, Moment, now


class Tag(Base):
    """A tag. `key` is its spelling key; `canonical` the tag it is a synonym of, which has none itself (one level)."""

    id = AutoField()
    key = CharField(80, unique=True)
    label = CharField(60)
    canonical = ForeignKeyField("self", null=True, backref="synonyms")
    created_at = Moment(default=now)
