"""Withdrawals, the end of a draw, its cancellation; and what follows when somebody leaves or groups are merged."""

from datetime import timedelta

from huey import crontab

from forum.accounts.models import Account, Viewer
from forum.chains import actions as chains
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.draws import queries, rules
from forum.draws.models import Draw, DrawEntry, DrawSource, DrawTicket, DrawVolunteer, TicketHolder
from forum.errors import NotFound, check
from forum.groups.models import Group
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.text import fields
from forum.text.typed import parse_whole

LONGEST_REASON = 300
# Long enough for everybody to check, and for reserves to be called.
KEPT = timedelta(days=60)


def withdraw(member: Viewer, draw: Draw, number: str) -> None:
    """Take a ticket out; where it had a seat, the next reserve of its college is called. Once is enough.

    Raises Refused, NotFound.
    """
    with transaction():
        draw = queries.lock(draw)
        ticket = DrawTicket.get_or_none(DrawTicket.draw == draw.id, DrawTicket.number == parse_whole(number))
        own = TicketHolder.select().where(TicketHolder.ticket == ticket, TicketHolder.member == member.id)
        rules.withdraw(member, draw, holds=ticket is not None and own.exists()).require()
        if ticket is None:
            raise NotFound
        if not ticket.withdrawn_at:
            _take_out(member, draw, ticket)


def cancel(member: Viewer, draw: Draw, reason: str) -> None:
    """Cancel a draw; it stays, with the reason. Once is enough. Raises Refused, Invalid (reason)."""
    with transaction():
        draw = queries.lock(draw)
        rules.prepare(member, draw.group).require()
        if draw.cancelled_at:
            return
        rules.cancel(member, draw).require()
        check(reason=fields.line_problem(reason, LONGEST_REASON))
        Draw.update(cancelled_at=now(), cancelled_why=reason.strip()).where(Draw.id == draw.id).execute()
        chains.append(draw.chain, "cancelled", draw=draw.key, reason=reason.strip())
        said = f"« {draw.title} » : le tirage est annulé. {reason.strip()}"
        note = journal.Note(_concerned(draw), said, f"/tirages/{draw.key}")
        journal.record("draw.cancelled", actor=member, group=draw.group, subject=("draw", draw.id), note=note)
        _erase(draw)


def end(member: Viewer, draw: Draw) -> None:
    """End a draw: all that is not needed to read its outcome is erased. Once is enough. Raises Refused."""
    with transaction():
        draw = queries.lock(draw)
        rules.prepare(member, draw.group).require()
        if draw.ended_at:
            return
        rules.end(member, draw).require()
        _end(draw, member)


@huey.periodic_task(crontab(hour="3", minute="50"))
def end_due() -> None:
    """Each night: what was drawn long ago ends."""
    due = Draw.drawn_at < now() - KEPT, Draw.ended_at.is_null(), Draw.cancelled_at.is_null()
    for draw in list(Draw.select(Draw, Group).join(Group).where(*due)):
        with transaction():
            locked = queries.lock(draw)
            if not locked.closed:
                _end(locked)


@huey.periodic_task(crontab(hour="4", minute="30"))
def forget_lost_records() -> None:
    """Each night: the record of a group whose draws are all gone, with the group, goes as well."""
    with transaction():
        chains.erase_lost("draws-", Draw.select(Draw.chain))


def leave(account: Account) -> None:
    """Whoever leaves the site holds no ticket and no seat any more, and the record does not name them."""
    rows = DrawTicket.select(DrawTicket, Draw, Group).join(TicketHolder).switch(DrawTicket).join(Draw).join(Group)
    for ticket in list(rows.where(TicketHolder.member == account.id)):
        draw = queries.lock(ticket.draw)
        if draw.frozen_at and not draw.closed and not ticket.withdrawn_at:
            _take_out(account, draw, ticket)
        DrawTicket.update(nonce=None, label=None).where(DrawTicket.id == ticket.id).execute()
    entered = DrawEntry.select(DrawEntry.line, Draw.chain).join(DrawSource).join(Draw)
    for line, chain in tuples(entered.where(DrawEntry.member == account.id)):
        chains.forget(chain, line)


def pour(group: Group, target: Group) -> list[int]:
    """Move all draws of a group that is poured into another; their ids. Their record goes with them as it is."""
    ids = [number for (number,) in tuples(Draw.select(Draw.id).where(Draw.group == group.id))]
    return pour_back(ids, target)


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these draws to a group, when a merger is undone."""
    Draw.update(group=group.id).where(Draw.id.in_(ids)).execute()
    return ids


def _take_out(member: Viewer, draw: Draw, ticket: DrawTicket) -> None:
    reserves = [number for number in queries.picks_of(draw).reserves if number != ticket.number]
    DrawTicket.update(withdrawn_at=now()).where(DrawTicket.id == ticket.id).execute()
    chains.append(draw.chain, "withdrew", draw=draw.key, number=ticket.number)
    called = _call_next(draw, ticket.college, reserves) if ticket.called_at else None
    told = [row.member_id for row in TicketHolder.select().where(TicketHolder.ticket == called)] if called else []
    said = f"« {draw.title} » : une place s’est libérée, vous êtes appelé·e."
    note = journal.Note(told, said, f"/tirages/{draw.key}/mon-billet")
    journal.record("draw.withdrawn", actor=member, group=draw.group, subject=("draw", draw.id), note=note)


def _call_next(draw: Draw, college: str, reserves: list[int]) -> DrawTicket | None:
    """The first of these reserves that is of this college, called; None where there is none left."""
    same = DrawTicket.draw == draw.id, DrawTicket.college == college, DrawTicket.called_at.is_null()
    rows = {row.number: row for row in DrawTicket.select().where(*same)}
    called = next((rows[number] for number in reserves if number in rows), None)
    if called:
        DrawTicket.update(called_at=now()).where(DrawTicket.id == called.id).execute()
        chains.append(draw.chain, "called", draw=draw.key, number=called.number)
    return called


def _end(draw: Draw, member: Viewer | None = None) -> None:
    Draw.update(ended_at=now()).where(Draw.id == draw.id).execute()
    chains.append(draw.chain, "ended", draw=draw.key)
    journal.record("draw.ended", actor=member, group=draw.group, subject=("draw", draw.id))
    _erase(draw)


def _erase(draw: Draw) -> None:
    """Nonces, labels and holders go, but for those drawn and reserves called; so does what volunteers declared."""
    DrawVolunteer.delete().where(DrawVolunteer.draw == draw.id).execute()
    Draw.update(labels="").where(Draw.id == draw.id).execute()
    others = DrawTicket.draw == draw.id, DrawTicket.called_at.is_null()
    TicketHolder.delete().where(TicketHolder.ticket.in_(DrawTicket.select(DrawTicket.id).where(*others))).execute()
    DrawTicket.update(nonce=None, label=None).where(*others).execute()


def _concerned(draw: Draw) -> list[int]:
    """Who stands in it or holds a ticket."""
    stand = DrawVolunteer.select(DrawVolunteer.member).where(DrawVolunteer.draw == draw.id)
    hold = TicketHolder.select(TicketHolder.member).join(DrawTicket).where(DrawTicket.draw == draw.id)
    return [member_id for (member_id,) in (*tuples(stand), *tuples(hold))]
