"""The minutes of a vote: a text with everything needed to count it again by hand, and its fingerprint.

The form, "parvis-vote-1", is CSV (RFC 4180) in UTF-8 without a mark of order, lines ended by CR LF, one record a line
(white space within a text is one space). Every line has the columns `kind`, `item`, `value`, then one for each option,
headed by its name, in the order of the vote. In this order:

    vote      what is asked and when: format, key, closing (1, and one more after each reopening), title, text_sha256
              (of the text voted on, in UTF-8), method, opens_at, closes_at, eligible, ballots (their number), recorded
              (how many of them somebody recorded for their voter)
    setting   each setting by its name, in the order of the alphabet; in `value` what it is
    label     in each option's column, its words
    count     how many ballots mark the option with a value above zero
    sum       the sum of the values it received (for ranks: how many options stand behind it)
    outcome   status; chosen (1 under each option retained); a line for each sentence; none while the vote runs
    room-1…   a count made by hand in a room, beside the vote and never added to it: place, date, present, note, count
    ballot    one ballot a line, numbered from 1: in each option's column its value, empty where it says nothing

Ballots stand in the order of their values, the greatest first, column by column, an empty one after 0: an order that
tells nothing of who voted when, nor of whom. No line bears a name. What a spreadsheet would take for a formula, at the
beginning of a text or after a semicolon in it (which parts cells in French ones), is written after an apostrophe.

The fingerprint is SHA-256 (FIPS 180-4) of the bytes of the whole text, in lower-case hexadecimal.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.proposals.methods.shapes import Marks
from forum.text import cells
from forum.text.dates import iso
from forum.text.typed import one_line

FORMAT = "parvis-vote-1"

Cells = list[str]


@dataclass(frozen=True)
class Room:
    """A count made by hand: `held_on` is an ISO date, `counts` voices by option name."""

    place: str
    held_on: str
    present: int
    counts: Mapping[str, int]
    note: str = ""


@dataclass(frozen=True)
class Vote:
    """What minutes tell. `options` maps names to labels in their order; `outcome` is {"status", "chosen",
    "sentences"}, None while the vote runs; `ballots` is None in a copy that is to have none."""

    key: str
    closing: int
    title: str
    body: str
    method: str
    opens_at: datetime
    closes_at: datetime
    eligible: int
    voters: int
    recorded: int
    settings: Mapping[str, str | int]
    options: Mapping[str, str]
    counts: Mapping[str, int]
    scores: Mapping[str, int]
    outcome: Mapping[str, Any] | None = None
    rooms: Sequence[Room] = ()
    ballots: Iterable[Marks] | None = None


def written(vote: Vote) -> str:
    """The minutes as one text."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(["kind", "item", "value", *vote.options])
    for row in (*_facts(vote), *_tally(vote), *_outcome(vote), *_rooms(vote), *_ballots(vote)):
        lines.writerow(row)
    return text.getvalue()


def fingerprint(text: str) -> str:
    """SHA-256 of minutes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def without_ballots(text: str) -> str:
    """Minutes without their ballots, for whoever may read the counts only."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("ballot,"))


def differences(stored: str, counted: str) -> list[tuple[str, str]]:
    """The lines in which two minutes differ, pair by pair, '' where one has none; those both have are left out, in
    whichever place."""
    lines = stored.splitlines(), counted.splitlines()
    lost, new = (_not_in(one, other) for one, other in (lines, lines[::-1]))
    longest = max(len(lost), len(new))
    return list(zip(lost + [""] * (longest - len(lost)), new + [""] * (longest - len(new)), strict=True))


def harmless(value: str) -> str:
    """A text on one line, written so that no spreadsheet takes it for a formula."""
    return cells.harmless(one_line(value))


def order_of(marks: Marks, options: Iterable[str]) -> tuple[int, ...]:
    """The place of a ballot among others: the greatest values first, column by column, what is empty last."""
    return tuple(-marks.get(name, -1) for name in options)


def _facts(vote: Vote) -> list[Cells]:
    facts = {
        "format": FORMAT,
        "key": vote.key,
        "closing": str(vote.closing),
        "title": vote.title,
        "text_sha256": fingerprint(vote.body),
        "method": vote.method,
        "opens_at": iso(vote.opens_at),
        "closes_at": iso(vote.closes_at),
        "eligible": str(vote.eligible),
        "ballots": str(vote.voters),
        "recorded": str(vote.recorded),
    }
    return [
        *(_line(vote, "vote", item, value) for item, value in facts.items()),
        *(_line(vote, "setting", item, str(value)) for item, value in sorted(vote.settings.items())),
    ]


def _tally(vote: Vote) -> list[Cells]:
    return [
        _line(vote, "label", cells={name: harmless(label) for name, label in vote.options.items()}),
        _line(vote, "count", cells=vote.counts),
        _line(vote, "sum", cells=vote.scores),
    ]


def _outcome(vote: Vote) -> list[Cells]:
    if not vote.outcome:
        return []
    return [
        _line(vote, "outcome", "status", vote.outcome["status"]),
        _line(vote, "outcome", "chosen", cells=dict.fromkeys(vote.outcome["chosen"], 1)),
        *(_line(vote, "outcome", "sentence", sentence) for sentence in vote.outcome["sentences"]),
    ]


def _rooms(vote: Vote) -> list[Cells]:
    rows = []
    for number, room in enumerate(vote.rooms, 1):
        facts = {"place": room.place, "date": room.held_on, "present": str(room.present), "note": room.note}
        rows += [_line(vote, f"room-{number}", item, value) for item, value in facts.items() if value]
        rows.append(_line(vote, f"room-{number}", "count", cells=room.counts))
    return rows


def _ballots(vote: Vote) -> list[Cells]:
    ordered = sorted(vote.ballots or (), key=lambda marks: order_of(marks, vote.options))
    return [_line(vote, "ballot", str(number), cells=marks) for number, marks in enumerate(ordered, 1)]


def _line(
    vote: Vote, kind: str, item: str = "", value: str = "", cells: Mapping[str, str | int] | None = None
) -> Cells:
    return [kind, item, harmless(value), *(str((cells or {}).get(name, "")) for name in vote.options)]


def _not_in(lines: list[str], others: list[str]) -> list[str]:
    others_once = set(others)
    return [line for line in lines if line not in others_once]
