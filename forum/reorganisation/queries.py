"""What may be moved where, and what was poured together."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.discussions.models import Discussion
from forum.errors import NotFound
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Merge
from forum.reorganisation import rules


def targets(member: Viewer, discussion: Discussion) -> list[Group]:
    """The groups where this person may move a discussion."""
    others = [group for group in groups.groups_of(member) if group.id != discussion.group_id]
    return [group for group in others if rules.bring_into(member, discussion, group)]


def mergers_into(member: Viewer, group: Group) -> list[Merge]:
    """What was poured into this group and can still be taken out again, the latest first; for its animators."""
    group_rules.edit(member, group).require()
    recent = Merge.target == group.id, Merge.undone_at.is_null(), Merge.created_at > now() - rules.MERGE_GRACE
    return list(Merge.select(Merge, Group).join(Group, on=Merge.source).where(*recent).order_by(Merge.id.desc()))


def merger_into(member: Viewer, group: Group, number: int) -> Merge:
    """One merger into this group, undone or not, for its animators. Raises NotFound, Refused."""
    group_rules.edit(member, group).require()
    rows = Merge.select(Merge, Group).join(Group, on=Merge.source)
    row = rows.where(Merge.id == number, Merge.target == group.id).first()
    if row is None:
        raise NotFound
    return row
