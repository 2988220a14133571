"""« Vouliez-vous dire … »: another spelling of what was typed, in words of what this person may read.

A word that only others may read is never offered: the index is asked for this person's words alone, and the word is
then taken from a text or a group that has been read again for them.
"""

import string
from collections.abc import Iterator
from typing import Any

from forum.accounts.models import Viewer
from forum.search.engines import analyser
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Audience, Query, Unreadable, Word
from forum.search.queries import excerpts
from forum.search.queries.questions import audience_of
from forum.search.queries.results import GroupResults, Results, SearchResults
from forum.search.queries.searching import find_groups, read, search, texts
from forum.search.queries.understanding import COMMON, Understood
from forum.tags import spelling
from forum.text import markdown

# Fewer results than this are little, and a word shorter than this is near too many others.
LITTLE = 3
SHORTEST = 4
MOST_WORDS = 4
MOST_CANDIDATES = 4
MOST_ROWS = 4
SHELVES: dict[str, frozenset[str]] = {
    "textes": frozenset({"discussion", "proposition", "initiative"}),
    "groupes": frozenset({"groupe"}),
}


def suggestion(member: Viewer, answer: SearchResults, kind: str = "") -> str:
    """What to search instead, which finds something for this person; '' when enough was found or nothing comes near."""
    few = sum(len(results.items) for results in answer.found)
    respelled = "" if answer.degraded else _another(member, answer.understood, few)
    return respelled if respelled and search(member, respelled, kind, 1, answer.filters).results else ""


def is_little(found: GroupResults, below: list[Results]) -> bool:
    """Whether so little answers on the page of groups, the texts below included, that help may be wanted."""
    # A place or a tag chosen beside the words would be lost, and it may be the cause.
    helpless = found.degraded or found.place or found.tag or found.understood.is_place
    few = len(found.groups) + sum(len(results.items) for results in below)
    return bool(found.understood.typed) and few < LITTLE and not helpless


def group_suggestion(member: Viewer, found: GroupResults) -> str:
    """The same as `suggestion` for the page of groups, where little was found."""
    respelled = _another(member, found.understood, len(found.groups))
    if not respelled:
        return ""
    other = find_groups(member, respelled)
    return respelled if other.groups or other.lines or texts(member, other.understood, 1) else ""


def _another(member: Viewer, understood: Understood, few: int) -> str:
    """What was typed in another spelling, '' without one or where it is not wanted."""
    typed = understood.typed
    if not typed or few >= LITTLE or understood.is_place:
        return ""
    try:
        respelled = " ".join(_respelled(member, typed, few > 0))
    except Unreadable:
        return ""
    return "" if respelled == typed else respelled


def neighbours(term: str) -> set[str]:
    """The terms that one slip away: a letter too many, missing, other, or two that changed places (Damerau, 1964)."""
    cuts = [(term[:place], term[place:]) for place in range(len(term) + 1)]
    dropped = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    letters = string.ascii_lowercase
    other = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    added = {before + letter + after for before, after in cuts for letter in letters}
    return (dropped | swapped | other | added) - {term}


def _respelled(member: Viewer, typed: str, found_some: bool) -> Iterator[str]:
    """The words typed, the first few that nothing holds replaced by the word that most things hold."""
    audience, pieces = audience_of(member), typed.split()
    terms = {piece: _single_term(piece) for piece in pieces}
    unknown = [term for term in terms.values() if term]
    held = _known(set(unknown), audience)
    near = {term: neighbours(term) for term in [term for term in unknown if term not in held][:MOST_WORDS]}
    offered = _known(set().union(*near.values()), audience)
    for piece in pieces:
        best = _best(member, terms[piece], near.get(terms[piece], set()) & offered, audience, found_some)
        yield best or piece


def _best(member: Viewer, term: str, near: set[str], audience: Audience, found_some: bool) -> str:
    """The one of these terms that most things hold, as it is written there; the first letter is rarely a slip."""
    # While a word is being typed, what it begins is found already.
    others = [other for other in near if not (found_some and other.startswith(term))]
    others.sort(key=lambda other: (other[0] != term[0], other))
    return max((_read(member, other, audience) for other in others[:MOST_CANDIDATES]), default=(0, ""))[1]


def _single_term(piece: str) -> str:
    """The term of a word long enough to be told from others, '' for a compound, a number or a common word."""
    words = analyser.words(piece)
    if len(words) != 1 or len(words[0]) != 1:
        return ""
    (term,) = words[0]
    return term if len(term) >= SHORTEST and term.isalpha() and term not in COMMON else ""


def _known(terms: set[str], audience: Audience) -> set[str]:
    return {term for shelf in SHELVES for term in engine().known(shelf, terms, audience)} if terms else set()


def _read(member: Viewer, term: str, audience: Audience) -> tuple[int, str]:
    """In how many things, a few at most, this person reads the word, and how it is written there."""
    rows = [row for kinds in SHELVES.values() for row in _rows(member, Query((Word((term,)),), kinds), audience)]
    written = (word for row in rows if (word := _written(row, term)))
    return len(rows), next(written, "")


def _rows(member: Viewer, query: Query, audience: Audience) -> list[Any]:
    hits = engine().find(query, audience, MOST_ROWS)
    return [row for kind in query.kinds for row in read(member, kind, [hit.id for hit in hits if hit.kind == kind])]


def _written(row: Any, term: str) -> str:
    """The word as the row writes it; what stands in an answer to a discussion is spelt by the lexicon."""
    is_group = hasattr(row, "handle")
    source = f"{row.name} #{row.handle} {row.description}" if is_group else f"{row.title} {row.body}"
    for piece, is_asked in excerpts.marked(markdown.plain(source)[: excerpts.READ], {term}):
        if is_asked and analyser.words(piece) == [(term,)]:
            return piece.strip("#").lower()
    if is_group:
        # Groups are found by beginnings, which are no words.
        return ""
    known = spelling.key(term)
    return known if analyser.fold(known) == term else term
