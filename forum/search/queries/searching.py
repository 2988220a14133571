"""Searching, always for somebody: the engine gives ids in order, each feature reads again what this person may see."""

from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from peewee import Field

from forum.accounts.models import Viewer
from forum.discussions import queries as discussions
from forum.discussions.models import Comment, Discussion
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.initiatives import queries as initiatives
from forum.initiatives.models import Initiative
from forum.places import queries as places
from forum.places.reading import Place
from forum.proposals import queries as proposals
from forum.proposals.models import Proposal, ProposalTag
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Query, Unreadable, Word
from forum.search.queries import excerpts, hits, questions
from forum.search.queries.chain import chain
from forum.search.queries.filters import NO_FILTERS, Filters
from forum.search.queries.results import GroupResults, Result, Results, SearchResults
from forum.search.queries.tags import tags_beginning
from forum.search.queries.understanding import MOST_WORDS, Tags, Understood, codes_of, understand
from forum.text.typed import without_hash

# What has a title and a text.
TEXTS = ("discussion", "proposition", "initiative")
PAGE = 20
FEW = 4
KINDS = {
    "groupe": "Groupes",
    "discussion": "Discussions",
    "proposition": "Propositions",
    "initiative": "Initiatives",
    "tag": "Mots-clés",
}


def find_groups(member: Viewer, typed: str, place_code: str = "", tag_name: str = "", page: int = 1) -> GroupResults:
    """Groups for what was typed, within a place and under a tag when these are given, the most followed first."""
    understood = understand(typed)
    place = places.place(place_code.upper()) if place_code else None
    tag = Tags([tag_name]).named(tag_name) if tag_name else None
    lines = chain(member, understood.places or ((place,) if place else ()))
    rows, more, degraded = _groups_in_order(member, _group_query(understood, place, tag_name), understood, page)
    if understood.places and page == 1 and not degraded:
        rows = [*_called_alike(member, understood), *rows]
    shown = {line.group.id for line in lines if line.group}
    rows = list({group.id: group for group in rows if group.id not in shown}.values())
    return GroupResults(understood, place, tag, lines if page == 1 else [], rows, more, degraded)


def search(member: Viewer, typed: str, kind: str = "", page: int = 1, filters: Filters = NO_FILTERS) -> SearchResults:
    """All kinds, a few results of each, or one kind page by page; kinds without results are left out. What is a place
    and a theme as well shows both: the texts first where they are many."""
    understood = understand(typed)
    wanted = [one for one in KINDS if kind in ("", one) and one in _kinds_under(filters)]
    size = PAGE if kind else FEW
    asks_anything = (understood.typed or filters.typed) and not filters.vain
    asked = questions.ask(member, understood, filters)
    results = [_READERS[one](asked, one, page, size) for one in wanted] if asks_anything else []
    if understood.is_place and understood.theme and any(found.more for found in results if found.kind in TEXTS):
        results.sort(key=lambda found: found.kind not in TEXTS)
    return SearchResults(understood, filters, results)


def _kinds_under(filters: Filters) -> Collection[str]:
    """The kinds that these filters can be asked of; only the texts and groups of a tag or a place are listed."""
    if filters.only_texts:
        return TEXTS
    return ("groupe", *TEXTS) if filters.typed else KINDS


def texts(member: Viewer, understood: Understood, size: int = FEW) -> list[Results]:
    """The few texts that stand below any other answer: all the words typed, place or not.

    As whole words: what hundreds of words begin with is looked up on the page of searches, not at each letter typed.
    """
    if not understood.everything:
        return []
    words, everything = _finished(understood.words), _finished(understood.everything)
    understood = replace(understood, words=words, everything=everything)
    asked = questions.ask(member, understood, NO_FILTERS)
    below = [_texts(asked, kind, 1, size) for kind in TEXTS]
    return [results for results in below if results.items]


def tags_of(results: Results) -> list[list[str]]:
    """The tags of each item of these results, as they are shown (a query or two)."""
    if results.kind not in _TAGS:
        return [[] for _ in results.items]
    rows = [item.row for item in results.items]
    tags = _TAGS[results.kind](rows)
    return [tags[row.id] for row in rows]


