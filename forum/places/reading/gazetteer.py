"""What reading a place needs to know of places: plain values, and the questions it asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

# The order in which answers of several kinds are offered; small communes come after places abroad (see `rank`).
KINDS = ("nation", "region", "departement", "circonscription", "commune", "abroad")
SMALL_COMMUNE = 3_000
# What `within` says of a country and of a town abroad.
COUNTRY, TOWN = "Français de l’étranger", "ville à l’étranger"


@dataclass(frozen=True, slots=True)
class Place:
    """A place a member may name.

    `code` is 087, 02A or 099 for a département; 087-03 for a circonscription; R75, A74 or G-outremer for a region, a
    former region or a usual grouping (G-france is the nation); the five characters of INSEE for a commune; and for a
    country or a town abroad the circonscription of the French who live there, 099-07: it leads to their group.
    `within` says where, for a card: "Haute-Vienne".
    """

    code: str
    kind: str
    name: str
    population: int = 0
    departements: tuple[str, ...] = ()
    constituencies: tuple[str, ...] = ()
    within: str = ""

    @property
    def rank(self) -> tuple[int, int, str]:
        """Where it stands among places of the same name: by kind, then the most populous first."""
        small = self.kind == "commune" and self.population < SMALL_COMMUNE
        return KINDS.index(self.kind) + small * len(KINDS), -self.population, self.code


class Name(NamedTuple):
    """One name of a place. `key` is compared; `full` is the same with its leading article.

    `role` is "name", "alias", "former" (a commune merged or renamed), "short" (without its small words) or "head" (the
    beginning by which people call a town).
    """

    key: str
    full: str
    role: str
    place: Place


class Vocabulary(NamedTuple):
    """The names among which a typo is looked for: by length, each with the set of its letters as bits; and by sound."""

    by_length: Mapping[int, Sequence[tuple[str, int]]]
    by_sound: Mapping[str, Sequence[str]]


class Gazetteer(Protocol):
    """The questions that reading asks; `forum.places.queries` answers them from the database."""

    def named(self, keys: Iterable[str]) -> Mapping[str, list[Name]]:
        """The names with one of these keys."""

    def beginning(self, key: str) -> Sequence[Name]:
        """The names that begin with this key, at most twelve, the most populous first; no former name."""

    def postal(self, code: str) -> Sequence[Place]:
        """The communes of a postal code, the most populous first; arrondissements instead of their city."""

    def places(self, codes: Iterable[str]) -> Mapping[str, Place]:
        """The places with these codes, those that exist, by code; places abroad have none of their own."""

    def vocabulary(self) -> Vocabulary:
        """Départements, regions, their aliases, countries, and communes of more than 8,000 people."""
