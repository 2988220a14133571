"""What narrows a search besides its words: a group, a place, a tag, an author, dates.

A name that means nothing, and one of something that this person may not see, are the same: nothing is found under it,
and it is shown as it was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from forum.accounts.models import Viewer
from forum.accounts.queries import account_named
from forum.groups.queries import group_or_none
from forum.places import queries as places
from forum.search.engines.protocol import FOREVER
from forum.search.queries.understanding import Tags, codes_of, pieces
from forum.text.dates import PARIS, full
from forum.text.typed import one_line, parse_day

# Fields of the address with their names for members.
FILTER_NAMES = {
    "groupe": "Groupe",
    "lieu": "Lieu",
    "tag": "Mot-clé",
    "auteur": "Écrit par",
    "du": "Depuis le",
    "au": "Jusqu’au",
}
LONGEST = 80


@dataclass(frozen=True)
class Filters:
    """What was `typed` in each field that was filled, and what it means; `vain` when some of it means nothing."""

    typed: dict[str, str] = field(default_factory=dict)
    groups: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    authors: tuple[int, ...] = ()
    since: int = 0
    until: int = FOREVER
    vain: bool = False

    @property
    def only_texts(self) -> bool:
        """Whether some field is about what is written in a group, so that groups and tags do not answer."""
        return any(name in self.typed for name in ("groupe", "auteur", "du", "au"))

    @property
    def shown(self) -> dict[str, str]:
        """What was typed, days as they are said."""
        return {name: _said(text) if name in ("du", "au") else text for name, text in self.typed.items()}


NO_FILTERS = Filters()


def read_filters(member: Viewer, arguments: Mapping[str, str]) -> Filters:
    """The filters of an address as they are for this person; never fails. A query or two for each field filled."""
    typed = {name: one_line(arguments.get(name, ""))[:LONGEST] for name in FILTER_NAMES}
    typed = {name: text for name, text in typed.items() if text}
    if not typed:
        return NO_FILTERS
    meant: dict[str, tuple[Any, ...]] = {
        "groups": _groups(member, typed.get("groupe", "")),
        "places": _places(typed.get("lieu", "")),
        "tags": _tags(typed.get("tag", "")),
        "authors": _authors(typed.get("auteur", "")),
    }
    since, until = _day(typed.get("du", ""), time.min), _day(typed.get("au", ""), time.max)
    fields = dict(zip(meant, ("groupe", "lieu", "tag", "auteur"), strict=True))
    vain = any(name in typed and not meant[sort] for sort, name in fields.items())
    vain = vain or ("du" in typed and since is None) or ("au" in typed and until is None)
    return Filters(typed, **meant, since=since or 0, until=FOREVER if until is None else until, vain=vain)


def _groups(member: Viewer, typed: str) -> tuple[int, ...]:
    group = group_or_none(member, typed) if typed else None
    return (group.id,) if group else ()


def _places(typed: str) -> tuple[str, ...]:
    if not typed:
        return ()
    exact = places.place(places.canonical(typed))
    # What is typed may be the postal code of one town and the official number of another: members know the former.
    found = places.read(typed).places or ((exact,) if exact else ())
    return tuple(dict.fromkeys(code for place in found for code in codes_of(place)))


def _tags(typed: str) -> tuple[int, ...]:
    written = "-".join(pieces(typed))
    return Tags([written]).classes(written) if written else ()


def _authors(typed: str) -> tuple[int, ...]:
    account = account_named(typed) if typed else None
    return (account.id,) if account else ()


def _said(typed: str) -> str:
    day = parse_day(typed)
    return full(day) if day else typed


def _day(typed: str, moment: time) -> int | None:
    """The first or the last second of a day in France, None for what is no date."""
    day = parse_day(typed)
    if day is None:
        return None
    # Year 1 has no timestamp in every zone; nothing was written then.
    return max(0, int(datetime.combine(day, moment, PARIS).timestamp())) if day.year > 1970 else 0
