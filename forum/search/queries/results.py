"""What a search gives, and what stands on the page of groups."""

from dataclasses import dataclass, field
from typing import Any

from forum.groups.models import Group
from forum.places.reading import Place
from forum.search.queries import excerpts
from forum.search.queries.chain import ChainLevel
from forum.search.queries.filters import Filters
from forum.search.queries.understanding import Understood
from forum.tags.models import Tag

MOST_OTHERS = 8


@dataclass(frozen=True)
class GroupResults:
    """What answers on the page of groups. `lines` is the chain of a place.

    `more`: another page has some. `degraded`: the index did not answer, names alone were searched.
    """

    understood: Understood
    place: Place | None
    tag: Tag | None
    lines: list[ChainLevel]
    groups: list[Group]
    more: bool
    degraded: bool

    @property
    def creatable(self) -> list[ChainLevel]:
        return [line for line in self.lines if line.code and line.group is None]

    @property
    def others(self) -> list[Place]:
        """Other places that the words may mean, those of the chain left out."""
        reading, shown = self.understood.reading, {line.code for line in self.lines}
        meant = (*reading.places[1:], *reading.others, *reading.suggestions)
        return [place for place in meant if place.code not in shown][:MOST_OTHERS]


@dataclass(frozen=True)
class Result:
    """One result: `kind` as in ?type=, its address, its group; `row` its row."""

    kind: str
    key: str
    title: str
    url: str
    group: Group | None = None
    excerpt: list[excerpts.Piece] = field(default_factory=list)
    row: Any = None


@dataclass(frozen=True)
class Results:
    """Results of one kind, in order; `more` when another page has some, `degraded` when titles alone were searched."""

    kind: str
    items: list[Result]
    more: bool = False
    degraded: bool = False


@dataclass(frozen=True)
class SearchResults:
    """What a search gives: how it was understood, and what was `found` of each kind, empty kinds included."""

    understood: Understood
    filters: Filters
    found: list[Results]

    @property
    def results(self) -> list[Results]:
        return [results for results in self.found if results.items]

    @property
    def degraded(self) -> bool:
        return any(results.degraded for results in self.found)

    @property
    def more(self) -> bool:
        return any(results.more for results in self.found)
