"""The discussions that bear a tag, as a list of titles shows them: their texts are not even read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from peewee import Select, fn

from forum.accounts.models import Viewer
from forum.database.prepared import prepared
from forum.database.select import in_order, paged
from forum.database.tables import HasId
from forum.discussions import rules
from forum.discussions.addresses import address
from forum.discussions.models import Discussion, DiscussionTag
from forum.discussions.queries.discussions import PAGE
from forum.groups.models import Group


@dataclass(slots=True)
class Title:
    """A discussion without its texts, with the handle of its group."""

    id: int
    key: str
    title: str
    comments_count: int
    last_activity_at: datetime
    handle: str

    @property
    def address(self) -> str:
        """The path of its page."""
        return address(self.key, self.title)


@prepared
def _titles(member: HasId, ids: Collection[int]) -> Select:
    columns = Discussion.id, Discussion.key, Discussion.title, Discussion.comments_count, Discussion.last_activity_at
    listed = Discussion.select(*columns, Group.handle).join(Group)
    return listed.where(rules.readable_by(member), Discussion.id.in_(ids)).tuples()


def titles_with_ids(member: Viewer, ids: list[int]) -> list[Title]:
    """Those of these discussions that this person may read, in the order given."""
    return [Title(*row) for row in in_order(_titles.rows(member, ids), ids, itemgetter(0))] if ids else []


def titles_tagged(member: Viewer, tag_ids: Collection[int], page: int = 1) -> tuple[list[Title], bool]:
    """The discussions that bear one of these tags, the liveliest first, 30 a page, and whether there are more."""
    liveliest = _tagged(member, tag_ids).order_by(Discussion.last_activity_at.desc(), Discussion.id.desc())
    found, more = paged(liveliest.tuples(), page, PAGE)
    return titles_with_ids(member, [number for (number,) in found]), more


@prepared
def _count(member: HasId, tag_ids: Collection[int]) -> Select:
    listed = Discussion.select(fn.COUNT(Discussion.id)).where(Discussion.id.in_(_bearing(tag_ids)))
    return listed.where(rules.readable_alone(member)).tuples()


def count_tagged(member: Viewer, tag_ids: Collection[int]) -> int:
    """How many discussions that this person may read bear one of these tags."""
    return _count.scalar(member, tag_ids)


def _tagged(member: Viewer, tag_ids: Collection[int]) -> Select:
    readable = Discussion.select(Discussion.id).join(Group).where(rules.readable_by(member))
    return readable.where(Discussion.id.in_(_bearing(tag_ids)))


def _bearing(tag_ids: Collection[int]) -> Select:
    return DiscussionTag.select(DiscussionTag.discussion).where(DiscussionTag.tag.in_(list(tag_ids)))
