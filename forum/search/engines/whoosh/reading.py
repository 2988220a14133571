"""Reading one Whoosh segment in the order of its documents, which is the order of the results.

Scoring every match costs 0.2 s on a million texts, the first twenty in order 0.2 ms: so nothing is scored. What a
member types never reaches a Whoosh parser: matchers are made from the terms of the analyser.
"""

import bisect
import heapq
import itertools
from collections.abc import Iterator
from functools import lru_cache

from whoosh.matching import IntersectionMatcher, ListMatcher, Matcher, UnionMatcher
from whoosh.reading import SegmentReader
from whoosh.util import make_binary_tree

from forum.search.engines.entry import SHORTEST_UNFINISHED
from forum.search.engines.protocol import FOREVER, PUBLIC, SHELVES, Audience, Order, Query, Word

# How many matches of one condition are few: they are then read one by one.
FEW = 1000
# How many references of documents a segment keeps at hand: those of a page are read twice, for their kind and their id.
PAGE_REFS = 256
# Of the words that begin like an unfinished one, how many of the most common are read as one goes, the others at once.
COMMON_WORDS = 12
KINDS = {"g": "groupe", "d": "discussion", "p": "proposition", "i": "initiative"}


class Numbers(ListMatcher):
    """Document numbers already read, in their order."""

    _i: int

    def skip_to(self, id: int) -> None:
        self._i = bisect.bisect_left(self._ids, id, self._i)


