"""Draws, one or in lists."""

from typing import Any

from forum.accounts.models import Account, Viewer
from forum.chains import queries as chains
from forum.chains.lines import sha256
from forum.database.select import START, Cursor, latest
from forum.database.transactions import held
from forum.draws import rules
from forum.draws.models import Draw, DrawEntry, DrawSource, DrawTicket, DrawVolunteer, TicketHolder
from forum.errors import NotFound
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.text.dates import iso
from forum.text.typed import parse_key

PAGE = 30


def draws_for(member: Viewer) -> Any:
    """A query of the draws this person may read, each with its group and whoever prepared it."""
    return (
        Draw.select(Draw, Group, Account.id, Account.username)
        .join(Group)
        .join_from(Draw, Account)
        .where(rules.readable_by(member))
    )


def draw_for(member: Viewer, key: str) -> Draw:
    """The draw of this key. Raises NotFound when there is none, or none that this person may read."""
    rows = groups.with_standing(member, draws_for(member).where(Draw.key == parse_key(key)))
    found = groups.stand(member, list(rows))
    if not found:
        raise NotFound
    return found[0]


def draws_in(member: Viewer, group: Group, before: Cursor = START) -> tuple[list[Draw], Cursor | None]:
    """The draws of a group, the newest first, 30 a page, and where the next begins; the cancelled stay."""
    return latest(draws_for(member).where(Draw.group == group.id), before, PAGE, Draw.id)


def cancelled_in(group: Group) -> int:
    """How many draws of a group were cancelled after their freeze."""
    frozen = Draw.frozen_at.is_null(False)
    return Draw.select().where(Draw.group == group.id, frozen, Draw.cancelled_at.is_null(False)).count()


def lock(draw: Draw) -> Draw:
    """The present row with its group, both held until the end of the transaction: the record of all the draws of a
    group is one."""
    groups.lock(draw.group)
    query = Draw.select(Draw, Group).join(Group).where(Draw.id == draw.id)
    row = held(query, Draw).first()
    if row is None:
        raise NotFound
    return row


def record_file(draw: Draw) -> bytes:
    """The record of the draws of its group, as JSON lines; whole: what is missing would not be seen in a part of it."""
    return chains.as_json_lines(chains.lines_of(draw.chain)).encode()


def head_of(draw: Draw) -> str:
    """The SHA-256 of the line of its freeze, which whoever holds a ticket is given to keep; '' before."""
    frozen = chains.line_numbered(draw.chain, draw.frozen_line or 0)
    return sha256(frozen.head) if frozen else ""


def data_of(member: Account) -> dict[str, list[dict[str, Any]]]:
    """What the person prepared, where they stand, the tickets they hold, what they entered: for the file of all their
    data."""
    prepared = Draw.select().where(Draw.author == member.id).order_by(Draw.id)
    stands = DrawVolunteer.select(DrawVolunteer, Draw.key).join(Draw).where(DrawVolunteer.member == member.id)
    holds = DrawTicket.select(DrawTicket, Draw.key).join(Draw).join_from(DrawTicket, TicketHolder)
    entered = DrawEntry.select(DrawEntry, DrawSource, Draw.key).join(DrawSource).join(Draw)
    return {
        "prepared": [{"key": row.key, "title": row.title, "at": iso(row.created_at)} for row in prepared],
        "standing": [{"draw": row.draw.key, "gender": row.gender, "place": row.place} for row in stands],
        "tickets": [
            {"draw": row.draw.key, "number": row.number, "nonce": row.nonce, "college": row.college}
            for row in holds.where(TicketHolder.member == member.id).order_by(DrawTicket.id)
        ],
        "entered": [
            {"draw": row.source.draw.key, "numbers": row.seed_part, "at": iso(row.created_at)}
            for row in entered.where(DrawEntry.member == member.id).order_by(DrawEntry.id)
        ],
    }
