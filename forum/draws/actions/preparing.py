"""Preparing a draw, and standing in it until the list is frozen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forum import limits
from forum.accounts.models import Account, Viewer
from forum.chains import actions as chains
from forum.database.clock import milliseconds
from forum.database.idempotency import act_key, sent_before
from forum.database.transactions import transaction
from forum.draws import queries, rules
from forum.draws.colleges import GENDERS
from forum.draws.models import CHOICES_OF_SOURCES, GROUPINGS, POOLS, Draw, DrawVolunteer
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.initiatives import queries as initiatives
from forum.initiatives.models import Initiative
from forum.places import queries as places
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import many_lines, one_line, parse_whole

LONGEST_TITLE = 120
LONGEST_WHY = 500
LONGEST_LABEL = 120
MOST_SEATS = 10_000
MOST_LABELS = 150_000
NO_SEATS = "Un nombre entier de places, à partir de 1."
CHOOSE = "Choisissez dans la liste."
DECLARED = "Des collèges demandent des volontaires : chacun·e y déclare le sien."


@dataclass(frozen=True)
class DrawPlan:
    """A draw as it was typed; `initiative` is a key, `labels` a list with a line each."""

    title: str
    why: str
    seats: str
    pool: str = "volunteers"
    source: str = "loto"
    grouping: str = ""
    initiative: str = ""
    labels: str = ""
    once: str = ""


def prepare(member: Viewer, group: Group, typed: DrawPlan, handed: Sequence[Account] = ()) -> Draw:
    """Prepare a draw. Sent twice, it is prepared once and returned again.

    A feature above may have decided who is in it: those `handed` over, in a pool of that name.

    Raises Refused, Invalid (title, why, seats, pool, source, grouping, initiative, labels).
    """
    rules.prepare(member, group).require()
    columns = _read(member, group, typed, bool(handed))
    limits.limit_member(member, "open")
    with transaction():
        group = groups.lock(group)
        rules.prepare(member, group).require()
        once = act_key(typed.once, group.id, columns["title"])
        same = (Draw.group == group.id) & (Draw.title == columns["title"])
        return sent_before(member, Draw, once, same) or _begin(member, group, columns, once, handed)


def stand(member: Viewer, draw: Draw, gender: str = "", place: str = "") -> None:
    """Stand in a draw, with what one declares for it alone; again, only the latter changes.

    Raises Refused, Invalid (gender, place).
    """
    rules.stand(member, draw).require()
    departement = _departement(place) if draw.grouping in ("place", "both") else ""
    gender = gender if draw.grouping in ("parity", "both") else ""
    check(
        gender=None if gender in ("", *GENDERS) else CHOOSE,
        place="Écrivez le numéro d’un département, comme 87, ou rien." if departement is None else None,
    )
    limits.limit_member(member, "vote")
    with transaction():
        draw = queries.lock(draw)
        rules.stand(member, draw).require()
        declared = {"gender": gender, "place": departement or ""}
        DrawVolunteer.insert(draw=draw.id, member=member.id, **declared).on_conflict(
            conflict_target=[DrawVolunteer.draw, DrawVolunteer.member], update=declared
        ).execute()


def step_back(member: Viewer, draw: Draw) -> None:
    """Stand no more; not standing already changes nothing. Raises Refused."""
    with transaction():
        draw = queries.lock(draw)
        rules.step_back(member, draw).require()
        DrawVolunteer.delete().where(DrawVolunteer.draw == draw.id, DrawVolunteer.member == member.id).execute()


def _begin(member: Viewer, group: Group, columns: dict[str, Any], once: str | None, handed: Sequence[Account]) -> Draw:
    draw = Draw.create(group=group, author=member, once=once, chain=_chain_of(group), **columns)
    for each in handed:
        DrawVolunteer.create(draw=draw, member=each)
    told = {name: columns[name] for name in ("title", "why", "pool")}
    chains.append(draw.chain, "prepared", draw=draw.key, **told)
    journal.record("draw.prepared", actor=member, group=group, subject=("draw", draw.id))
    return draw


def _chain_of(group: Group) -> str:
    """The record of all its draws; an id may serve another group once its row is gone, at another moment."""
    return f"draws-{group.id}-{milliseconds(group.created_at) // 1000}"


def _read(member: Viewer, group: Group, typed: DrawPlan, handed: bool) -> dict[str, Any]:
    """The columns meant by a plan. Raises Invalid."""
    seats = parse_whole(typed.seats, 1, MOST_SEATS)
    labels = [one_line(line) for line in many_lines(typed.labels).splitlines() if line.strip()]
    colleges = typed.grouping and typed.pool != "volunteers"
    check(
        title=fields.line_problem(typed.title, LONGEST_TITLE),
        why=fields.line_problem(typed.why, LONGEST_WHY),
        seats=NO_SEATS if seats is None else None,
        pool=None if typed.pool in POOLS or (handed and typed.pool == "handed") else CHOOSE,
        labels=_labels_problem(labels) if typed.pool == "list" else None,
        grouping=DECLARED if colleges else None if typed.grouping in GROUPINGS else CHOOSE,
        source=None if typed.source in _choices(member) else CHOOSE,
    )
    return {
        "title": typed.title.strip(),
        "why": typed.why.strip(),
        "seats": seats,
        "pool": typed.pool,
        "initiative": _initiative(member, group, typed.initiative) if typed.pool == "initiative" else None,
        "labels": "\n".join(labels) if typed.pool == "list" else "",
        "grouping": typed.grouping,
        "source_choice": typed.source,
    }


def _choices(member: Viewer) -> tuple[str, ...]:
    """The demonstration alone has a source whose numbers are made up."""
    return (*CHOICES_OF_SOURCES, "example") if member.demo else CHOICES_OF_SOURCES


def _initiative(member: Viewer, group: Group, key: str) -> Initiative:
    """An initiative of this group. Raises Invalid (initiative)."""
    found = initiatives.initiatives_for(member).where(Initiative.group == group.id, Initiative.key == key).first()
    if found is None:
        raise Invalid({"initiative": "Choisissez une initiative du groupe."})
    return found


def _labels_problem(labels: list[str]) -> str | None:
    if not labels:
        return "Collez une liste, un nom par ligne."
    if len(labels) > MOST_LABELS:
        return "Cette liste est trop longue."
    twice = [label for label, times in Counter(labels).items() if times > 1]
    if twice:
        return f"« {twice[0]} » est deux fois dans la liste : cela ferait deux billets."
    problems = (fields.line_problem(label, LONGEST_LABEL) for label in labels)
    return next(filter(None, problems), None)


def _departement(typed: str) -> str | None:
    """The code of the département meant by its number or that of a circonscription, '' for nothing, None for no
    place."""
    if not typed.strip():
        return ""
    found = places.chain(places.canonical(typed.strip()[:10]))
    return found[0].code if found else None
