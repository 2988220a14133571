"""What a member changes in initiatives: planning one, changing it, coming or not; one transaction each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.errors import check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.groups.texts import rendered
from forum.initiatives import queries, rules
from forum.initiatives.models import Initiative, Participation
from forum.tasks import journal
from forum.text import dates, fields, markdown
from forum.text.seen import require_unmoved
from forum.text.typed import hour_problem, many_lines, moment_field, parse_moment, parse_whole

GONE = "Initiative supprimée"
LONGEST_TITLE = 120
LONGEST_PLACE = 160
LONGEST_HELP = 200
LONGEST_REASON = 300
MOST_SEATS = 100_000
NO_SEATS = "Un nombre entier de places, ou rien si chacun·e en trouve une."
FARTHEST = timedelta(days=3 * 366)
LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class Plan:
    """An initiative as it was typed; moments are ISO 8601, in Paris time when they name no other. `seen` is the mark of
    what was changed, None where that does not matter."""

    title: str
    starts_at: str
    ends_at: str = ""
    place: str = ""
    body: str = ""
    seats: str = ""
    help_wanted: str = ""
    once: str = ""
    seen: str | None = None


# Of the fields of a plan, as said where somebody else has changed them.
LABELS = {
    "title": "Quoi",
    "starts_at": "Quand",
    "ends_at": "Jusqu’à",
    "place": "Où",
    "body": "Détails",
    "seats": "Nombre de places",
    "help_wanted": "Coups de main cherchés",
}
# Moments as their fields hold them.
CODED = ("starts_at", "ends_at")


def as_typed(initiative: Initiative) -> dict[str, str]:
    """An initiative as whoever planned it would have typed it."""
    return {
        "title": initiative.title,
        "starts_at": moment_field(initiative.starts_at),
        "ends_at": moment_field(initiative.ends_at),
        "place": initiative.place,
        "body": initiative.body,
        "seats": str(initiative.seats or ""),
        "help_wanted": initiative.help_wanted,
    }


def plan(member: Viewer, group: Group, typed: Plan) -> Initiative:
    """Plan an initiative; whoever plans it comes. Sent twice, it is planned once and returned again.

    Raises Refused, Invalid (title, starts_at, ends_at, place, body, seats, help_wanted).
    """
    rules.plan(member, group).require()
    fields = _read(member, group, typed)
    limits.limit_member(member, "open")
    limits.refuse_copies(member, group.id, fields["body"])
    with transaction():
        group = groups.lock(group)
        rules.plan(member, group).require()
        said = {name: fields[name] for name in LABELS}
        once = act_key(typed.once, group.id, *said.values())
        same = reduce(and_, (getattr(Initiative, name) == value for name, value in said.items()))
        same &= Initiative.group == group.id
        return sent_before(member, Initiative, once, same) or _begin(member, group, fields, once)


def edit(member: Viewer, initiative: Initiative, typed: Plan) -> None:
    """Change an initiative; those who come are told of another hour or place. Raises Refused, Moved, Invalid
    as `plan`."""
    rules.edit(member, initiative).require()
    fields = _read(member, initiative.group, typed, initiative.starts_at)
    with transaction():
        before = queries.lock(initiative)
        rules.edit(member, before).require()
        require_unmoved(typed.seen, as_typed(before), LABELS, CODED)
        seated = queries.seated_ids(before)
        Initiative.update(**fields, sequence=Initiative.sequence + 1).where(Initiative.id == before.id).execute()
        after = queries.lock(before)
        moved = (before.starts_at, before.ends_at, before.place) != (after.starts_at, after.ends_at, after.place)
        _tell_all(member, after, "initiative.edited", f"« {after.title} » change : {_when_and_where(after)}.", moved)
        _tell_newly_seated(after, seated)


def cancel(member: Viewer, initiative: Initiative, reason: str) -> None:
    """Cancel an initiative; those who come are told why. Once is enough. Raises Refused, Invalid (reason)."""
    if not initiative.cancelled_at:
        rules.edit(member, initiative).require()
        check(reason=fields.line_problem(reason, LONGEST_REASON))
    with transaction():
        initiative = queries.lock(initiative)
        if initiative.cancelled_at:
            return
        rules.edit(member, initiative).require()
        changed = {"cancelled_at": now(), "cancelled_why": reason.strip(), "sequence": Initiative.sequence + 1}
        Initiative.update(**changed).where(Initiative.id == initiative.id).execute()
        moment = dates.moment(initiative.starts_at)
        sentence = f"« {initiative.title} », prévue {moment}, est annulée : {reason.strip()}"
        _tell_all(member, initiative, "initiative.cancelled", sentence)


def delete(member: Viewer, initiative: Initiative) -> None:
    """Take an initiative back; where others came, or were to, what is left says so. Raises Refused."""
    with transaction():
        initiative = queries.lock(initiative)
        others = Participation.initiative == initiative.id, Participation.member != member.id
        number = Participation.select().where(*others).count()
        rules.delete(member, initiative, number).require()
        own = Initiative.id == initiative.id
        if number:
            words = {"title": GONE, "body": "", "body_html": "", "place": "", "help_wanted": "", "cancelled_why": ""}
            changed = {"hidden_at": now(), "sequence": Initiative.sequence + 1}
            Initiative.update(**words, **changed).where(own).execute()
        else:
            Initiative.delete().where(own).execute()
        journal.record(
            "initiative.deleted", actor=member, group=initiative.group, subject=("initiative", initiative.id)
        )


def take_part(member: Viewer, initiative: Initiative, helps: bool = False) -> None:
    """Say that one comes, and whether one lends a hand; said again, only the latter changes. Raises Refused."""
    limits.limit_member(member, "vote")
    with transaction():
        initiative = queries.lock(initiative)
        rules.take_part(member, initiative).require()
        row = {"initiative": initiative.id, "member": member.id, "helps": helps}
        which = [Participation.initiative, Participation.member]
        Participation.insert(row).on_conflict(conflict_target=which, update={"helps": helps}).execute()


def withdraw(member: Viewer, initiative: Initiative) -> None:
    """Say that one does not come; whoever gets the seat is told. Not coming already changes nothing. Raises Refused."""
    with transaction():
        initiative = queries.lock(initiative)
        rules.withdraw(member, initiative).require()
        seated = queries.seated_ids(initiative)
        mine = Participation.initiative == initiative.id, Participation.member == member.id
        Participation.delete().where(*mine).execute()
        _tell_newly_seated(initiative, seated)


def _begin(member: Viewer, group: Group, columns: dict[str, Any], once: str | None) -> Initiative:
    initiative = Initiative.create(group=group, author=member, once=once, **columns)
    Participation.create(initiative=initiative, member=member)
    Group.update(last_activity_at=initiative.created_at).where(Group.id == group.id).execute()
    journal.record("initiative.planned", actor=member, group=group, subject=("initiative", initiative.id))
    return initiative


def _tell_all(member: Viewer, initiative: Initiative, verb: str, sentence: str, telling: bool = True) -> None:
    rows = Participation.select().where(Participation.initiative == initiative.id, Participation.member != member.id)
    recipients = [row.member_id for row in rows] if telling else []
    _record(initiative, verb, recipients, sentence, member)


def _tell_newly_seated(initiative: Initiative, seated_before: list[int]) -> None:
    recipients = [each for each in queries.seated_ids(initiative) if each not in set(seated_before)]
    if recipients and initiative.seats is not None:
        sentence = f"Une place s’est libérée : vous venez à « {initiative.title} », {_when_and_where(initiative)}."
        _record(initiative, "initiative.seated", recipients, sentence)


def _record(
    initiative: Initiative, verb: str, recipients: list[int], sentence: str, actor: Viewer | None = None
) -> None:
    note = journal.Note(recipients, sentence, f"/i/{initiative.key}")
    journal.record(verb, actor, initiative.group, ("initiative", initiative.id), note)


def _when_and_where(initiative: Initiative) -> str:
    return ", ".join(part for part in (dates.moment(initiative.starts_at), initiative.place) if part)


def _read(member: Viewer, group: Group, typed: Plan, former: datetime | None = None) -> dict[str, Any]:
    """The columns meant by a plan; it may begin at its former hour though that has come. Raises Invalid."""
    body = many_lines(typed.body)
    seats = parse_whole(typed.seats, 1, MOST_SEATS)
    starts_at, ends_at = parse_moment(typed.starts_at), parse_moment(typed.ends_at)
    check(
        title=fields.line_problem(typed.title, LONGEST_TITLE),
        starts_at=_start_problem(typed.starts_at, starts_at, former),
        ends_at=_end_problem(typed.ends_at, starts_at, ends_at),
        place=fields.line_problem(typed.place, LONGEST_PLACE, least=0),
        body=fields.body_problem(body, markdown.LONGEST, least=0),
        seats=NO_SEATS if typed.seats.strip() and seats is None else None,
        help_wanted=fields.line_problem(typed.help_wanted, LONGEST_HELP, least=0),
    )
    return {
        "title": typed.title.strip(),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": typed.place.strip(),
        "body": body,
        "body_html": rendered(member, group, body),
        "renderer": markdown.RENDERER,
        "seats": seats,
        "help_wanted": typed.help_wanted.strip(),
    }


def _start_problem(typed: str, starts_at: datetime | None, former: datetime | None) -> str | None:
    if starts_at is not None and starts_at == former:
        return None
    if starts_at is None:
        return "Dites quel jour et à quelle heure, comme ceci : 21/03/2027 20:00."
    if starts_at <= now():
        return "Ce moment est passé : choisissez-en un à venir."
    too_far = "C’est trop loin : trois ans au plus." if starts_at > now() + FARTHEST else None
    return hour_problem(typed) or too_far


def _end_problem(typed: str, starts_at: datetime | None, ends_at: datetime | None) -> str | None:
    if not typed.strip():
        return None
    if ends_at is None:
        return "Écrivez la fin comme ceci : 21/03/2027 22:00, ou laissez vide."
    if starts_at and ends_at <= starts_at:
        return "La fin vient après le début."
    too_long = "Une initiative dure un mois au plus." if starts_at and ends_at > starts_at + LONGEST else None
    return hour_problem(typed) or too_long


def pour(group: Group, target: Group) -> list[int]:
    """Move all initiatives of a group that is poured into another; their ids. Its rights were asked with the merger."""
    ids = [number for (number,) in tuples(Initiative.select(Initiative.id).where(Initiative.group == group.id))]
    return pour_back(ids, target)


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these initiatives to a group, when a merger is undone."""
    Initiative.update(group=group.id).where(Initiative.id.in_(ids)).execute()
    return ids
