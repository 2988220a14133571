"""Reading discussions, always for somebody."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN, Case, Select, fn

from forum.accounts.models import Account, Viewer
from forum.dates import iso
from forum.db import count_between, tuples
from forum.discussions import rules
from forum.discussions.models import PUBLISHED, WAITING, Comment, Discussion, DiscussionTag, Reading, Revision
from forum.errors import NotFound, refused
from forum.groups import follows
from forum.groups import queries as groups
from forum.groups import rules as group_rules
from forum.groups.models import Group, Membership
from forum.prepared import Prepared, viewer
from forum.tags import queries as tags

PAGE = 30

# A comment and its answers are a thread: all bear the id of the first, and stand together in the order written.
_thread = fn.COALESCE(Comment.parent, Comment.id)


@dataclass(frozen=True)
class Unread:
    """Up to which comment a person has read (an id, 0: nothing), the first one since, and how many there are."""

    seen: int = 0
    first: int | None = None
    count: int = 0


def discussions_for(member: Viewer):
    """A query of the discussions this person may read, each with its group, its author, and their role in the group."""
    mine = (Membership.group == Group.id) & (Membership.member == member.id)
    return (
        Discussion.select(Discussion, Group, Account.id, Account.username, Membership.role)
        .join(Group)
        .join(Membership, JOIN.LEFT_OUTER, on=mine, attr="viewer")
        .join_from(Discussion, Account)
        .where(rules.readable_by(member))
    )


def discussion_for(member: Viewer, key: str) -> Discussion:
    """The discussion of this key. Raises NotFound when there is none, or none that this person may read."""
    found = _of_key.rows(member.id, known_signs(key))
    if not found:
        raise NotFound
    _remember_role(member, found[0].group)
    return found[0]


def tell_removed(member: Viewer, key: str) -> None:
    """Raise Refused to who was removed from the group of this discussion: to them it is no secret, and they may be
    writing. Others learn nothing."""
    discussion = None if member.is_guest else Discussion.get_or_none(Discussion.key == known_signs(key))
    if discussion is not None and group_rules.OUT in group_rules.standing(member, discussion.group):
        refused(group_rules.REMOVED).require()


def discussions_in(member: Viewer, group: Group, page: int = 1) -> list[Discussion]:
    """The published discussions of a group, the liveliest first, 30 a page."""
    return _page(discussions_for(member).where(*_published_in(group.id)), page)


def front_of(member: Viewer, group: Group, page: int = 1) -> tuple[list[Discussion], list[Discussion]]:
    """For the page of a group: the pinned discussions, the last pinned first, on the first page; 30 of the others."""
    if page > 1:
        rest = discussions_for(member).where(*_published_in(group.id), Discussion.pinned_at.is_null())
        return [], _page(rest, page)
    rows = _front.rows(member.id, group.id)
    return [row for row in rows if row.pinned_at], [row for row in rows if not row.pinned_at]


def count_pinned(group: Group) -> int:
    """How many discussions of a group are pinned."""
    return Discussion.select().where(Discussion.group == group.id, Discussion.pinned_at.is_null(False)).count()


def unpublished_in(member: Viewer, group: Group) -> list[Discussion]:
    """What waits for the animators, for them; for another member their own, those that were declined too."""
    if not group_rules.role_in(member, group):
        return []
    mine = Discussion.author == member.id
    if group_rules.approve(member, group):
        mine |= Discussion.state == WAITING
    rows = discussions_for(member).where(Discussion.group == group.id, Discussion.state != PUBLISHED, mine)
    return list(rows.order_by(Discussion.id).limit(PAGE))


def recent_for(member: Viewer, limit: int = PAGE) -> list[Discussion]:
    """What moved last in this person's groups and in what they follow, groups and tags; for a guest, in open groups."""
    query = discussions_for(member).where(Discussion.state == PUBLISHED)
    if not member.is_guest:
        under = DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(tags.followed_ids(member)))
        mine = Membership.role.is_null(False) | Discussion.group.in_(follows.followed_ids(member))
        query = query.where(mine | Discussion.id.in_(under))
    return list(_liveliest(query).limit(limit))


