"""Which discussions somebody may read, one and in lists."""

from collections.abc import Collection, Iterable

from peewee import Expression, ModelSelect, Select

from forum.accounts.models import Account, Viewer
from forum.database.prepared import prepared
from forum.database.select import START, Cursor, cut, in_order, latest
from forum.database.tables import HasId
from forum.discussions import rules
from forum.discussions.models import PUBLISHED, WAITING, Discussion, DiscussionTag
from forum.errors import NotFound, refused
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Membership
from forum.tags import queries as tags
from forum.text.typed import parse_key

PAGE = 30


def discussions_for(member: HasId) -> "ModelSelect[Discussion]":
    """A query of the discussions this person may read, each with its group and its author."""
    return (
        Discussion.select(Discussion, Group, Account.id, Account.username)
        .join(Group)
        .join_from(Discussion, Account)
        .where(rules.readable_by(member))
    )


@prepared
def _of_key(member: HasId, key: str) -> "ModelSelect[Discussion]":
    return groups.with_standing(member, discussions_for(member)).where(Discussion.key == key)


def discussion_for(member: Viewer, key: str) -> Discussion:
    """The discussion of this key. Raises NotFound when there is none, or none that this person may read."""
    found = groups.stand(member, _of_key.rows(member, parse_key(key)))
    if not found:
        raise NotFound
    return found[0]


def tell_removed(member: Viewer, key: str) -> None:
    """Raise Refused to whoever was removed from the group of this discussion: to them it is no secret, and they may be
    writing. Others learn nothing."""
    discussion = None if member.is_guest else Discussion.get_or_none(Discussion.key == parse_key(key))
    if discussion is not None and group_rules.standing_in(member, discussion.group).removed:
        refused(group_rules.REMOVED).require()


def discussions_in(member: Viewer, group: Group, page: int = 1) -> list[Discussion]:
    """The published discussions of a group, the liveliest first, 30 a page."""
    return _page(discussions_for(member).where(*_published_in(group)), page)


@prepared
def _front(member: HasId, group: HasId) -> "ModelSelect[Discussion]":
    """All that is pinned, and the first page of the rest: two walks along an index each, in one statement."""
    published = Discussion.select(Discussion.id).where(*_published_in(group))
    pinned = published.where(Discussion.pinned_at.is_null(False))
    rest = _liveliest(published.where(Discussion.pinned_at.is_null())).limit(PAGE + 1).alias("rest")
    ids = pinned.union_all(Select((rest,), (rest.c.id,)))
    order = Discussion.pinned_at.is_null(), Discussion.pinned_at.desc()
    rows = discussions_for(member).where(Discussion.id.in_(ids))
    return rows.order_by(*order, Discussion.last_activity_at.desc(), Discussion.id.desc())


def front_of(
    member: Viewer, group: Group, before: Cursor = START
) -> tuple[list[Discussion], list[Discussion], Cursor | None]:
    """For the page of a group: the pinned discussions, the last pinned first, on the first page; 30 of the others, the
    liveliest first, and where the next page begins."""
    if not before.is_start:
        rest = discussions_for(member).where(*_published_in(group), Discussion.pinned_at.is_null())
        return [], *latest(rest, before, PAGE, Discussion.id, Discussion.last_activity_at)
    rows = _front.rows(member, group)
    others = [row for row in rows if not row.pinned_at]
    return [row for row in rows if row.pinned_at], *cut(others, PAGE, Discussion.last_activity_at)


def count_pinned(group: Group) -> int:
    """How many discussions of a group are pinned."""
    return Discussion.select().where(Discussion.group == group.id, Discussion.pinned_at.is_null(False)).count()


def unpublished_in(member: Viewer, group: Group) -> list[Discussion]:
    """What waits for the animators, for them; for another member their own, those that were declined too."""
    if not group_rules.belongs(member, group):
        return []
    mine = Discussion.author == member.id
    if group_rules.approve(member, group):
        mine |= Discussion.state == WAITING
    rows = discussions_for(member).where(Discussion.group == group.id, Discussion.state != PUBLISHED, mine)
    return list(rows.order_by(Discussion.id).limit(PAGE))


@prepared
def _recent(member: HasId, most: int, *, anywhere: bool) -> "ModelSelect[Discussion]":
    query = group_rules.with_facts(member, discussions_for(member), ["role"]).where(Discussion.state == PUBLISHED)
    if not anywhere:
        under = DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(tags.followed_ids(member)))
        mine = Membership.role.is_null(False) | Discussion.group.in_(groups.followed_group_ids(member))
        query = query.where(mine | Discussion.id.in_(under))
    return _liveliest(query).limit(most)


def recent_for(member: Viewer, limit: int = PAGE) -> list[Discussion]:
    """What moved last in this person's groups and in what they follow, groups and tags; for a guest, in open groups."""
    return _recent.rows(member, limit, anywhere=member.is_guest)


def tagged(member: Viewer, tag_ids: Collection[int], page: int = 1) -> list[Discussion]:
    """The discussions that bear one of these tags, the liveliest first, 30 a page."""
    those = DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(list(tag_ids)))
    return _page(discussions_for(member).where(Discussion.id.in_(those)), page)


@prepared
def _of_ids(member: HasId, ids: Collection[int]) -> "ModelSelect[Discussion]":
    return discussions_for(member).where(Discussion.id.in_(ids))


def discussions_with_ids(member: Viewer, ids: list[int]) -> list[Discussion]:
    """Those of these discussions that this person may read, in the order given."""
    return in_order(_of_ids.rows(member, ids), ids) if ids else []


@prepared
def _tags(ids: Collection[int]) -> Select:
    rows = DiscussionTag.select(DiscussionTag.discussion, DiscussionTag.typed)
    return rows.where(DiscussionTag.discussion.in_(ids)).order_by(DiscussionTag.id).tuples()


def tags_of(discussions: Iterable[Discussion]) -> dict[int, list[str]]:
    """The tags of these discussions as they were typed, by discussion id (one query)."""
    found: dict[int, list[str]] = {discussion.id: [] for discussion in discussions}
    for discussion_id, typed in _tags.rows(found) if found else ():
        found[discussion_id].append(typed)
    return found


def lock(discussion: Discussion) -> Discussion:
    """The present row, its group held until the end of the transaction: nobody else writes in the group meanwhile."""
    group = groups.lock(discussion.group)
    row = Discussion.get_or_none(Discussion.id == discussion.id)
    if row is None:
        raise NotFound
    # Moved to another group while this one was waited for.
    row.group = group if row.group_id == group.id else groups.lock(row.group)
    return row


def _published_in(group: HasId) -> tuple[Expression, Expression]:
    return Discussion.group == group.id, Discussion.state == PUBLISHED


def _page(query: "ModelSelect[Discussion]", page: int) -> list[Discussion]:
    return list(_liveliest(query).paginate(page, PAGE))


def _liveliest(query: "ModelSelect[Discussion]") -> "ModelSelect[Discussion]":
    return query.order_by(Discussion.last_activity_at.desc(), Discussion.id.desc())
