"""What a rule found, and what the whole reading hands over."""

from dataclasses import dataclass

from forum.places.reading.gazetteer import Place


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The places one rule found, a French sentence when something must be said, and homonyms kept folded."""

    places: tuple[Place, ...]
    sentence: str = ""
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a query is understood.

    places: in the order offered. rest: the words that are not the place, as typed, for the full text (empty when the
    place is the whole query; all of them when there is no place). sentence: in French, what was understood or why, or
    nothing. others: less populous communes of the same name, to be folded. suggestions: communes whose name is also an
    everyday word (école, mer), to be offered under the results at most.
    """

    typed: str
    places: tuple[Place, ...] = ()
    rest: str = ""
    sentence: str = ""
    others: tuple[Place, ...] = ()
    suggestions: tuple[Place, ...] = ()

    @property
    def is_filter(self) -> bool:
        """Whether a place was found inside a longer query: the member can remove it."""
        return bool(self.places and self.rest)
