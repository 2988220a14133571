"""What a search of texts asks of the index, one question after the other (docs/decisions/0023)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from peewee import Select

from forum.accounts.models import Viewer
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.groups.models import Membership
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Audience, Query, Unreadable, Word
from forum.search.queries.filters import Filters
from forum.search.queries.understanding import Understood

LAST_PAGE = 50


@prepared
def _groups_of(member: HasId) -> Select:
    return Membership.select(Membership.group).where(Membership.member == member.id).tuples()


def audience_of(member: Viewer) -> Audience:
    """The groups whose members alone may find what is said there, and of which this person is one."""
    if member.is_guest:
        return frozenset()
    return frozenset(group_id for (group_id,) in _groups_of.rows(member))


class Asked(NamedTuple):
    """What is asked, by whom; `audience` as engines want it, `titled` whether some title is the very words typed."""

    member: Viewer
    understood: Understood
    filters: Filters
    audience: Audience
    titled: bool


def ask(member: Viewer, understood: Understood, filters: Filters) -> Asked:
    """What is asked, with what one look at the index tells of it for all kinds."""
    audience = audience_of(member)
    try:
        titled = bool(understood.whole and engine().known("textes", {understood.whole}, audience))
    except Unreadable:
        titled = False
    return Asked(member, understood, filters, audience, titled)


def _text_queries(asked: Asked, kind: str) -> Iterator[Query]:
    """What is asked one after the other: the whole title; all words as typed, first in the place that was understood;
    and what else stands there. What was understood lifts, and hides nothing; what was chosen as a filter narrows."""
    understood, filters = asked.understood, asked.filters
    chosen = Query(
        understood.everything,
        frozenset({kind}),
        places=filters.places,
        tags=filters.tags,
        groups=filters.groups,
        authors=filters.authors,
        since=filters.since,
        until=filters.until,
    )
    if asked.titled:
        yield replace(chosen, words=(Word((understood.whole,)),))
    there = understood.place_codes if not filters.places else ()
    if there:
        yield replace(chosen, places=there)
    yield chosen
    if understood.words and understood.is_filter and (there or filters.places):
        yield replace(chosen, words=understood.words, places=there or filters.places)


def in_turn(asked: Asked, kind: str, page: int, size: int) -> tuple[list[int], bool]:
    """The ids of a page of what is found by one query after the other, each once, and whether there are more."""
    page = min(page, LAST_PAGE)
    found: dict[int, None] = {}
    for query in _text_queries(asked, kind):
        found |= dict.fromkeys(hit.id for hit in engine().find(query, asked.audience, page * size + 1))
        if len(found) > page * size:
            break
    ids = list(found)[(page - 1) * size :]
    return ids[:size], len(ids) > size and page < LAST_PAGE
