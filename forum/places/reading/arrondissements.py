"""Rule 4: the arrondissements of Paris, Lyon and Marseille."""

from collections.abc import Sequence

from forum.places.reading.gazetteer import Gazetteer
from forum.places.reading.matches import PlaceMatch
from forum.places.reading.numbers import figure, roman, take_ordinal

# City: the code before its first arrondissement, how many it has, its own code, its département.
CITIES = {"paris": (75100, 20, "075", "75"), "marseille": (13200, 16, "13055", "13"), "lyon": (69380, 9, "69123", "69")}
WORDS = frozenset("arrondissement arrondissements arr arrdt ardt arrond le du de des d dans a au".split())
NAMED = frozenset(("arrondissement", "arrondissements", "arrdt", "ardt"))


def arrondissement(words: Sequence[str], gazetteer: Gazetteer) -> PlaceMatch | None:
    """An arrondissement: "paris 12", "Lyon VII", "12e arrondissement"; without a city, those of that number."""
    cities = [word for word in words if word in CITIES]
    rest = [word for word in words if word not in WORDS and word not in CITIES]
    if len(cities) > 1 or not rest or not (cities or NAMED & set(words)):
        return None
    number, left = take_ordinal(rest)
    if number is None and cities and len(rest) == 1:
        number, left = figure(rest[0]) or roman(rest[0]), []
    if not number or left:
        return None
    return _in_city(cities[0], number, rest, gazetteer) if cities else _in_any(number, gazetteer)


def _in_city(city: str, number: int, typed: list[str], gazetteer: Gazetteer) -> PlaceMatch:
    base, count, code, departement = CITIES[city]
    whole = tuple(gazetteer.places([code]).values())
    if number <= count:
        found = tuple(gazetteer.places([str(base + number)]).values())
        return PlaceMatch(found + (whole if typed == [departement] else ()))
    name = city.capitalize()
    return PlaceMatch(whole, "" if typed == [departement] else f"{name} compte {count} arrondissements, pas {number}.")


def _in_any(number: int, gazetteer: Gazetteer) -> PlaceMatch | None:
    codes = [str(base + number) for base, count, _, _ in CITIES.values() if number <= count]
    return PlaceMatch(tuple(gazetteer.places(codes).values())) if codes else None
