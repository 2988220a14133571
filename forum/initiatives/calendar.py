"""Initiatives as an iCalendar file (RFC 5545): a pure function. The library for it takes 10 MB in each process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from forum.text.typed import line_feeds

# Octets of a line, its end left out (RFC 5545, 3.1).
LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """One entry; `address` is the path of its page on the site, `stamp` when it was last changed.

    Without an end it is a moment (RFC 5545, 3.6.1).
    """

    key: str
    title: str
    text: str
    place: str
    starts_at: datetime
    ends_at: datetime | None
    stamp: datetime
    sequence: int
    cancelled: bool
    address: str


def calendar(name: str, base: str, events: Iterable[Event]) -> str:
    """The calendar of this name, with lines that end as the standard wants; `base` is the address of the site."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//Parvis//FR", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    lines += [line for event in events for line in _event(event, base)]
    return "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, base: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{urlsplit(base).hostname}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    if event.ends_at:
        yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"URL:{base}{event.address}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A value of type TEXT (3.3.11)."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return line_feeds(value).replace("\n", "\\n")


def _fold(line: str) -> str:
    """The line cut into lines of at most 75 octets, none in the middle of a sign; a space begins each but the first."""
    folded, width = "", 0
    for sign in line:
        octets = len(sign.encode())
        if width + octets > LONGEST_LINE:
            folded, width = f"{folded}\r\n ", 1
        folded, width = folded + sign, width + octets
    return folded
