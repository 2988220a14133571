"""What the sources gave, entered alike by two people, and the draw that follows of itself."""

from forum import limits
from forum.accounts.models import Viewer
from forum.chains import actions as chains
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.draws import queries, ranking, rules
from forum.draws.models import Draw, DrawEntry, DrawOrder, DrawSource, DrawTicket, TicketHolder
from forum.draws.sources import GAMES, NoSuchSource, read_numbers
from forum.errors import Invalid, NotFound
from forum.groups import rules as groups
from forum.tasks import journal
from forum.text.dates import iso, moment
from forum.text.typed import parse_whole

NOT_HELD = "not-held"


def enter(member: Viewer, draw: Draw, position: str, typed: str, not_held: bool = False) -> None:
    """Enter the numbers of the source in this place, or that its drawing was not held. What two people entered alike,
    one of them an animator, holds; later the same two steps correct it, in the open.

    The same again changes nothing. Raises Refused, NotFound, Invalid (numbers).
    """
    limits.limit_member(member, "vote")
    with transaction():
        draw = queries.lock(draw)
        rules.enter(member, draw).require()
        place = parse_whole(position)
        row = DrawSource.get_or_none(DrawSource.draw == draw.id, DrawSource.position == place)
        if row is None:
            raise NotFound
        seed_part = _read(row, typed, not_held)
        mine = DrawEntry.get_or_none(DrawEntry.source == row.id, DrawEntry.member == member.id)
        if mine and mine.seed_part == seed_part:
            return
        _keep(member, draw, row, seed_part)
        if _agreed(member, draw, row, seed_part):
            _settle(member, draw, row, seed_part)


def _read(row: DrawSource, typed: str, not_held: bool) -> str:
    """What is meant, as the seed has it; '' for a drawing that was not held. Raises Invalid (numbers)."""
    if now() < row.known_at:
        raise Invalid({"numbers": f"Personne ne peut encore les connaître : revenez {moment(row.known_at, now())}."})
    if not_held and (row.name not in GAMES or row.seed_part):
        raise Invalid({"numbers": "Seul un jeu dont on n’a pas encore les numéros peut ne pas avoir été tiré."})
    try:
        return "" if not_held else ";".join(row.source.parts(read_numbers(row.name, typed)))
    except NoSuchSource as problem:
        raise Invalid({"numbers": str(problem)}) from None


def _keep(member: Viewer, draw: Draw, row: DrawSource, seed_part: str) -> None:
    animates = groups.animates(member, draw.group)
    told = {"draw": draw.key, "source": row.name, "date": row.day, "numbers": seed_part or NOT_HELD}
    line = chains.append(draw.chain, "entered", **told, by=member.username, animates=animates)
    columns = {"animates": animates, "seed_part": seed_part, "line": line.number, "created_at": now()}
    DrawEntry.insert(source=row.id, member=member.id, **columns).on_conflict(
        conflict_target=[DrawEntry.source, DrawEntry.member], update=columns
    ).execute()
    journal.record("draw.entered", actor=member, group=draw.group, subject=("draw", draw.id))


def _agreed(member: Viewer, draw: Draw, row: DrawSource, seed_part: str) -> bool:
    """Whether somebody else entered the same, and one of the two animates the group."""
    same = DrawEntry.source == row.id, DrawEntry.seed_part == seed_part, DrawEntry.member != member.id
    others = [entry.animates for entry in DrawEntry.select().where(*same)]
    return bool(others) and (groups.animates(member, draw.group) or any(others))


def _settle(member: Viewer, draw: Draw, row: DrawSource, seed_part: str) -> None:
    if seed_part == row.seed_part and seed_part:
        return
    if not seed_part:
        _put_off(draw, row)
        return
    DrawSource.update(seed_part=seed_part).where(DrawSource.id == row.id).execute()
    chains.append(draw.chain, "settled", draw=draw.key, source=row.name, date=row.day, numbers=seed_part)
    journal.record("draw.settled", actor=member, group=draw.group, subject=("draw", draw.id))
    sources = queries.sources_of(draw)
    if all(source.seed_part for source in sources):
        _draw(draw, ";".join(source.seed_part for source in sources))


def _put_off(draw: Draw, row: DrawSource) -> None:
    """The next drawing of the same game takes the place of one that was not held."""
    source = row.source.next()
    later = {"day": source.date.isoformat(), "known_at": source.known_at}
    DrawSource.update(**later).where(DrawSource.id == row.id).execute()
    DrawEntry.delete().where(DrawEntry.source == row.id).execute()
    told = {"source": row.name, "date": row.day, "next": later["day"], "known_at": iso(source.known_at)}
    chains.append(draw.chain, NOT_HELD, draw=draw.key, **told)
    latest = max(each.known_at for each in queries.sources_of(draw))
    Draw.update(draws_at=latest).where(Draw.id == draw.id).execute()


def _draw(draw: Draw, seed: str) -> None:
    """Rank the tickets and give the seats; again where the numbers were corrected."""
    rows = tuples(
        DrawTicket.select(DrawTicket.number, DrawTicket.college, DrawTicket.withdrawn_at).where(
            DrawTicket.draw == draw.id
        )
    )
    colleges = {number: college for number, college, _ in rows}
    out = {number for number, _, withdrawn_at in rows if withdrawn_at}
    picks = ranking.drawn(seed, colleges, draw.seats_by_college or {"": draw.seats}, out)
    _keep_order(draw, ranking.ranked(seed, colleges))
    DrawTicket.update(called_at=None).where(DrawTicket.draw == draw.id, DrawTicket.called_at.is_null(False)).execute()
    drawn = DrawTicket.draw == draw.id, DrawTicket.number.in_(picks.drawn)
    DrawTicket.update(called_at=now()).where(*drawn).execute()
    Draw.update(seed=seed, drawn_at=now()).where(Draw.id == draw.id).execute()
    chains.append(draw.chain, "drawn", draw=draw.key, seed=seed, drawn=picks.drawn, withdrawn=sorted(out))
    _tell(draw)


def _keep_order(draw: Draw, order: list[int]) -> None:
    numbers = {"numbers": ".".join(map(str, order))}
    DrawOrder.insert(draw=draw.id, **numbers).on_conflict(conflict_target=[DrawOrder.draw], update=numbers).execute()


def _tell(draw: Draw) -> None:
    rows = TicketHolder.select(TicketHolder.member).join(DrawTicket).where(DrawTicket.draw == draw.id)
    said = f"« {draw.title} » : le tirage a eu lieu. Voyez où se trouve votre billet."
    note = journal.Note([member_id for (member_id,) in tuples(rows)], said, f"/tirages/{draw.key}/mon-billet")
    journal.record("draw.drawn", group=draw.group, subject=("draw", draw.id), note=note)
