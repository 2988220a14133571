"""What stands under a tag. Few things are read in SQL at once; of many, the index knows the first without sorting them.

What is in the index follows the database by a second or two; which tags are one is asked of the database alone.
"""

from collections.abc import Collection

from forum.discussions import queries as discussions
from forum.discussions.models import DiscussionTag
from forum.discussions.titles import Title, titles_tagged, titles_with_ids
from forum.groups import queries as groups
from forum.groups.models import GroupTag
from forum.groups.tagged import Named, named_tagged, named_with_ids
from forum.prepared import Prepared
from forum.search import queries
from forum.search.engine import Query, Unreadable
from forum.search.engines import engine

# Up to so many are read and sorted at each page.
MANY = 300


def groups_under(member, tag_ids: Collection[int]) -> list[Named]:
    """The most followed of the groups that bear one of these tags."""
    query = Query(kinds=frozenset({"groupe"}), tags=tuple(tag_ids))
    found = _indexed(member, GroupTag, query, 0, groups.PAGE)
    return named_tagged(member, tag_ids) if found is None else named_with_ids(member, found)


def discussions_under(member, tag_ids: Collection[int], page: int = 1) -> tuple[list[Title], bool]:
    """A page of the discussions that bear one of these tags, the liveliest first; whether another page has some."""
    query = Query(kinds=frozenset({"discussion"}), tags=tuple(tag_ids))
    found = _indexed(member, DiscussionTag, query, (page - 1) * discussions.PAGE, discussions.PAGE + 1)
    if found is None:
        rows = titles_tagged(member, tag_ids, page)
        return rows, len(rows) == discussions.PAGE
    return titles_with_ids(member, found[: discussions.PAGE]), len(found) > discussions.PAGE


def _indexed(member, taggings, query: Query, after: int, limit: int) -> list[int] | None:
    """The first ids in the order of the index; None when it does not answer or there are too few to ask it."""
    if not _beyond[taggings].rows(MANY, *query.tags):
        return None
    try:
        return [hit.id for hit in engine().find(query, queries.audience_of(member), limit, after)]
    except Unreadable:
        return None


def _taggings_beyond(model) -> Prepared:
    """One row where there are more taggings than the number given."""
    return Prepared(
        lambda number, *tag_ids: model.select(model.id).where(model.tag.in_(tag_ids)).limit(1).offset(number).tuples()
    )


_beyond = {model: _taggings_beyond(model) for model in (GroupTag, DiscussionTag)}