class Leaf:
    """One segment, open for reading."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.deleted = frozenset(reader.segment().deleted_docs())
        self.count = reader.doc_count_all()
        self._weights = reader.column_reader("weight")
        self._audiences = reader.column_reader("audience_of")
        self.ref = lru_cache(PAGE_REFS)(self._ref)

    def _ref(self, number: int) -> str:
        return self.reader.stored_fields(number)["ref"]

    def weight(self, number: int) -> int:
        return self._weights[number]

    def audience(self, number: int) -> int:
        return self._audiences[number]

    def order(self, number: int) -> Order:
        """Where a document of this segment stands among all results."""
        ref = self.ref(number)
        return -self._weights[number], KINDS[ref[0]], int(ref[1:])

    def living(self) -> Iterator[int]:
        return (number for number in range(self.count) if number not in self.deleted)

    def refs(self, ref: str) -> list[int]:
        """Numbers of the living documents of this segment that bear `ref`."""
        matcher = self._matcher("ref", ref)
        return [number for number in _numbers(matcher) if number not in self.deleted] if matcher else []

    def knows(self, field: str, term: str, audience: Audience) -> bool:
        """Whether one of the first documents that hold this term is for this audience."""
        numbers = (number for number in _numbers(self._matcher(field, term)) if number not in self.deleted)
        allowed = {PUBLIC, *audience}
        return any(self._audiences[number] in allowed for number in itertools.islice(numbers, FEW))

    def matches(self, query: Query, audience: Audience, field: str) -> Iterator[int]:
        """The numbers of the documents that match in `field`, the first to show first."""
        asked = [self._any_of(alternatives) for alternatives in self._conditions(query, field)]
        allowed = {PUBLIC, *audience}
        if not self._read_one_by_one(asked):
            asked.append(self._any_of([("audience", str(group)) for group in allowed]))
        conditions = [condition for condition in asked if condition]
        if len(conditions) < len(asked):
            return iter(())
        numbers = (number for number in self._dated(_all_of(conditions), query) if number not in self.deleted)
        read = (number for number in numbers if self._audiences[number] in allowed)
        kinds = self._kinds(query)
        return (number for number in read if KINDS[self.ref(number)[0]] in kinds) if self._seen_by_ref(kinds) else read

    def _dated(self, matcher: Matcher, query: Query) -> Iterator[int]:
        """The matches whose weight lies between `since` and `until`; the others are not even read."""
        if (query.since, query.until) == (0, FOREVER):
            return _numbers(matcher)
        falling = range(self.count)
        first = bisect.bisect_left(falling, -query.until, key=lambda number: -self._weights[number])
        last = bisect.bisect_right(falling, -query.since, key=lambda number: -self._weights[number])
        if matcher.is_active():
            matcher.skip_to(first)
        return itertools.takewhile(lambda number: number < last, _numbers(matcher))

    def _read_one_by_one(self, conditions: list[tuple[int, Matcher] | None]) -> bool:
        """Whether to read the audience of each match, rather than join with a list of nearly every document."""
        public = self.reader.doc_frequency("audience", str(PUBLIC))
        counts = [condition[0] if condition else 0 for condition in conditions]
        return bool(counts) and (public * 4 > self.count or min(counts) < FEW)

    def _kinds(self, query: Query) -> frozenset[str]:
        """The kinds asked for, none when those are all that this shelf has."""
        shelf = {kind for kind, name in SHELVES.items() if name == query.shelf}
        return frozenset() if query.kinds >= shelf else query.kinds

    def _seen_by_ref(self, kinds: frozenset[str]) -> bool:
        """Whether to see the kind of each match in its reference, which costs less than joining with a long list."""
        return sum(self.reader.doc_frequency("kind", kind) for kind in kinds) * 4 > self.count

    def _conditions(self, query: Query, field: str) -> Iterator[list[tuple[str, str]]]:
        for word in query.words:
            yield [*self._terms(word, field), *(("tags", str(tag)) for tag in word.tags)]
        kinds = self._kinds(query)
        wanted = {"kind": () if self._seen_by_ref(kinds) else kinds, "tags": query.tags, "places": query.places}
        for name, values in (wanted | {"group": query.groups, "author": query.authors}).items():
            if values:
                yield [(name, str(value)) for value in values]

    def _terms(self, word: Word, field: str) -> Iterator[tuple[str, str]]:
        for term in word.terms:
            yield field, term
            if word.unfinished and field != "starts" and len(term) >= SHORTEST_UNFINISHED:
                begun = (other.decode() for other in self.reader.expand_prefix(field, term))
                yield from ((field, other) for other in begun if other != term)

    def _any_of(self, alternatives: list[tuple[str, str]]) -> tuple[int, Matcher] | None:
        """How many documents hold these terms at most, and those that do, each matcher made when it is needed."""
        counted = sorted(((self.reader.doc_frequency(*one), one) for one in alternatives), reverse=True)
        held = [(count, one) for count, one in counted if count]
        if not held:
            return None
        matchers: list[Matcher] = [self._matcher(*one) for _, one in held[:COMMON_WORDS]]
        rare = [self._matcher(*one) for _, one in held[COMMON_WORDS:]]
        if rare:
            # A tree of hundreds of matchers would be asked as a whole at every step.
            matchers.append(Numbers(sorted({number for matcher in rare for number in _numbers(matcher)})))
        return sum(count for count, _ in held), make_binary_tree(UnionMatcher, matchers)

    def _matcher(self, name: str, term: str) -> Matcher | None:
        """The postings of a term, deleted documents included.

        `SegmentReader.postings` would copy the set of deleted documents at each call.
        """
        if (name, term) not in self.reader:
            return None
        return self.reader._terms.matcher(name, term.encode(), self.reader.schema[name].format)


def _all_of(conditions: list[tuple[int, Matcher]]) -> Matcher:
    """The rarest condition leads, so that the common ones are skipped through."""
    (_, matcher), *others = sorted(conditions, key=lambda condition: condition[0])
    for _, other in others:
        matcher = IntersectionMatcher(matcher, other)
    return matcher


def in_order(leaves: list[Leaf], query: Query, audience: Audience, field: str) -> Iterator[tuple[int, int]]:
    """(index of the leaf, number) of every match, the first to show first."""
    streams = [_matches(index, leaf, query, audience, field) for index, leaf in enumerate(leaves)]
    return ((match.index, match.number) for match in heapq.merge(*streams))


def _matches(index: int, leaf: Leaf, query: Query, audience: Audience, field: str) -> Iterator["Match"]:
    return (Match(index, leaf, number) for number in leaf.matches(query, audience, field))


class Match:
    """A match on its way among those of other segments; its kind and id are read only where weights are equal."""

    __slots__ = ("index", "leaf", "number", "weight")

    def __init__(self, index: int, leaf: Leaf, number: int) -> None:
        self.index, self.leaf, self.number, self.weight = index, leaf, number, leaf.weight(number)

    def __lt__(self, other: "Match") -> bool:
        if self.weight != other.weight:
            return self.weight > other.weight
        return self.leaf.order(self.number) < other.leaf.order(other.number)


def _numbers(matcher: Matcher | None) -> Iterator[int]:
    while matcher is not None and matcher.is_active():
        yield matcher.id()
        matcher.next()
