"""How far members have read, and what is new since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from peewee import JOIN, Case, Select, fn

from forum.accounts.models import Viewer
from forum.database.prepared import prepared
from forum.database.select import tuples
from forum.database.tables import HasId
from forum.discussions.models import Comment, Discussion, Reading
from forum.discussions.queries.comments import page_with
from forum.discussions.queries.discussions import PAGE


@dataclass(frozen=True)
class Unread:
    """Up to which comment a person has read (an id, 0: nothing), the first one since, and how many there are."""

    seen: int = 0
    first: int | None = None
    count: int = 0


@prepared
def _reading(member: HasId, discussion: HasId) -> Select:
    since = (Comment.discussion == Reading.discussion) & (Comment.id > Reading.seen) & (Comment.author != member.id)
    rows = Reading.select(Reading.seen, fn.MIN(Comment.id), fn.COUNT(Comment.id))
    rows = rows.join(Comment, JOIN.LEFT_OUTER, on=since)
    return rows.where(Reading.member == member.id, Reading.discussion == discussion.id).group_by(Reading.id).tuples()


def reading_of(member: Viewer, discussion: Discussion) -> Unread:
    """How far this person has read, and what others have said since; nothing for whoever never read as a member."""
    row = None if member.is_guest else _reading.first(member, discussion)
    return Unread(*row) if row else Unread()


def opening_page(discussion: Discussion, unread: Unread) -> int:
    """Where a discussion opens: at the first comment not read yet, or else where reading stopped."""
    if discussion.comments_count <= PAGE or not unread.seen:
        return 1
    return page_with(discussion, unread.first or unread.seen)


def read_up_to(member: Viewer, discussion: Discussion, shown: Collection[int], seen: int) -> int:
    """The id up to which everything has been shown, once these comments are; `seen` is what it was before."""
    left = Comment.id.not_in(list(shown)) & (Comment.author != member.id)
    rows = Comment.select(fn.MIN(Case(None, ((left, Comment.id),))), fn.MAX(Comment.id))
    since = (Comment.discussion == discussion.id) & (Comment.id > seen)
    first_left, last = tuples(rows.where(since))[0]
    return first_left - 1 if first_left else last or seen


@prepared
def _unread(member: HasId, ids: Collection[int]) -> Select:
    since = (Comment.discussion == Reading.discussion) & (Comment.id > Reading.seen) & (Comment.author != member.id)
    counted = Reading.select(Reading.discussion, fn.COUNT(Comment.id)).join(Comment, on=since)
    mine = (Reading.member == member.id) & Reading.discussion.in_(ids)
    return counted.where(mine).group_by(Reading.discussion).tuples()


def unread_in(member: Viewer, discussions: Iterable[Discussion]) -> dict[int, int]:
    """How many comments of others came since this person last read, by discussion id, where there are any."""
    ids = [discussion.id for discussion in discussions]
    return {} if member.is_guest or not ids else dict(_unread.rows(member, ids))