def _finished(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(replace(word, unfinished=False) for word in words)


def read(member: Viewer, kind: str, ids: list[int]) -> list[Any]:
    """The rows of these ids that this person may read, in their order."""
    return _READ[kind](member, ids) if ids else []


def index_problem() -> str:
    """What is wrong with the index, in English for the doctor; empty when nothing is. While something is, searches go
    through titles and names."""
    return "; ".join(f"{status.shelf} {status.reason}" for status in engine().status() if not status.ready)


def _group_query(understood: Understood, place: Place | None, tag_name: str) -> Query | None:
    """None when nothing can be found: what was typed holds no word, or the tag of the address is unknown."""
    words = () if understood.is_place else understood.words
    if understood.typed and not words and not understood.is_place:
        return None
    tags = Tags([tag_name]).classes(tag_name) if tag_name else ()
    if tag_name and not tags:
        return None
    codes = understood.place_codes or (codes_of(place) if place else ())
    return Query(words, frozenset({"groupe"}), places=codes, tags=tags)


def _called_alike(member: Viewer, understood: Understood) -> list[Group]:
    """The first groups that bear the words taken for a place: what was understood may have been a guess."""
    try:
        ids, _ = _ids(member, Query(understood.everything, frozenset({"groupe"})), 1, FEW)
    except Unreadable:
        return []
    return groups.groups_with_ids(member, ids)


def _groups_in_order(
    member: Viewer, query: Query | None, understood: Understood, page: int
) -> tuple[list[Group], bool, bool]:
    if query is None:
        return [], False, False
    try:
        ids, more = _ids(member, query, page, PAGE)
    except Unreadable:
        rows = _named(groups.groups_for(member), (Group.name, Group.handle), understood.typed)
        rows = rows.order_by(*groups.MOST_FOLLOWED).paginate(page, PAGE)
        return list(rows), False, True
    return groups.groups_with_ids(member, ids), more, False


def _groups(asked: questions.Asked, kind: str, page: int, size: int) -> Results:
    member, understood, filters = asked.member, asked.understood, asked.filters
    query = _group_query(understood, None, "")
    if query and filters.typed:
        query = replace(query, places=filters.places or query.places, tags=filters.tags)
    rows, more, degraded = _groups_in_order(member, query, understood, page)
    items = [
        Result(kind, group.handle, f"#{group.handle}", f"/g/{group.handle}", group, row=group) for group in rows[:size]
    ]
    return Results(kind, items, more or len(rows) > size, degraded)


def _texts(asked: questions.Asked, kind: str, page: int, size: int) -> Results:
    member, understood, filters = asked.member, asked.understood, asked.filters
    if not understood.everything and (understood.typed or not filters.typed):
        return Results(kind, [])
    try:
        rows, more = _found(asked, kind, page, size)
        degraded = False
    except Unreadable:
        # Titles alone cannot be filtered: nothing is better than what was not asked for.
        rows = [] if filters.typed else _titled(member, kind, understood.typed, size)
        more, degraded = False, True
    comments = hits.answering(member, kind, rows, understood.everything)
    items = [_text(kind, row, understood.everything, comments.get(row.id)) for row in rows]
    return Results(kind, items, more, degraded)


def _found(asked: questions.Asked, kind: str, page: int, size: int) -> tuple[list[Any], bool]:
    """The rows of a page, and whether there are more; with words in quotes, of the first hits that say them."""
    member, phrases = asked.member, asked.understood.phrases
    if not phrases:
        ids, more = questions.in_turn(asked, kind, page, size)
        return _READ[kind](member, ids), more
    ids, _ = questions.in_turn(asked, kind, 1, hits.MOST_HITS)
    rows = hits.saying(member, kind, _READ[kind](member, ids), phrases)
    return rows[(page - 1) * size : page * size], len(rows) > page * size


def _text(kind: str, row: Any, words: tuple[Word, ...], comment: Comment | None) -> Result:
    """A result, with the passage that answers: where that is a comment, it leads there."""
    url = {"proposition": f"/p/{row.key}", "initiative": f"/i/{row.key}"}.get(kind) or row.address
    url, body = (f"/c/{comment.key}", comment.body) if comment else (url, row.body)
    return Result(kind, row.key, row.title, url, row.group, excerpts.excerpt(body, words), row)


def _tags(asked: questions.Asked, kind: str, page: int, size: int) -> Results:
    tags, more = tags_beginning(asked.member, asked.understood.typed, asked.understood.tag, page, size)
    return Results(kind, [Result(kind, tag.key, f"#{tag.label}", f"/t/{tag.key}") for tag in tags], more)


def _ids(member: Viewer, query: Query, page: int, size: int) -> tuple[list[int], bool]:
    hits = engine().find(query, questions.audience_of(member), size + 1, (min(page, questions.LAST_PAGE) - 1) * size)
    return [hit.id for hit in hits[:size]], len(hits) > size and page < questions.LAST_PAGE


def _titled(member: Viewer, kind: str, typed: str, size: int) -> list[Any]:
    """Without an index: those whose title holds each of the words as typed."""
    query, model = _ALL[kind](member), _MODELS[kind]
    return list(_named(query, (model.title,), typed).order_by(model.id.desc()).limit(size))


def _named(query: Any, columns: Collection[Field], typed: str) -> Any:
    for word in without_hash(typed).split()[:MOST_WORDS]:
        query = query.where(reduce(or_, (column.contains(word) for column in columns)))
    return query


def _tags_of_proposals(proposals_found: list[Proposal]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {proposal.id: [] for proposal in proposals_found}
    rows = ProposalTag.select(ProposalTag.proposal, ProposalTag.typed).order_by(ProposalTag.id)
    taggings: Any = rows.where(ProposalTag.proposal.in_(list(tags))).tuples() if tags else ()
    for proposal_id, typed in taggings:
        tags[proposal_id].append(typed)
    return tags


_MODELS: dict[str, Any] = {"discussion": Discussion, "proposition": Proposal, "initiative": Initiative}
_ALL: dict[str, Any] = {
    "discussion": discussions.discussions_for,
    "proposition": proposals.proposals_for,
    "initiative": initiatives.initiatives_for,
}
_READ: dict[str, Any] = {
    "groupe": groups.groups_with_ids,
    "discussion": discussions.discussions_with_ids,
    "proposition": proposals.proposals_with_ids,
    "initiative": initiatives.initiatives_with_ids,
}
_TAGS: dict[str, Any] = {"groupe": groups.tags_of, "discussion": discussions.tags_of, "proposition": _tags_of_proposals}
_READERS: dict[str, Any] = {"groupe": _groups, "tag": _tags} | dict.fromkeys(TEXTS, _texts)
