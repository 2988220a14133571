"""What groups go through: looking for an animator, being deleted, poured together."""

from peewee import JOIN

from forum.accounts.models import Account, Viewer
from forum.database.select import tuples
from forum.errors import NotFound
from forum.groups import rules
from forum.groups.models import (
    Group,
    Merge,
    Succession,
    SuccessionObjection,
)


def succession_of(group: Group) -> Succession | None:
    """The search for an animator, with whom it is offered to; None when nobody is sought."""
    rows = Succession.select(Succession, Account.id, Account.username).join(Account, JOIN.LEFT_OUTER)
    return rows.where(Succession.group == group.id).first()


def objections_in(member: Viewer, group: Group) -> list[SuccessionObjection]:
    """What members object to whoever accepted to animate. Raises Refused."""
    rules.be_among_members(member, group).require()
    rows = SuccessionObjection.select(SuccessionObjection, Account.id, Account.username).join(Account)
    return list(rows.where(SuccessionObjection.group == group.id).order_by(SuccessionObjection.id))


def deleted_by_animator(member: Viewer) -> list[Group]:
    """The deleted groups that this person animated and may bring back, the latest first."""
    if member.is_guest:
        return []
    poured = Merge.select(Merge.source).where(Merge.undone_at.is_null())
    mine = Group.deleted_at.is_null(False), rules.animated_by(member), Group.id.not_in(poured)
    return list(Group.select().where(*mine).order_by(Group.deleted_at.desc()))


def deleted_group_for(member: Viewer, handle: str) -> Group:
    """A deleted group that this person may bring back. Raises NotFound."""
    found = [group for group in deleted_by_animator(member) if group.handle == handle]
    if not found:
        raise NotFound
    return found[0]


def home_of(group_id: int) -> tuple[int, list[int]]:
    """Where what was decided in a group holds now: the group it was poured into, else itself; and all that are one with
    it, itself included."""
    home, step = group_id, _poured_into(group_id)
    while step is not None:
        home, step = step, _poured_into(step)
    poured = Merge.select(Merge.source).where(Merge.target == home, Merge.undone_at.is_null())
    return home, sorted({group_id, home, *(number for (number,) in tuples(poured))})


def _poured_into(group_id: int) -> int | None:
    return Merge.select(Merge.target).where(Merge.source == group_id, Merge.undone_at.is_null()).scalar()
