"""What stands under a tag. Few things are read in SQL at once; of many, the index knows the first without sorting them.

What is in the index follows the database by a second or two; which tags are one is asked of the database alone.
"""

from collections.abc import Collection
from dataclasses import dataclass

from peewee import Select

from forum.accounts.models import Viewer
from forum.database.prepared import prepared
from forum.discussions import queries as discussions
from forum.discussions.models import DiscussionTag
from forum.groups import queries as groups
from forum.groups.models import Group, GroupTag
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Audience, Query, Unreadable
from forum.search.queries.questions import audience_of
from forum.tags.models import Tag

# Up to so many are read and sorted at each page.
MANY = 300


@dataclass(frozen=True, slots=True)
class Tagged:
    """What bears a tag: the groups most followed, on the first page alone; the discussions of a page, the liveliest
    first; `more`: another page has some of these."""

    groups: list[Group]
    discussions: list[discussions.Title]
    more: bool


@prepared
def _beyond(number: int, tag_ids: Collection[int]) -> Select:
    """One row: for groups and for discussions, a tag where more of them than this number bear the tags, or None."""
    # The tag, which stands in the index: their ids do not.
    beyond = [
        model.select(model.tag).where(model.tag.in_(tag_ids)).limit(1).offset(number)
        for model in (GroupTag, DiscussionTag)
    ]
    return Tag.select(*beyond).where(Tag.id.in_(tag_ids)).limit(1).tuples()


def tagged_with(member: Viewer, tag_ids: Collection[int], page: int = 1) -> Tagged:
    """A page of what this person may see of all that bears one of these tags."""
    ids = tuple(tag_ids)
    ((many_groups, many_discussions),) = _beyond.rows(MANY, ids)
    audience = audience_of(member) if many_groups or many_discussions else frozenset()
    named = _groups(member, ids, audience if many_groups else None) if page == 1 else []
    return Tagged(named, *_discussions(member, ids, audience if many_discussions else None, page))


def _groups(member: Viewer, tag_ids: tuple[int, ...], audience: Audience | None) -> list[Group]:
    ids = _indexed("groupe", tag_ids, audience, 0, groups.PAGE)
    return groups.groups_tagged(member, tag_ids) if ids is None else groups.group_names_with_ids(member, ids)


def _discussions(
    member: Viewer, tag_ids: tuple[int, ...], audience: Audience | None, page: int
) -> tuple[list[discussions.Title], bool]:
    ids = _indexed("discussion", tag_ids, audience, (page - 1) * discussions.PAGE, discussions.PAGE + 1)
    if ids is None:
        return discussions.titles_tagged(member, tag_ids, page)
    return discussions.titles_with_ids(member, ids[: discussions.PAGE]), len(ids) > discussions.PAGE


def _indexed(
    kind: str, tag_ids: tuple[int, ...], audience: Audience | None, after: int, limit: int
) -> list[int] | None:
    """The first ids in the order of the index; None when it does not answer, or nobody is to ask it."""
    if audience is None:
        return None
    try:
        query = Query(kinds=frozenset({kind}), tags=tag_ids)
        return [hit.id for hit in engine().find(query, audience, limit, after)]
    except Unreadable:
        return None
