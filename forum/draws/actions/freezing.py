"""The freeze: from then on nobody enters the list, leaves it, or takes another's place in it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from peewee import chunked

from forum.accounts.models import Viewer
from forum.chains import actions as chains
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.draws import colleges, queries, ranking, rules, tickets
from forum.draws.actions.letters import write_to_holders
from forum.draws.actions.preparing import MOST_SEATS, NO_SEATS
from forum.draws.models import Draw, DrawSource, DrawTicket, DrawVolunteer, TicketHolder
from forum.draws.queries import Entrant
from forum.draws.sources import Source, drawings_after
from forum.draws.tickets import Ticket
from forum.errors import Invalid
from forum.tasks import journal
from forum.text.dates import iso
from forum.text.numbers import counted
from forum.text.typed import parse_whole

# Time for those who hold a ticket to read their letter before chance decides; nobody waits in front of dice.
BEFORE_CHANCE = timedelta(hours=24)
# Rows written by one statement.
BATCH = 1_000


def freeze(member: Viewer, draw: Draw, seats: str, without_colleges: bool = False) -> None:
    """Freeze the list with so many seats, with the colleges prepared or without; once is enough.

    Raises Refused, Invalid (seats, without).
    """
    with transaction():
        draw = queries.lock(draw)
        rules.prepare(member, draw.group).require()
        if draw.frozen_at:
            return
        rules.freeze(member, draw).require()
        number = parse_whole(seats, 1, MOST_SEATS)
        if number is None:
            raise Invalid({"seats": NO_SEATS})
        entrants = _in_colleges(queries.entrants_of(member, draw), without_colleges or not draw.grouping)
        shares = _shares(number, entrants)
        _write(member, draw, number, shares, entrants)


def _in_colleges(entrants: list[Entrant], without: bool) -> list[Entrant]:
    """Everybody with the college their ticket bears, small ones merged. Raises Invalid (without)."""
    if without:
        return [replace(entrant, college="") for entrant in entrants]
    counts = Counter(entrant.college for entrant in entrants)
    names = colleges.merged(counts)
    small = colleges.too_small(Counter(names[entrant.college] for entrant in entrants))
    if small:
        number = sum(counts[name] for name in names if names[name] in small)
        raise Invalid({"without": _too_small(number)})
    return [replace(entrant, college=names[entrant.college]) for entrant in entrants]


def _too_small(number: int) -> str:
    return (
        f"Un collège n’aurait que {counted(number, 'billet')} : il en faut {colleges.LEAST}. "
        "Attendez d’autres volontaires, ou tirez sans collèges."
    )


def _shares(seats: int, entrants: list[Entrant]) -> dict[str, int]:
    """The seats of each college. Raises Invalid (seats)."""
    if not entrants:
        raise Invalid({"seats": "Personne n’est encore dans la liste."})
    if seats > len(entrants):
        raise Invalid({"seats": f"La liste n’a que {counted(len(entrants), 'billet')} : demandez moins de places."})
    return colleges.shared(seats, Counter(entrant.college for entrant in entrants))


def _write(member: Viewer, draw: Draw, seats: int, shares: dict[str, int], entrants: list[Entrant]) -> None:
    made = tickets.shuffled([(entrant.label, entrant.college) for entrant in entrants])
    moment = now()
    sources = _sources(draw, moment)
    frozen = {
        "seats": seats,
        "tickets_count": len(made),
        "tickets_sha256": tickets.digest([ticket.line for ticket in made]),
        "cancelled_before": queries.cancelled_in(draw.group),
    }
    by_college = {name: number for name, number in sorted(shares.items()) if name}
    columns = {
        "college_seats": json.dumps(by_college),
        "frozen_at": moment,
        "frozen_line": _append(draw, by_college, sources, frozen),
        "draws_at": max(known_at for _, known_at in sources),
        "labels": "",
    }
    Draw.update(**frozen, **columns).where(Draw.id == draw.id).execute()
    _keep_sources(draw, sources)
    _keep_tickets(draw, made)
    holders = _keep_holders(draw, entrants)
    DrawVolunteer.delete().where(DrawVolunteer.draw == draw.id).execute()
    _tell(member, draw, holders)


def _append(
    draw: Draw, by_college: dict[str, int], sources: list[tuple[Source, datetime]], frozen: dict[str, Any]
) -> int:
    """The number of the line of the public record that says what is frozen."""
    known = [[source.name, source.date.isoformat(), iso(known_at)] for source, known_at in sources]
    facts = {"colleges": by_college, "formula": ranking.FORMULA, "sources": known}
    return chains.append(draw.chain, "frozen", draw=draw.key, **facts, **frozen).number


def _sources(draw: Draw, moment: datetime) -> list[tuple[Source, datetime]]:
    """Each source with the moment from which its numbers may be entered."""
    if draw.by_hand:
        return [(source, moment) for source in drawings_after(draw.source_choice, moment)]
    sources = drawings_after(draw.source_choice, moment + BEFORE_CHANCE)
    return [(source, source.known_at) for source in sources]


def _keep_sources(draw: Draw, sources: Iterable[tuple[Source, datetime]]) -> None:
    DrawSource.insert_many(
        {
            "draw": draw.id,
            "position": position,
            "name": source.name,
            "day": source.date.isoformat(),
            "known_at": known_at,
        }
        for position, (source, known_at) in enumerate(sources)
    ).execute()


def _keep_tickets(draw: Draw, made: list[Ticket]) -> None:
    for batch in chunked(made, BATCH):
        DrawTicket.insert_many(
            {
                "draw": draw.id,
                "number": ticket.number,
                "commitment": ticket.commitment,
                "college": ticket.college,
                "nonce": ticket.nonce,
                "label": ticket.label,
            }
            for ticket in batch
        ).execute()


def _keep_holders(draw: Draw, entrants: list[Entrant]) -> list[int]:
    """Remember whose each ticket is; the ids of those who hold one."""
    accounts = {entrant.label: entrant.member_id for entrant in entrants if entrant.member_id}
    rows = tuples(DrawTicket.select(DrawTicket.id, DrawTicket.label).where(DrawTicket.draw == draw.id))
    held = [{"ticket": ticket_id, "member": accounts[label]} for ticket_id, label in rows if label in accounts]
    for batch in chunked(held, BATCH):
        TicketHolder.insert_many(batch).execute()
    return [row["member"] for row in held]


def _tell(member: Viewer, draw: Draw, holders: list[int]) -> None:
    said = f"« {draw.title} » : la liste est gelée. Voici votre billet, à garder jusqu’au tirage."
    # Whoever froze the list holds a ticket as well, and finds it on the page.
    note = journal.Note(holders, said, f"/tirages/{draw.key}/mon-billet")
    journal.record("draw.frozen", actor=member, group=draw.group, subject=("draw", draw.id), note=note)
    write_to_holders(queries.lock(draw))
