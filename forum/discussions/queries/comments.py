"""What is said in a discussion, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from peewee import JOIN, Field, ModelSelect, fn

from forum.accounts.models import Account, Viewer
from forum.database.prepared import prepared
from forum.database.tables import HasId, OnlyId
from forum.discussions.models import Comment, Discussion, Revision
from forum.discussions.queries.discussions import PAGE, discussions_for
from forum.errors import NotFound
from forum.groups import queries as groups
from forum.text.typed import parse_key

# What a page shows of a comment; its id, author and what it answers stand where `CommentPage` looks for them.
SHOWN = (
    *(Comment.id, Comment.author, Comment.key, Comment.parent, Comment.body_html),
    *(Comment.created_at, Comment.edited_at, Comment.hidden_at),
)

# A comment and its answers are a thread: all bear the id of the first, and stand together in the order written.
_thread = fn.COALESCE(Comment.parent, Comment.id)


@dataclass
class CommentPage:
    """A page of comments, as the database holds it: two of them with the same `rows` say the same."""

    discussion: Discussion
    rows: tuple[tuple[Any, ...], ...]
    read: Callable[[Sequence[tuple[Any, ...]]], list[Comment]] = field(compare=False)

    @cached_property
    def comments(self) -> list[Comment]:
        """The comments with their authors, and the key and the author of what they answer."""
        comments = self.read(self.rows)
        for comment in comments:
            comment.discussion = self.discussion
        return comments

    @property
    def continued(self) -> Comment | None:
        """What the first comment answers, when it stands on the page before."""
        return self.comments[0].parent if self.rows and self.rows[0][3] else None

    @property
    def ids(self) -> list[int]:
        return [row[0] for row in self.rows]

    @property
    def authors(self) -> set[int]:
        """The ids of those who wrote here."""
        return {row[1] for row in self.rows}

    def by(self, account_id: int) -> frozenset[int]:
        """The ids of what this person wrote here."""
        return frozenset(row[0] for row in self.rows if row[1] == account_id)


@prepared
def _page(discussion: HasId, number: int, skipped: int) -> "ModelSelect[Comment]":
    ids = Comment.select(Comment.id).where(Comment.discussion == discussion.id).order_by(_thread, Comment.id)
    return _comments(*SHOWN).where(Comment.id.in_(ids.limit(number).offset(skipped))).order_by(_thread, Comment.id)


def comment_page(member: Viewer, discussion: Discussion, page: int = 1) -> CommentPage:
    """A page of comments, 30, oldest thread first, each answer after what it answers (one query).

    `discussion` has been read for this person. The page is cut on ids alone, before the texts are read.
    """
    return CommentPage(discussion, *_page.as_stored(discussion, PAGE, (page - 1) * PAGE))


def comments_in(member: Viewer, discussion: Discussion, page: int = 1) -> list[Comment]:
    """The comments of a page, with what a page shows of them; see `comment_page`."""
    return comment_page(member, discussion, page).comments


def latest_comments(member: Viewer, discussion: Discussion) -> list[Comment]:
    """The last 30 comments of a discussion that was read for this person, the newest first."""
    return list(_comments().where(Comment.discussion == discussion.id).order_by(Comment.id.desc()).limit(PAGE))


def comment_for(member: Viewer, key: str) -> Comment:
    """The comment of this key, with its discussion. Raises NotFound as `discussion_for`."""
    comment = _comments().where(Comment.key == parse_key(key)).first()
    if comment is None:
        raise NotFound
    rows = groups.with_standing(member, discussions_for(member).where(Discussion.id == comment.discussion_id))
    found = groups.stand(member, list(rows))
    if not found:
        raise NotFound
    comment.discussion = found[0]
    return comment


def comment_in(discussion: Discussion, key: str) -> Comment | None:
    """The comment of this key in a discussion that was read for somebody, None when it has none."""
    if not key:
        return None
    rows = Comment.select(Comment, Account.id, Account.username).join(Account)
    return rows.where(Comment.discussion == discussion.id, Comment.key == parse_key(key)).first()


def before(comment: Comment) -> Comment | None:
    """The comment that stands just before this one in its thread, None for the first."""
    same = (_thread == comment.parent_id) & (Comment.id < comment.id)
    rows = Comment.select().where(Comment.discussion == comment.discussion_id, same).order_by(Comment.id.desc())
    return rows.first() if comment.parent_id else None


def page_of(comment: Comment) -> int:
    """The page of its discussion on which a comment stands."""
    return page_with(OnlyId(comment.discussion_id), comment.id)


def last_page(discussion: Discussion) -> int:
    """How many pages its comments fill, 1 when there are none."""
    return max(1, -(-discussion.comments_count // PAGE))


def versions_of(member: Viewer, text: Discussion | Comment) -> list[Revision]:
    """What a discussion or a comment, read for this person, said before its edits, the latest first; hidden with it."""
    if text.hidden_at:
        return []
    owner = Revision.discussion if isinstance(text, Discussion) else Revision.comment
    return list(Revision.select().where(owner == text.id).order_by(Revision.id.desc()).limit(PAGE))


def _comments(*columns: Field) -> "ModelSelect[Comment]":
    """Comments, whole or these columns, with their authors, and the key and the author of what they answer."""
    first, first_author = Comment.alias(), Account.alias()
    return (
        Comment.select(
            *(columns or [Comment]),
            *(Account.id, Account.username, first.id, first.key, first_author.id, first_author.username),
        )
        .join(Account)
        .join_from(Comment, first, JOIN.LEFT_OUTER, on=(Comment.parent == first.id), attr="parent")
        .join(first_author, JOIN.LEFT_OUTER, on=(first.author == first_author.id), attr="author")
    )


def page_with(discussion: HasId, comment_id: int) -> int:
    """The page on which the comment of this id stands; the first, when it is there no more."""
    one = Comment.alias()
    thread = one.select(fn.COALESCE(one.parent, one.id)).where(one.id == comment_id)
    earlier = (_thread < thread) | ((_thread == thread) & (Comment.id < comment_id))
    return Comment.select().where(Comment.discussion == discussion.id, earlier).count() // PAGE + 1
