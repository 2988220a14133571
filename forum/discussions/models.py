"""Tables of discussions, comments, and what they said before they were edited."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.discussions.addresses import address
from forum.groups.models import Group
from forum.tags.models import Tag
from forum.tasks import journal

journal.declare("discussion", "submitted", "approved", "declined", "opened", "edited", "closed", "reopened")
journal.declare("discussion", "pinned", "unpinned", "moved", "left", "split", "deleted")
journal.declare("comment", "posted", "edited", "deleted")

PUBLISHED, WAITING, DECLINED = "published", "waiting", "declined"


class Discussion(Base):
    """A discussion of a group. `once` is the key of the form that opened it: the same form sent twice is one.

    `renderer` is the version of `forum.text` that made `body_html`; `last_activity_at` moves with each comment.
    `state`: published; or, where animators read first, waiting or declined, with their `word` to the author.
    From `hidden_at` on its title and body say that they were hidden, and why; forum.moderation keeps the words. Or that
    its author took them back; nobody keeps them then.
    From `pinned_at` on it stands first in its group; from `closed_at` on it is only read, for the reason `closed_for`.
    """

    author_id: int
    group_id: int

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="discussions", on_delete="CASCADE")
    author = ForeignKeyField(Account, backref="discussions")
    title = CharField(120)
    body = TextField()
    body_html = TextField()
    renderer = IntegerField()
    comments_count = IntegerField(default=0)
    once = CharField(16, null=True)
    state = CharField(10, default=PUBLISHED)
    word = CharField(500, default="")
    created_at = Moment(default=now)
    edited_at = Moment(null=True)
    hidden_at = Moment(null=True)
    pinned_at = Moment(null=True)
    closed_at = Moment(null=True)
    closed_for = CharField(300, default="")
    last_activity_at = Moment(default=now, index=True)

    class Meta:
        indexes = (
            (("author", "once"), True),
            (("group", "last_activity_at"), False),
            (("group", "pinned_at"), False),
        )

    @property
    def address(self) -> str:
        """The path of its page, with the words of its title."""
        return address(self.key, self.title)


class Comment(Base):
    """An answer in a discussion. `parent` is the comment it answers, which itself has none (one level).

    Hidden as a discussion is.
    """

    author_id: int
    discussion_id: int
    parent_id: int | None

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    discussion = ForeignKeyField(Discussion, backref="comments", on_delete="CASCADE")
    author = ForeignKeyField(Account, backref="comments")
    parent = ForeignKeyField("self", null=True, backref="replies", on_delete="CASCADE")
    body = TextField()
    body_html = TextField()
    renderer = IntegerField()
    once = CharField(16, null=True)
    created_at = Moment(default=now)
    edited_at = Moment(null=True)
    hidden_at = Moment(null=True)

    class Meta:
        indexes = ((("author", "once"), True),)


class DiscussionTag(Base):
    """A tag of a discussion, with the spelling that was typed."""

    id = AutoField()
    discussion = ForeignKeyField(Discussion, backref="taggings", on_delete="CASCADE")
    tag = ForeignKeyField(Tag, on_delete="CASCADE")
    typed = CharField(60)

    class Meta:
        indexes = ((("discussion", "tag"), True),)


class Revision(Base):
    """What a discussion, or a comment, said from `written_at` until its author changed it at `replaced_at`."""

    id = AutoField()
    discussion = ForeignKeyField(Discussion, null=True, backref="revisions", on_delete="CASCADE")
    comment = ForeignKeyField(Comment, null=True, backref="revisions", on_delete="CASCADE")
    title = CharField(120, default="")
    body = TextField()
    body_html = TextField()
    written_at = Moment()
    replaced_at = Moment(default=now)


class Reading(Base):
    """How far a member has read a discussion of their group: every comment up to the id `seen` has been shown to them.

    Nothing else is kept: neither when, nor how often.
    """

    id = AutoField()
    member = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    discussion = ForeignKeyField(Discussion, on_delete="CASCADE")
    seen = IntegerField()

    class Meta:
        indexes = ((("member", "discussion"), True),)
