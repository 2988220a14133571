"""How somebody stands to a group: what every other rule asks first."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, Expression, Field, Select

from forum.accounts.models import Viewer
from forum.accounts.rules import act_outside_sandbox
from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import NOT_FOR_ALL, Group, Membership, Removal, Request, Standing, Suspension
from forum.text import dates

MEMBERS_ONLY = "Il faut être membre du groupe. On y entre en un geste : « Rejoindre »."

REMOVED = "Vous n’êtes plus membre de ce groupe : ses animateur·rices vous en ont retiré·e."

# How long a removal closes the free door: beyond, one enters as anybody.
REMOVAL = timedelta(days=365)

# Which memberships are those of animators.
ANIMATING = Membership.role == "animator"

# What a standing is made of, in the order of `standing_of`: columns of tables that have at most one row for a person
# and a group.
FACTS = {
    "role": Membership.role,
    "suspended_until": Suspension.until,
    "request": Request.state,
    "removed_at": Removal.created_at,
}


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
    return group.in_(_own(member).where(ANIMATING))


def _own(member: HasId) -> Select:
    return Membership.select(Membership.group).where(Membership.member == member.id)


@prepared
def _facts(member: HasId, group: HasId) -> Select:
    return with_facts(member, Group.select(*FACTS.values())).where(Group.id == group.id).tuples()


def standing_in(member: Viewer, group: Group) -> Standing:
    """How this person stands to a group.

    A row keeps one standing for good: its reader's or, read for nobody, that of whoever is asked about first. About
    anybody else the database is asked, each time, and the row stays its reader's.
    """
    if group.standing and group.standing.member_id == member.id:
        return group.standing
    facts = _facts.first(member, group) if member.id else None
    found = standing_of(member.id, *facts) if facts else Standing(member.id)
    group.standing = group.standing or found
    return found


def standing_of(
    member_id: int,
    role: str | None,
    suspended_until: datetime | None,
    request: str | None,
    removed_at: datetime | None,
) -> Standing:
    """How a person stands to a group of which FACTS tell this, None where there is no row."""
    removed = removed_at is not None and removed_at > now() - REMOVAL
    return Standing(member_id, role or "", request in ("waiting", "aside"), removed, suspended_until)


def with_facts(member: HasId, rows: Any, names: Iterable[str] = tuple(FACTS)) -> Any:
    """A query that has groups in it, joined to the tables of these FACTS for this person, each under its name."""
    for name in names:
        table = FACTS[name].model
        theirs = (table.group == Group.id) & (table.member == member.id)
        rows = rows.join_from(Group, table, JOIN.LEFT_OUTER, on=theirs, attr=name)
    return rows


def belongs(member: Viewer, group: Group) -> bool:
    """Whether this person is a member of the group, animator or not."""
    return bool(standing_in(member, group).role)


def animates(member: Viewer, group: Group) -> bool:
    """Whether this person is one of the group's animators, suspended or not."""
    return standing_in(member, group).role == "animator"


def held_by_animator(membership: Membership) -> bool:
    """Whether a membership is that of an animator."""
    return membership.role == "animator"


def is_public(group: Group) -> bool:
    """Whether everybody reads what is said in the group."""
    return group.visibility == "ouvert" and not group.hidden_at


def read_content(member: Viewer, group: Group) -> Verdict:
    """Whether this person may read what is said in a group whose page they see."""
    if is_public(group) or belongs(member, group):
        return ALLOWED
    return refused("Ce qui se dit dans ce groupe est réservé à ses membres.")


def not_suspended(member: Viewer, group: Group) -> Verdict:
    """Whether this person, who belongs to the group, is not suspended from it: whoever is reads and no more."""
    until = standing_in(member, group).suspended_until
    if until is None or until < now():
        return ALLOWED
    return refused(f"Vous êtes suspendu·e de ce groupe {dates.up_to(until)}. D’ici là, vous lisez sans écrire.")


def joined_at(member: Viewer, group: Group) -> datetime:
    """Since when a member belongs to the group."""
    return Membership.get(Membership.group == group.id, Membership.member == member.id).created_at


def as_member(member: Viewer, group: Group, opened: bool, why_closed: str) -> Verdict:
    """Whether this person may take part as members do; where it is not `opened` to them, as animators do."""
    if member.is_guest:
        return sign_in_first("Rejoignez le groupe pour y prendre part.")
    if not group.sandbox and not act_outside_sandbox(member):
        return act_outside_sandbox(member)
    if not belongs(member, group):
        return join_first(member, group)
    if not opened and not animates(member, group):
        return refused(why_closed)
    if is_new(member, group, group.newcomers_read_days):
        day = dates.day(joined_at(member, group) + timedelta(days=group.newcomers_read_days))
        return refused(f"Ici, les nouveaux membres lisent d’abord : vous prendrez part à la vie du groupe dès {day}.")
    return active_for(member, group) and not_suspended(member, group)


def join_first(member: Viewer, group: Group) -> Verdict:
    """Why whoever is not a member may not act, by the door that is theirs."""
    if standing_in(member, group).removed:
        return refused(REMOVED)
    if group.joining == "libre":
        return refused(MEMBERS_ONLY)
    return refused(f"Il faut être membre du groupe. {open_to_all(group).reason}")


def animate(member: Viewer, group: Group, why_not: str) -> Verdict:
    """Whether this person may do what animators alone do: one of them, and not suspended."""
    return not_suspended(member, group) if animates(member, group) else refused(why_not)


def is_new(member: Viewer, group: Group, days: int) -> bool:
    """Whether this person became a member less than so many days ago; animators are never new."""
    if days <= 0 or not belongs(member, group) or animates(member, group):
        return False
    return joined_at(member, group) > now() - timedelta(days=days)


def open_to_all(group: Group) -> Verdict:
    if group.joining == "libre":
        return ALLOWED
    if group.joining == "demande":
        return refused("On y entre sur demande à ses animateur·rices.")
    return refused("On y entre sur invitation.")


def active_for(member: Viewer, group: Group) -> Verdict:
    """Whether anything still changes in the group by this person: it is neither hidden nor archived, and on trial one
    acts in the sandbox alone."""
    if not group.sandbox and not act_outside_sandbox(member):
        return act_outside_sandbox(member)
    if group.hidden_at:
        return refused("Ce groupe est masqué par la modération du site : ses membres peuvent le lire, plus y écrire.")
    return refused("Ce groupe est archivé : on peut le lire, plus y prendre part.") if group.archived_at else ALLOWED