def tagged(member: Viewer, tag_ids: Collection[int], page: int = 1) -> list[Discussion]:
    """The discussions that bear one of these tags, the liveliest first, 30 a page."""
    those = DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(list(tag_ids)))
    return _page(discussions_for(member).where(Discussion.id.in_(those)), page)


def count_tagged(member: Viewer, tag_ids: Collection[int]) -> int:
    """How many discussions that this person may read bear one of these tags."""
    those = DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(list(tag_ids)))
    return discussions_for(member).where(Discussion.id.in_(those)).count()


def discussions_with_ids(member: Viewer, ids: list[int]) -> list[Discussion]:
    """Those of these discussions that this person may read, in the order given."""
    rows = {row.id: row for row in _of_ids.rows(member.id, *ids)} if ids else {}
    return [rows[discussion_id] for discussion_id in ids if discussion_id in rows]


def titles_with_ids(member: Viewer, ids: list[int]) -> list[Discussion]:
    """The same without their texts: what a list of titles shows, the handle of the group with each."""
    rows = {row.id: row for row in _titles.rows(member.id, *ids)} if ids else {}
    return [rows[discussion_id] for discussion_id in ids if discussion_id in rows]


def tags_of(discussions: Iterable[Discussion]) -> dict[int, list[str]]:
    """The tags of these discussions as they were typed, by discussion id (one query)."""
    found: dict[int, list[str]] = {discussion.id: [] for discussion in discussions}
    rows = DiscussionTag.select(DiscussionTag.discussion, DiscussionTag.typed).order_by(DiscussionTag.id)
    for discussion_id, typed in tuples(rows.where(DiscussionTag.discussion.in_(list(found)))) if found else ():
        found[discussion_id].append(typed)
    return found


def comments_in(member: Viewer, discussion: Discussion, page: int = 1) -> list[Comment]:
    """A page of comments with their authors, 30, oldest thread first, each answer after what it answers (one query).

    `discussion` has been read for this person. The page is cut on ids alone, before the texts are read.
    """
    comments = _of_page.rows(discussion.id, PAGE, (page - 1) * PAGE)
    for comment in comments:
        comment.discussion = discussion
    return comments


def comment_for(member: Viewer, key: str) -> Comment:
    """The comment of this key, with its discussion. Raises NotFound as `discussion_for`."""
    comment = _comments().where(Comment.key == known_signs(key)).first()
    discussion = discussions_for(member).where(Discussion.id == comment.discussion_id).first() if comment else None
    if discussion is None:
        raise NotFound
    _remember_role(member, discussion.group)
    comment.discussion = discussion
    return comment


def comment_in(discussion: Discussion, key: str) -> Comment | None:
    """The comment of this key in a discussion that was read for somebody, None when it has none."""
    rows = Comment.select(Comment, Account.id, Account.username).join(Account)
    return rows.where(Comment.discussion == discussion.id, Comment.key == known_signs(key)).first() if key else None


def known_signs(key: str) -> str:
    """A key that can be asked for: PostgreSQL takes no NUL, not even to find that nothing bears it."""
    return key if key.isalnum() else ""


def before(comment: Comment) -> Comment | None:
    """The comment that stands just before this one in its thread, None for the first."""
    same = (_thread == comment.parent_id) & (Comment.id < comment.id)
    rows = Comment.select().where(Comment.discussion == comment.discussion_id, same).order_by(Comment.id.desc())
    return rows.first() if comment.parent_id else None


def page_of(comment: Comment) -> int:
    """The page of its discussion on which a comment stands."""
    return _page_with(comment.discussion_id, comment.id)


