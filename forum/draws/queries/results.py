"""Frozen lists, what their sources gave, and who was drawn."""

from dataclasses import dataclass
from typing import Any

from forum.accounts.models import Account, Viewer
from forum.chains import queries as chains
from forum.chains.lines import sha256
from forum.database.clock import now
from forum.database.select import tuples
from forum.draws import ranking, rules
from forum.draws.models import Draw, DrawEntry, DrawOrder, DrawSource, DrawTicket, TicketHolder
from forum.draws.ranking import Picks
from forum.draws.sources import names_of
from forum.draws.tickets import listed
from forum.text.dates import iso


@dataclass(frozen=True)
class TicketStanding:
    """Where a ticket stands once the seed is known: `rank` from 1 among all, `place` from 1 in its college of `seats`
    seats, `hash` what it is ranked by, `last` that of the last ticket drawn in its college."""

    rank: int
    place: int
    seats: int
    hash: str
    last: str


def sources_of(draw: Draw) -> list[DrawSource]:
    """Its sources in their order; none before the freeze."""
    return list(DrawSource.select().where(DrawSource.draw == draw.id).order_by(DrawSource.position))


def may_be_known(row: DrawSource) -> bool:
    """Whether its hour has come."""
    return now() >= row.known_at


def colleges_of(draw: Draw, numbers: list[int]) -> dict[int, str]:
    """The colleges of these tickets, by number."""
    rows = DrawTicket.select(DrawTicket.number, DrawTicket.college)
    return dict(tuples(rows.where(DrawTicket.draw == draw.id, DrawTicket.number.in_(numbers)))) if numbers else {}


def entries_of(draw: Draw) -> dict[int, list[DrawEntry]]:
    """What was last entered by each person, by source id."""
    rows = DrawEntry.select(DrawEntry, DrawSource, Account.id, Account.username).join(DrawSource)
    found: dict[int, list[DrawEntry]] = {}
    for row in rows.join_from(DrawEntry, Account).where(DrawSource.draw == draw.id).order_by(DrawEntry.line):
        found.setdefault(row.source_id, []).append(row)
    return found


def tickets_file(draw: Draw) -> bytes:
    """The frozen list as it is downloaded."""
    columns = DrawTicket.number, DrawTicket.commitment, DrawTicket.college
    rows = DrawTicket.select(*columns).where(DrawTicket.draw == draw.id).order_by(DrawTicket.number)
    return listed([" ".join(map(str, filter(None, row))) for row in tuples(rows)])


def order_of(draw: Draw) -> list[int]:
    """All numbers in the order of their ranks; none before the seed is known."""
    row = DrawOrder.get_or_none(DrawOrder.draw == draw.id)
    return [int(number) for number in row.numbers.split(".")] if row else []


def picks_of(draw: Draw) -> Picks:
    """Who has a seat now, and the reserves, both in the order of their ranks."""
    order = order_of(draw)
    if not order:
        return Picks([], [])
    called, out = _moved(draw)
    return Picks(
        [number for number in order if number in called and number not in out],
        [number for number in order if number not in called and number not in out],
    )


def named(member: Viewer, draw: Draw) -> list[DrawTicket]:
    """The tickets that were drawn or called, in that order, whoever has withdrawn since among them, for whoever may
    know whose they are; none for others."""
    if not rules.see_names(member, draw):
        return []
    called = DrawTicket.draw == draw.id, DrawTicket.called_at.is_null(False)
    rows = {row.number: row for row in DrawTicket.select().where(*called)}
    return [rows[number] for number in order_of(draw) if number in rows]


def ticket_of(member: Viewer, draw: Draw) -> DrawTicket | None:
    """This person's own ticket."""
    rows = DrawTicket.select().join(TicketHolder)
    return rows.where(DrawTicket.draw == draw.id, TicketHolder.member == member.id).first()


def standing_of(draw: Draw, ticket: DrawTicket) -> TicketStanding | None:
    """Where a ticket stands; None before the seed is known."""
    order = order_of(draw)
    if not order:
        return None
    same = DrawTicket.select(DrawTicket.number).where(DrawTicket.draw == draw.id, DrawTicket.college == ticket.college)
    college = {number for (number,) in tuples(same)}
    within = [number for number in order if number in college]
    seats = draw.seats_by_college.get(ticket.college, 0) if ticket.college else draw.seats
    drawn = [number for number in picks_of(draw).drawn if number in college]
    last = ranking.key(draw.seed, drawn[-1]) if drawn else ""
    own = ranking.key(draw.seed, ticket.number)
    return TicketStanding(order.index(ticket.number) + 1, within.index(ticket.number) + 1, seats, own, last)


def as_json(member: Viewer, draw: Draw) -> dict[str, Any]:
    """A frozen draw for machines: all that somebody needs to compute it again, and what `member` may know besides."""
    picks = picks_of(draw)
    frozen = chains.line_numbered(draw.chain, draw.frozen_line or 0)
    return {
        "key": draw.key,
        "group": draw.group.handle,
        "title": draw.title,
        "state": draw.state,
        "frozen_at": iso(draw.frozen_at) if draw.frozen_at else None,
        "draws_at": iso(draw.draws_at) if draw.draws_at else None,
        "tickets_count": draw.tickets_count,
        "tickets_sha256": draw.tickets_sha256,
        "seats": draw.seats,
        "colleges": draw.seats_by_college,
        "formula": ranking.FORMULA,
        "sources": [part for source in sources_of(draw) for part in _parts(source)],
        "seed": draw.seed or None,
        "drawn": picks.drawn,
        "reserves": picks.reserves,
        "withdrawn": sorted(_moved(draw)[1]),
        "opened": [{"number": row.number, "nonce": row.nonce, "label": row.label} for row in named(member, draw)],
        "previous": frozen.head.rpartition(" ")[2] if frozen else None,
        "head": sha256(frozen.head) if frozen else None,
        "cancelled_before": draw.cancelled_before,
    }


def _moved(draw: Draw) -> tuple[set[int], set[int]]:
    """The numbers that were called, and those that have withdrawn."""
    rows = DrawTicket.select(DrawTicket.number, DrawTicket.called_at, DrawTicket.withdrawn_at)
    some = DrawTicket.called_at.is_null(False) | DrawTicket.withdrawn_at.is_null(False)
    moved = tuples(rows.where(DrawTicket.draw == draw.id, some))
    return {number for number, called, _ in moved if called}, {number for number, _, out in moved if out}


def _parts(source: DrawSource) -> list[dict[str, Any]]:
    """A source as the seed has it: a game once for each of its drums, each with its numbers once they are known."""
    if not source.seed_part:
        return [{"name": name, "date": source.day, "numbers": None} for name in names_of(source.source)]
    return [_part(*part.split(" ")) for part in source.seed_part.split(";")]


def _part(name: str, day: str, numbers: str) -> dict[str, Any]:
    return {"name": name, "date": day, "numbers": _numbers(name, numbers)}


def _numbers(name: str, numbers: str) -> str | list[int]:
    return numbers if name.startswith("DRAND-") else [int(number) for number in numbers.split(".")]
