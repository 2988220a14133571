"""Reading initiatives, always for somebody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from peewee import Case, Expression, ModelSelect, Select, fn

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.select import START, Cursor, cut, in_order, tuples
from forum.database.tables import HasId
from forum.database.transactions import held
from forum.errors import NotFound
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Membership
from forum.initiatives import rules
from forum.initiatives.models import USUAL_LENGTH, Initiative, Participation
from forum.text.dates import iso
from forum.text.typed import parse_key

PAGE = 30
# Names shown on a page; a longer list helps nobody find anybody.
MOST_NAMES = 100


@dataclass(frozen=True)
class Attendance:
    """How many come (those who wait for a seat included) and lend a hand; where the reader stands in the line.

    `place` is 0 for whoever does not come, else their rank from 1.
    """

    count: int = 0
    helpers: int = 0
    place: int = 0
    helps: bool = False

    @property
    def others(self) -> int:
        """How many come besides the reader."""
        return self.count - bool(self.place)

    def waits(self, seats: int | None) -> bool:
        """Whether the reader is in the line behind the last seat."""
        return seats is not None and self.place > seats


def initiatives_for(member: HasId) -> "ModelSelect[Initiative]":
    """A query of the initiatives this person may read, each with its group and its author."""
    return (
        Initiative.select(Initiative, Group, Account.id, Account.username)
        .join(Group)
        .join_from(Initiative, Account)
        .where(rules.readable_by(member))
    )


def initiative_for(member: Viewer, key: str) -> Initiative:
    """The initiative of this key. Raises NotFound when there is none, or none that this person may read."""
    rows = groups.with_standing(member, initiatives_for(member).where(Initiative.key == parse_key(key)))
    readable = groups.stand(member, list(rows))
    if not readable:
        raise NotFound
    return readable[0]


@prepared
def _of_ids(member: HasId, ids: Collection[int]) -> "ModelSelect[Initiative]":
    return initiatives_for(member).where(Initiative.id.in_(ids))


def initiatives_with_ids(member: Viewer, ids: list[int]) -> list[Initiative]:
    """Those of these initiatives that this person may read, in the order given."""
    return in_order(_of_ids.rows(member, ids), ids) if ids else []


@prepared
def _upcoming_in(member: HasId, group: HasId, at: datetime, most: int) -> "ModelSelect[Initiative]":
    return _to_come(initiatives_for(member).where(Initiative.group == group.id), at).limit(most)


def upcoming_in(member: Viewer, group: Group, limit: int = PAGE) -> list[Initiative]:
    """What is to come in a group, the soonest first; what is cancelled stays until its day."""
    return _upcoming_in.rows(member, group, now(), limit)


@prepared
def _past(member: HasId, group: HasId, at: datetime, until: datetime, last: int) -> "ModelSelect[Initiative]":
    those = initiatives_for(member).where(Initiative.group == group.id, ~_unfinished(at))
    those = those.where(Cursor(until, last).older(Initiative.id, Initiative.starts_at))
    return those.order_by(Initiative.starts_at.desc(), Initiative.id.desc()).limit(PAGE + 1)


def past_in(member: Viewer, group: Group, before: Cursor = START) -> tuple[list[Initiative], Cursor | None]:
    """What took place in a group, the latest first, 30 a page, and where the next begins."""
    return cut(_past.rows(member, group, now(), *before), PAGE, Initiative.starts_at)


@prepared
def _upcoming(member: HasId, at: datetime, most: int, *, in_open_groups: bool) -> "ModelSelect[Initiative]":
    those = Group.visibility == "ouvert" if in_open_groups else Membership.role.is_null(False)
    rows = group_rules.with_facts(member, initiatives_for(member), ["role"])
    return _to_come(rows.where(those, Initiative.cancelled_at.is_null()), at).limit(most)


def upcoming_for(member: Viewer, limit: int = PAGE) -> list[Initiative]:
    """What is to come in this person's groups; for a guest, in the open ones. What is cancelled is left out."""
    return _upcoming.rows(member, now(), limit, in_open_groups=member.is_guest)


def attendance(member: Viewer, initiative: Initiative) -> Attendance:
    """How many come to one, and where the reader stands."""
    mine = Participation.get_or_none(Participation.initiative == initiative.id, Participation.member == member.id)
    before = Case(None, [(Participation.id <= mine.id, 1)], 0) if mine else 0
    sums = fn.COUNT(Participation.id), fn.SUM(Case(None, [(Participation.helps, 1)], 0)), fn.SUM(before)
    (count, helpers, place), *_ = tuples(Participation.select(*sums).where(Participation.initiative == initiative.id))
    return Attendance(count, helpers or 0, place or 0, bool(mine and mine.helps))


@prepared
def _counts(ids: Collection[int]) -> Select:
    rows = Participation.select(Participation.initiative, fn.COUNT(Participation.id)).tuples()
    return rows.where(Participation.initiative.in_(ids)).group_by(Participation.initiative)


def counts(initiatives: Iterable[Initiative]) -> dict[int, int]:
    """How many come to each of these, by id (one query)."""
    ids = [each.id for each in initiatives]
    return dict.fromkeys(ids, 0) | dict(_counts.rows(ids)) if ids else {}


def participants(member: Viewer, initiative: Initiative) -> list[Participation]:
    """Who comes, in the order of the line, at most 100. Raises Refused to whoever is not to know."""
    rules.see_participants(member, initiative.group).require()
    rows = Participation.select(Participation, Account.id, Account.username).join(Account)
    return list(rows.where(Participation.initiative == initiative.id).order_by(Participation.id).limit(MOST_NAMES))


def seated_ids(initiative: Initiative) -> list[int]:
    """The accounts that have a seat, or all who come where seats are not counted."""
    rows = Participation.select(Participation.member).where(Participation.initiative == initiative.id)
    return [member_id for (member_id,) in tuples(rows.order_by(Participation.id).limit(initiative.seats))]


def lock(initiative: Initiative) -> Initiative:
    """The present row with its group, held until the end of the transaction."""
    query = Initiative.select(Initiative, Group).join(Group).where(Initiative.id == initiative.id)
    row = held(query, Initiative).first()
    if row is None:
        raise NotFound
    return row


def data_of(member: Account) -> dict[str, object]:
    """What the person planned and where they said they come, for the file of all their data."""
    planned = Initiative.select().where(Initiative.author == member.id).order_by(Initiative.id)
    rows = Participation.select(Participation, Initiative.key).join(Initiative)
    return {
        "planned": [{"key": row.key, "title": row.title, "starts_at": iso(row.starts_at)} for row in planned],
        "coming": [
            {"initiative": row.initiative.key, "helps": row.helps, "since": iso(row.created_at)}
            for row in rows.where(Participation.member == member.id).order_by(Participation.id)
        ],
    }


def _to_come(query: "ModelSelect[Initiative]", at: datetime) -> "ModelSelect[Initiative]":
    return query.where(_unfinished(at)).order_by(Initiative.starts_at, Initiative.id)


def _unfinished(at: datetime) -> Expression:
    """Not over at this moment; an end that was not given is the usual one, so that no NULL makes the opposite false as
    well."""
    end = fn.COALESCE(Initiative.ends_at, Initiative.starts_at + USUAL_LENGTH)
    return end > at