def reading_of(member: Viewer, discussion: Discussion) -> Unread:
    """How far this person has read, and what others have said since; nothing for who has not read here as a member."""
    row = next(iter(_reading.rows(member.id, discussion.id)), None) if not member.is_guest else None
    return Unread(*row) if row else Unread()


def opening_page(discussion: Discussion, unread: Unread) -> int:
    """Where a discussion opens: at the first comment not read yet, or else where reading stopped."""
    if discussion.comments_count <= PAGE or not unread.seen:
        return 1
    return _page_with(discussion.id, unread.first or unread.seen)


def read_up_to(member: Viewer, discussion: Discussion, shown: Collection[int], seen: int) -> int:
    """The id up to which everything has been shown, once these comments are; `seen` is what it was before."""
    left = Comment.id.not_in(list(shown)) & (Comment.author != member.id)
    rows = Comment.select(fn.MIN(Case(None, ((left, Comment.id),))), fn.MAX(Comment.id))
    since = (Comment.discussion == discussion.id) & (Comment.id > seen)
    first_left, last = tuples(rows.where(since))[0]
    return first_left - 1 if first_left else last or seen


def unread_in(member: Viewer, discussions: Iterable[Discussion]) -> dict[int, int]:
    """How many comments of others came since this person last read, by discussion id, where there are any."""
    ids = [discussion.id for discussion in discussions]
    if member.is_guest or not ids:
        return {}
    since = (Comment.discussion == Reading.discussion) & (Comment.id > Reading.seen) & (Comment.author != member.id)
    counted = Reading.select(Reading.discussion, fn.COUNT(Comment.id)).join(Comment, on=since)
    mine = (Reading.member == member.id) & Reading.discussion.in_(ids)
    return dict(tuples(counted.where(mine).group_by(Reading.discussion)))


