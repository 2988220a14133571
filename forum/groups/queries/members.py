"""Who belongs to a group, for those who may know."""

from collections.abc import Sequence
from datetime import datetime

from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.database.select import count_between, paged, tuples
from forum.groups import rules
from forum.groups.models import (
    Group,
    Membership,
)
from forum.text.dates import iso

MEMBERS_PAGE = 100


def members_of(member: Viewer, group: Group, page: int = 1) -> tuple[list[Membership], bool]:
    """Who belongs to the group, animators first, then by date; 100 a page, and whether there are more.

    Raises Refused to whoever is not to know.
    """
    rules.see_members(member, group).require()
    rows = Membership.select(Membership, Account).join(Account).where(Membership.group == group.id)
    return paged(rows.order_by(Membership.role, Membership.created_at, Membership.id), page, MEMBERS_PAGE)


def membership_named(member: Viewer, group: Group, username: str) -> Membership | None:
    """The membership of the person of this pseudonym, for whoever may see the members. Raises Refused."""
    rules.see_members(member, group).require()
    account = account_named(username)
    rows = Membership.select(Membership, Account).join(Account)
    return rows.where(Membership.group == group.id, Account.id == account.id).first() if account else None


def animators_of(group: Group) -> list[int]:
    """The ids of those who animate the group: whom to tell what they have to answer."""
    rows = Membership.select(Membership.member).where(Membership.group == group.id, rules.ANIMATING)
    return [member_id for (member_id,) in tuples(rows)]


def animators_named(member: Viewer, group: Group) -> list[Membership]:
    """Those who animate the group, the first named first; for its members. Raises Refused."""
    rules.be_among_members(member, group).require()
    rows = Membership.select(Membership, Account.id, Account.username).join(Account)
    return list(rows.where(Membership.group == group.id, rules.ANIMATING).order_by(Membership.id))


def is_last_animator(member: Viewer, group: Group) -> bool:
    """Whether the group would be left without animator if this person went."""
    return rules.animates(member, group) and len(animators_of(group)) == 1


def arrivals(member: Viewer, group: Group, bounds: Sequence[datetime]) -> list[int]:
    """How many of today's members came in each span of time; for the animators. Raises Refused."""
    rules.edit(member, group).require()
    return count_between(Membership.select().where(Membership.group == group.id), Membership.created_at, bounds)


def data_of(member: Account) -> list[dict[str, object]]:
    """The person's memberships, for the file of all their data."""
    rows = Membership.select(Membership, Group.handle).join(Group).where(Membership.member == member.id)
    return [
        {"group": row.group.handle, "role": row.role, "joined_at": iso(row.created_at)}
        for row in rows.order_by(Membership.id)
    ]
