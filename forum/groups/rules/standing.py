"""How somebody stands to a group: what every other rule asks first."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import Expression, Field, Select, Value

from forum.accounts.models import Viewer
from forum.accounts.rules import last
from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import NOT_FOR_ALL, Group, Membership, Removal, Request, Suspension
from forum.text import dates

MEMBERS_ONLY = "Il faut être membre du groupe. On y entre en un geste : « Rejoindre »."

REMOVED = "Vous n’êtes plus membre de ce groupe : ses animateur·rices vous en ont retiré·e."

# What is remembered of whoever stands at the door: the states of a request, and this.
OUT = "removed"

# How long a removal closes the free door: beyond, one enters as anybody.
REMOVAL = timedelta(days=365)


def readable_by(member: HasId) -> Expression:
    """The groups whose page this person may open: all but the deleted, and the secret and the hidden ones of others."""
    shown = (Group.visibility != "secret") & Group.hidden_at.is_null()
    return Group.deleted_at.is_null() & (shown | Group.id.in_(_own(member)))


def content_readable_by(member: HasId) -> Expression:
    """The groups whose discussions and proposals this person may read: the open ones, if not hidden, and their own."""
    shown = (Group.visibility == "ouvert") & Group.hidden_at.is_null()
    return Group.deleted_at.is_null() & (shown | Group.id.in_(_own(member)))


def unreadable_by(member: HasId) -> Select:
    """A query of the ids of the groups that `readable_by` leaves out, read once where each would be looked up."""
    return Group.select(Group.id).where(NOT_FOR_ALL, ~readable_by(member))


def content_unreadable_by(member: HasId) -> Select:
    """A query of the ids of the groups that `content_readable_by` leaves out, to be read once."""
    return Group.select(Group.id).where(NOT_FOR_ALL, ~content_readable_by(member))


def animated_by(member: HasId, group: Field = Group.id) -> Expression:
    """The groups this person animates; `group` is the column of their ids."""
    return group.in_(_own(member).where(Membership.role == "animator"))


def _own(member: HasId):
    return Membership.select(Membership.group).where(Membership.member == member.id)


@prepared
def _role(member: HasId, group: HasId):
    of = Membership.group == group.id, Membership.member == member.id
    return Membership.select(Membership.role).where(*of).tuples()


def role_in(member: Viewer, group: Group) -> str:
    """'' for whoever does not belong, 'member' or 'animator'. Read with the group for its viewer, else asked once."""
    if getattr(group, "viewer_id", None) != member.id:
        group.viewer_id, group.viewer_role = member.id, _role.scalar(member, group)
    return group.viewer_role or ""


def standing(member: Viewer, group: Group) -> frozenset[str]:
    """How this person stands at the door of a group they are not in: the state of their request, OUT if removed."""
    if getattr(group, "standing_of", None) != member.id:
        read_standings(member, [group])
    return group.standing


@prepared
def _at_the_door(member: HasId, group_ids: Collection[int], since: datetime):
    asked: Any = Request.select(Request.group, Request.state).where(
        Request.member == member.id, Request.group.in_(group_ids)
    )
    gone = Removal.select(Removal.group, Value(OUT)).where(
        Removal.member == member.id, Removal.group.in_(group_ids), Removal.created_at > since
    )
    return asked.union_all(gone).tuples()


def read_standings(member: Viewer, groups: Iterable[Group]) -> None:
    """Note on each of these groups how this person stands at its door (one query for all of them)."""
    rows = {group.id: group for group in groups}
    found: dict[int, set[str]] = {group_id: set() for group_id in rows}
    known = rows and not member.is_guest
    for group_id, state in _at_the_door.rows(member, rows, now() - REMOVAL) if known else ():
        found[group_id].add(state)
    for group_id, group in rows.items():
        group.standing_of, group.standing = member.id, frozenset(found[group_id])


def is_public(group: Group) -> bool:
    """Whether everybody reads what is said in the group."""
    return group.visibility == "ouvert" and not group.hidden_at


def read_content(member: Viewer, group: Group) -> Verdict:
    """Whether this person may read what is said in a group whose page they see."""
    if is_public(group) or role_in(member, group):
        return ALLOWED
    return refused("Ce qui se dit dans ce groupe est réservé à ses membres.")


def free(member: Viewer, group: Group) -> Verdict:
    """Whether this person, who belongs to the group, is not suspended from it: whoever is reads and no more."""
    until = suspended_until(member, group)
    if until is None or until < now():
        return ALLOWED
    return refused(f"Vous êtes suspendu·e de ce groupe {dates.up_to(until)}. D’ici là, vous lisez sans écrire.")


def role_in_anew(person: Viewer, group: Group) -> str:
    """The role of somebody who is not the one looking, asked of the database."""
    row = Membership.get_or_none(Membership.group == group.id, Membership.member == person.id)
    return row.role if row else ""


def joined_at(member: Viewer, group: Group) -> datetime:
    """Since when a member belongs to the group."""
    return Membership.get(Membership.group == group.id, Membership.member == member.id).created_at


def as_member(member: Viewer, group: Group, opened: bool, why_closed: str) -> Verdict:
    if member.is_guest:
        return sign_in_first("Rejoignez le groupe pour y prendre part.")
    if not group.sandbox and not last(member):
        return last(member)
    if not role_in(member, group):
        return outside(member, group)
    if not opened and role_in(member, group) != "animator":
        return refused(why_closed)
    if is_new(member, group, group.newcomers_read_days):
        day = dates.day(joined_at(member, group) + timedelta(days=group.newcomers_read_days))
        return refused(f"Ici, les nouveaux membres lisent d’abord : vous prendrez part à la vie du groupe dès {day}.")
    return living(member, group) and free(member, group)


@prepared
def _suspension(member: HasId, group: HasId, at: datetime):
    of = Suspension.group == group.id, Suspension.member == member.id
    return Suspension.select(Suspension.until).where(*of, Suspension.until > at).tuples()


def suspended_until(member: Viewer, group: Group) -> datetime | None:
    """When their suspension ends, or ended. Read with the group for its viewer, else asked once."""
    if getattr(group, "freed_id", None) != member.id:
        group.freed_id, group.suspended_until = member.id, _suspension.scalar(member, group, now())
    return group.suspended_until


def outside(member: Viewer, group: Group) -> Verdict:
    """Why whoever is not a member may not act, by the door that is theirs."""
    if OUT in standing(member, group):
        return refused(REMOVED)
    if group.joining == "libre":
        return refused(MEMBERS_ONLY)
    return refused(f"Il faut être membre du groupe. {open_to_all(group).reason}")


def animate(member: Viewer, group: Group, why_not: str) -> Verdict:
    return free(member, group) if role_in(member, group) == "animator" else refused(why_not)


def is_new(member: Viewer, group: Group, days: int) -> bool:
    """Whether this person became a member less than so many days ago; animators are never new."""
    return days > 0 and role_in(member, group) == "member" and joined_at(member, group) > now() - timedelta(days=days)


def open_to_all(group: Group) -> Verdict:
    if group.joining == "libre":
        return ALLOWED
    if group.joining == "demande":
        return refused("On y entre sur demande à ses animateur·rices.")
    return refused("On y entre sur invitation.")


def living(member: Viewer, group: Group) -> Verdict:
    if not group.sandbox and not last(member):
        return last(member)
    if group.hidden_at:
        return refused("Ce groupe est masqué par la modération du site : ses membres peuvent le lire, plus y écrire.")
    return refused("Ce groupe est archivé : on peut le lire, plus y prendre part.") if group.archived_at else ALLOWED
