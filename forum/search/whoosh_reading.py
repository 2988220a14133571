"""Reading one Whoosh segment in the order of its documents, which is the order of the results.

Scoring every match costs 0.2 s on a million texts, the first twenty in order 0.2 ms: so nothing is scored. What a
member types never reaches a Whoosh parser: matchers are made from the terms of the analyser.
"""

import bisect
import heapq
import itertools
from collections.abc import Iterator

from whoosh.matching import IntersectionMatcher, Matcher, UnionMatcher
from whoosh.reading import SegmentReader
from whoosh.util import make_binary_tree

from forum.search.engine import FOREVER, PUBLIC, SHELVES, Audience, Query, Word
from forum.search.entry import SHORTEST_UNFINISHED

# Up to here a segment is small: all its matches are read and put in order, for it was written as things happened.
SMALL = 1000
# The big segments wait for a rebuild instead of being merged: a bigger one was written whole, by falling weight.
LARGEST_MERGED = 50_000
# How many words of a segment are looked up for an unfinished word.
UNFINISHED_WORDS = 24


class Leaf:
    """One segment, open for reading."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.deleted = frozenset(reader.segment().deleted_docs())
        self.count = reader.doc_count_all()
        self._weights = reader.column_reader("weight")
        self._audiences = reader.column_reader("audience_of")

    def ref(self, number: int) -> str:
        return self.reader.stored_fields(number)["ref"]

    def refs(self, ref: str) -> list[int]:
        """Numbers of the living documents of this segment that bear `ref`."""
        matcher = self._matcher("ref", ref)
        return [number for number in _numbers(matcher) if number not in self.deleted] if matcher else []

    def knows(self, field: str, term: str, audience: Audience) -> bool:
        """Whether one of the first documents that hold this term is for this audience."""
        numbers = (number for number in _numbers(self._matcher(field, term)) if number not in self.deleted)
        allowed = {PUBLIC, *audience}
        return any(self._audiences[number] in allowed for number in itertools.islice(numbers, SMALL))

    def matches(self, query: Query, audience: Audience, field: str) -> Iterator[tuple[int, int]]:
        """(minus weight, number) of the documents that match in `field`, the first to show first."""
        conditions: list = [self._any_of(alternatives) for alternatives in self._conditions(query, field)]
        allowed = {PUBLIC, *audience}
        if not self._read_one_by_one(conditions):
            conditions.append(self._any_of([("audience", str(group)) for group in allowed]))
        if None in conditions:
            return iter(())
        numbers = (number for number in self._dated(_all_of(conditions), query) if number not in self.deleted)
        found = ((-self._weights[number], number) for number in numbers if self._audiences[number] in allowed)
        return iter(sorted(found)) if self.count <= SMALL else found

    def _dated(self, matcher: Matcher, query: Query) -> Iterator[int]:
        """The matches whose weight lies between `since` and `until`; in a big segment the others are not even read."""
        if (query.since, query.until) == (0, FOREVER):
            return _numbers(matcher)
        if self.count <= LARGEST_MERGED:
            return (number for number in _numbers(matcher) if query.since <= self._weights[number] <= query.until)
        falling = range(self.count)
        first = bisect.bisect_left(falling, -query.until, key=lambda number: -self._weights[number])
        last = bisect.bisect_right(falling, -query.since, key=lambda number: -self._weights[number])
        if matcher.is_active():
            matcher.skip_to(first)
        return itertools.takewhile(lambda number: number < last, _numbers(matcher))

    def _read_one_by_one(self, conditions: list) -> bool:
        """Whether to read the audience of each match, rather than join with a list of nearly every document."""
        public = self.reader.doc_frequency("audience", str(PUBLIC))
        return bool(conditions) and (
            public * 4 > self.count or None in conditions or min(count for count, _ in conditions) < SMALL
        )

    def _conditions(self, query: Query, field: str) -> Iterator[list[tuple[str, str]]]:
        for word in query.words:
            yield [*self._terms(word, field), *(("tags", str(tag)) for tag in word.tags)]
        everything = query.kinds >= {kind for kind, shelf in SHELVES.items() if shelf == query.shelf}
        kinds = () if everything else query.kinds
        wanted = {"kind": kinds, "tags": query.tags, "places": query.places}
        for name, values in (wanted | {"group": query.groups, "author": query.authors}).items():
            if values:
                yield [(name, str(value)) for value in values]

    def _terms(self, word: Word, field: str) -> Iterator[tuple[str, str]]:
        for term in word.terms:
            yield field, term
            if word.unfinished and field != "starts" and len(term) >= SHORTEST_UNFINISHED:
                starting = itertools.islice(self.reader.expand_prefix(field, term), UNFINISHED_WORDS)
                yield from ((field, other.decode()) for other in starting if other.decode() != term)

    def _any_of(self, alternatives: list[tuple[str, str]]) -> tuple[int, Matcher] | None:
        matchers = [matcher for name, term in alternatives if (matcher := self._matcher(name, term))]
        if not matchers:
            return None
        frequency = sum(self.reader.doc_frequency(name, term) for name, term in alternatives)
        return frequency, make_binary_tree(UnionMatcher, matchers)

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
    """(index of the leaf, number) of every match, the heaviest first."""
    streams = [_tagged(index, leaf.matches(query, audience, field)) for index, leaf in enumerate(leaves)]
    return ((index, number) for _, index, number in heapq.merge(*streams))


def _tagged(index: int, matches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    return ((weight, index, number) for weight, number in matches)


def _numbers(matcher: Matcher | None) -> Iterator[int]:
    while matcher is not None and matcher.is_active():
        yield matcher.id()
        matcher.next()