def last_page(discussion: Discussion) -> int:
    """How many pages its comments fill, 1 when there are none."""
    return max(1, -(-discussion.comments_count // PAGE))


def lock(discussion: Discussion) -> Discussion:
    """The present row, its group held until the end of the transaction: nobody else writes in the group meanwhile."""
    group = groups.lock(discussion.group)
    row = Discussion.get_or_none(Discussion.id == discussion.id)
    if row is None:
        raise NotFound
    # Moved to another group while this one was waited for.
    row.group = group if row.group_id == group.id else groups.lock(row.group)
    return row


def versions_of(member: Viewer, text: Discussion | Comment) -> list[Revision]:
    """What a discussion or a comment, read for this person, said before its edits, the latest first; hidden with it."""
    if text.hidden_at:
        return []
    owner = Revision.discussion if isinstance(text, Discussion) else Revision.comment
    return list(Revision.select().where(owner == text.id).order_by(Revision.id.desc()).limit(PAGE))


def _comments():
    """Comments with their authors, and the key and the author of what they answer."""
    first, first_author = Comment.alias(), Account.alias()
    return (
        Comment.select(
            Comment, Account.id, Account.username, first.id, first.key, first_author.id, first_author.username
        )
        .join(Account)
        .join_from(Comment, first, JOIN.LEFT_OUTER, on=(Comment.parent == first.id), attr="parent")
        .join(first_author, JOIN.LEFT_OUTER, on=(first.author == first_author.id), attr="author")
    )


def _page_of_comments(discussion_id: int, number: int, skipped: int):
    ids = Comment.select(Comment.id).where(Comment.discussion == discussion_id).order_by(_thread, Comment.id)
    return _comments().where(Comment.id.in_(ids.limit(number).offset(skipped))).order_by(_thread, Comment.id)


def _reading_with_unread(member_id: int, discussion_id: int):
    since = (Comment.discussion == Reading.discussion) & (Comment.id > Reading.seen) & (Comment.author != member_id)
    rows = Reading.select(Reading.seen, fn.MIN(Comment.id), fn.COUNT(Comment.id))
    rows = rows.join(Comment, JOIN.LEFT_OUTER, on=since)
    return rows.where(Reading.member == member_id, Reading.discussion == discussion_id).group_by(Reading.id).tuples()


def _page_with(discussion_id: int, comment_id: int) -> int:
    """The page on which the comment of this id stands; the first, when it is there no more."""
    one = Comment.alias()
    thread = one.select(fn.COALESCE(one.parent, one.id)).where(one.id == comment_id)
    earlier = (_thread < thread) | ((_thread == thread) & (Comment.id < comment_id))
    return Comment.select().where(Comment.discussion == discussion_id, earlier).count() // PAGE + 1


def _front_page(member_id: int, group_id: int):
    """All that is pinned, and the first page of the rest: two walks along an index each, in one statement."""
    published = Discussion.select(Discussion.id).where(*_published_in(group_id))
    pinned = published.where(Discussion.pinned_at.is_null(False))
    rest = _liveliest(published.where(Discussion.pinned_at.is_null())).limit(PAGE).alias("rest")
    ids = pinned.union_all(Select((rest,), (rest.c.id,)))
    order = Discussion.pinned_at.is_null(), Discussion.pinned_at.desc()
    rows = discussions_for(viewer(member_id)).where(Discussion.id.in_(ids))
    return rows.order_by(*order, Discussion.last_activity_at.desc(), Discussion.id.desc())


def _published_in(group_id: int):
    return Discussion.group == group_id, Discussion.state == PUBLISHED


def _page(query, page: int) -> list[Discussion]:
    return list(_liveliest(query).paginate(page, PAGE))


def _liveliest(query):
    return query.order_by(Discussion.last_activity_at.desc(), Discussion.id.desc())


def _remember_role(member: Viewer, group: Group) -> None:
    """The role was read along: groups.rules need not ask for it."""
    viewer = getattr(group, "viewer", None)
    group.viewer_id, group.viewer_role = member.id, viewer.role if viewer else None


def activity(member: Viewer, group: Group, bounds: Sequence[datetime]) -> list[tuple[int, int]]:
    """How many discussions were opened, and comments written, in each span of time; nothing of who. Raises Refused."""
    group_rules.edit(member, group).require()
    opened = Discussion.select().where(Discussion.group == group.id)
    said = Comment.select().join(Discussion).where(Discussion.group == group.id)
    counts = (count_between(opened, Discussion.created_at, bounds), count_between(said, Comment.created_at, bounds))
    return list(zip(*counts, strict=True))


def data_of(member: Account) -> dict[str, list]:
    """What the person wrote and where they read, for the file of all their data."""
    opened = Discussion.select().where(Discussion.author == member.id).order_by(Discussion.id)
    read = Reading.select(Discussion.key).join(Discussion).where(Reading.member == member.id).order_by(Discussion.id)
    said = Comment.select(Comment, Discussion.key).join(Discussion).where(Comment.author == member.id)
    return {
        "discussions": [
            {"key": row.key, "title": row.title, "body": row.body, "created_at": iso(row.created_at)} for row in opened
        ],
        "comments": [
            {"discussion": row.discussion.key, "body": row.body, "created_at": iso(row.created_at)}
            for row in said.order_by(Comment.id)
        ],
        "read": [key for (key,) in tuples(read)],
    }


_of_ids = Prepared(lambda member_id, *ids: discussions_for(viewer(member_id)).where(Discussion.id.in_(ids)))
_titles = Prepared(
    lambda member_id, *ids: (
        discussions_for(viewer(member_id))
        .select(
            *(Discussion.id, Discussion.key, Discussion.title, Discussion.comments_count, Discussion.last_activity_at),
            *(Group.id, Group.handle),
        )
        .where(Discussion.id.in_(ids))
    )
)
_of_key = Prepared(lambda member_id, key: discussions_for(viewer(member_id)).where(Discussion.key == key))
_front = Prepared(_front_page)
_of_page = Prepared(_page_of_comments)
_reading = Prepared(_reading_with_unread)
