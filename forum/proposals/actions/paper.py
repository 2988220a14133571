"""Voices counted by hand in a room, entered beside the vote and never added to it."""

import json
from collections.abc import Mapping
from typing import Any

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.transactions import transaction
from forum.errors import Moved, check
from forum.proposals import queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.models import Option, Proposal, RoomCount
from forum.tasks import journal
from forum.text import dates, fields
from forum.text.typed import many_lines, one_line, parse_day, parse_key, parse_whole

LONGEST_PLACE = 120
LONGEST_NOTE = 1_000
MOST_PRESENT = 100_000
CORRECTED = "Quelqu’un a corrigé ce compte entre-temps : rien n’a été enregistré. Comparez, puis envoyez de nouveau."


def count_by_hand(member: Viewer, proposal: Proposal, room: str, typed: Mapping[str, str]) -> None:
    """Enter the count of a room, or correct it: `room` is the key its form came with, and the version before is kept.

    `typed` holds "place", "held_on" (ISO date), "present", "count-<name>" for each option, "note", "seen"
    (rules.as_read, with how many versions there were). The same again changes nothing. Raises Refused, Moved, Invalid
    (those fields).
    """
    rules.count_by_hand(member, proposal).require()
    limits.limit_member(member, "open")
    with transaction():
        proposal = queries.lock(proposal)
        rules.count_by_hand(member, proposal).require()
        options = queries.options_of(proposal)
        if "seen" in typed:
            rules.require_read(proposal, options, typed["seen"])
        entry = _read(proposal, options, typed)
        room = parse_key(room) or new_key()
        before = queries.room_versions(proposal, room)
        if before and all(getattr(before[0], name) == value for name, value in entry.items()):
            return
        if "seen" in typed and rules.own_seen(typed["seen"]) != str(len(before)):
            raise Moved({"moved": CORRECTED})
        RoomCount.create(proposal=proposal, room=room, version=len(before) + 1, author=member, **entry)
        journal.record("room.counted", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def _read(proposal: Proposal, options: list[Option], typed: Mapping[str, str]) -> dict[str, Any]:
    place, note = one_line(typed.get("place", "")), many_lines(typed.get("note", ""))
    day, wrong_day = _day(typed.get("held_on", ""))
    present = parse_whole(typed.get("present", ""), 1, MOST_PRESENT)
    counts = {
        option.name: parse_whole(typed.get(f"count-{option.name}", "") or "0", 0, MOST_PRESENT) for option in options
    }
    problems = {
        f"count-{name}": "Un nombre de voix s’écrit en chiffres." for name, number in counts.items() if number is None
    }
    check(
        place=fields.line_problem(place, LONGEST_PLACE),
        held_on=wrong_day,
        present="Combien de personnes étaient là ? Écrivez un nombre." if present is None else None,
        note=fields.body_problem(note, LONGEST_NOTE, least=0),
        **problems,
    )
    numbers = {name: number or 0 for name, number in counts.items()}
    check(present=_too_few(proposal, present or 0, numbers))
    return {"place": place, "held_on": day, "present": present, "counts": json.dumps(numbers), "note": note}


def _day(typed: str) -> tuple[str, str | None]:
    """The ISO date meant, by default today, and what is wrong with it."""
    today = now().astimezone(dates.PARIS).date()
    day = parse_day(typed) if typed.strip() else today
    if day is None:
        return "", "Écrivez la date comme ceci : 2027-03-21."
    return day.isoformat(), "Cette date est à venir : on entre ce qui a été compté." if day > today else None


def _too_few(proposal: Proposal, present: int, counts: Mapping[str, int]) -> str | None:
    """Each person present has one voice, or one for each option where several may be ticked."""
    voices = sum(counts.values()) if METHODS[proposal.method].single_mark else max(counts.values(), default=0)
    return f"Il y a plus de voix ({voices}) que de personnes présentes." if voices > present else None
