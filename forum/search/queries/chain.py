"""The chain of groups that answers a place: nation, département, circonscription, and where no group exists yet."""

import re
from dataclasses import dataclass

from forum.accounts.models import Viewer
from forum.groups import handles
from forum.groups.models import Group
from forum.groups.queries import groups_named
from forum.places import queries as places
from forum.places.reading import Place

LEVELS = {"departement": 1, "circonscription": 2}
# A place has at most so many départements on one page (a region has 13 at most, overseas is the longest list).
MOST_DEPARTEMENTS = 16
COMMUNES = 3
_ORDINAL = re.compile(r"\S+ circonscription")


@dataclass(frozen=True, slots=True)
class ChainLevel:
    """One level: the handle that its group has, or would have where `group` is None. `code` is '' for the nation."""

    level: int
    code: str
    handle: str
    name: str
    detail: str = ""
    group: Group | None = None


def chain(member: Viewer, found: tuple[Place, ...]) -> list[ChainLevel]:
    """From the nation down to the places found, several départements side by side; one query for all the groups."""
    if not found:
        return []
    lines = [("", 0, "National", ""), *_levels(found)]
    wanted = {handles.for_place(code): line for line in lines for code in [line[0]]}
    groups = groups_named(member, list(wanted))
    return [
        ChainLevel(level, code, handle, name, detail, groups.get(handle))
        for handle, (code, level, name, detail) in wanted.items()
    ]


def _levels(found: tuple[Place, ...]) -> list[tuple[str, int, str, str]]:
    """(code, level, name, detail) of each département, followed by those of its circonscriptions that matter."""
    first = found[0]
    if first.kind == "region" or (len(found) > 1 and all(place.kind == "departement" for place in found)):
        codes = [code for place in found for code in (place.departements or (place.code,))]
        return [_level(place) for place in list(places.places(codes).values())[:MOST_DEPARTEMENTS]]
    if first.kind == "departement":
        return [_level(first), *(_level(place, detail) for place, detail in places.constituencies(first.code))]
    details = {place.code: detail for code in first.departements for place, detail in places.constituencies(code)}
    own = (*first.departements, *(first.constituencies or (first.code,)))
    return [_level(place, details.get(code, "")) for code, place in places.places(own).items() if place.kind in LEVELS]


def _level(place: Place, detail: str = "") -> tuple[str, int, str, str]:
    """A circonscription stands below its département, whose name it need not repeat; three communes tell it apart."""
    short = _ORDINAL.match(place.name)
    communes = detail.split(", ")
    detail = detail if len(communes) <= COMMUNES else f"{', '.join(communes[:COMMUNES])}…"
    return place.code, LEVELS[place.kind], short[0] if short else place.name, detail
