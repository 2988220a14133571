"""Two groups become one, and two again for a while: who belongs, every address that led there, and what was said.

What each feature moved is remembered by its ids, so that undoing moves back that and nothing else.
"""

import json

from forum.accounts.models import Viewer
from forum.candidacies import actions as candidacies
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.draws import actions as draws
from forum.errors import Invalid, NotFound
from forum.groups import queries, rules as group_rules
from forum.groups.actions import recount
from forum.groups.models import Group, Handle, Membership, Merge, Removal, Suspension
from forum.initiatives import actions as initiatives
from forum.proposals import actions as proposals
from forum.reorganisation import rules
from forum.tasks import journal

UNKNOWN = "Aucun groupe ne porte cette adresse."
# What moves with a group besides its members and addresses, by the name under which the merger remembers it.
POURED = {
    "discussions": discussions,
    "proposals": proposals,
    "initiatives": initiatives,
    "draws": draws,
    "candidacies": candidacies,
}


def merge(member: Viewer, group: Group, into: str) -> Group:
    """Pour a group, with all that was said in it, into another that the person animates too; the former is hidden.

    The other group. Twice is once. Raises Refused, Invalid (into).
    """
    target = _target(member, group, into)
    with transaction():
        group, target = _locked(group, target)
        if not Merge.select().where(Merge.source == group.id, Merge.target == target.id, Merge.undone_at.is_null()):
            if group.deleted_at or target.deleted_at:
                raise Invalid({"into": UNKNOWN})
            rules.merge(member, group, target).require()
            _pour(member, group, target)
    return target


def unmerge(member: Viewer, row: Merge) -> None:
    """Make two groups again of what was one, what came since excepted; twice is once. Raises Refused."""
    with transaction():
        source, target = _locked(row.source, row.target)
        rules.unmerge(member, target, row).require()
        if Merge.update(undone_at=now()).where(Merge.id == row.id, Merge.undone_at.is_null()).execute():
            _pour_back(member, source, target, json.loads(row.moved))


def _pour(member: Viewer, group: Group, target: Group) -> None:
    moved = {"handles": _move_handles(group, target), "memberships": _move_members(group, target)}
    moved["suspensions"] = _move_suspensions(group, target)
    for name, feature in POURED.items():
        moved[name] = feature.pour(group, target)
    Group.update(deleted_at=now()).where(Group.id == group.id).execute()
    recount(target)
    Merge.create(source=group, target=target, by=member, moved=json.dumps(moved))
    for each in (group, target):
        journal.record("group.merged", actor=member, group=each, subject=("group", each.id))


def _pour_back(member: Viewer, source: Group, target: Group, moved: dict[str, list[int]]) -> None:
    for name, table in (("handles", Handle), ("memberships", Membership), ("suspensions", Suspension)):
        those = table.id.in_(moved.get(name, [])), table.group == target.id
        table.update(group=source.id).where(*those).execute()
    for name, feature in POURED.items():
        feature.pour_back(moved.get(name, []), source)
    Group.update(deleted_at=None).where(Group.id == source.id).execute()
    for each in (source, target):
        recount(each)
        journal.record("group.unmerged", actor=member, group=each, subject=("group", each.id))


def _locked(group: Group, target: Group) -> tuple[Group, Group]:
    """Both as they are now. Always locked in one order: two mergers that cross would otherwise wait for each other."""
    rows = {each.id: queries.lock(each) for each in sorted((group, target), key=lambda each: each.id)}
    return rows[group.id], rows[target.id]


def _target(member: Viewer, group: Group, into: str) -> Group:
    try:
        target = queries.group_for(member, into)
    except NotFound:
        raise Invalid({"into": UNKNOWN}) from None
    if target.id == group.id:
        raise Invalid({"into": "C’est ce groupe-ci\u00a0: choisissez-en un autre."})
    return target


def _move_handles(group: Group, target: Group) -> list[int]:
    ids = [handle_id for (handle_id,) in tuples(Handle.select(Handle.id).where(Handle.group == group.id))]
    Handle.update(group=target.id).where(Handle.id.in_(ids)).execute()
    return ids


def _move_members(group: Group, target: Group) -> list[int]:
    """Those who belong to the target already keep their place there, and their former one for an undoing. Who was
    removed from it does not come back so."""
    there = Membership.select(Membership.member).where(Membership.group == target.id)
    out = Removal.select(Removal.member).where(
        Removal.group == target.id, Removal.created_at > now() - group_rules.REMOVAL
    )
    mine = Membership.group == group.id, Membership.member.not_in(there), Membership.member.not_in(out)
    rows = Membership.select(Membership.id).where(*mine)
    ids = [membership_id for (membership_id,) in tuples(rows)]
    Membership.update(group=target.id).where(Membership.id.in_(ids)).execute()
    return ids


def _move_suspensions(group: Group, target: Group) -> list[int]:
    """Whoever may not write in the one may not in the other either, for as long."""
    there = Suspension.select(Suspension.member).where(Suspension.group == target.id)
    rows = Suspension.select(Suspension.id).where(Suspension.group == group.id, Suspension.member.not_in(there))
    ids = [suspension_id for (suspension_id,) in tuples(rows)]
    Suspension.update(group=target.id).where(Suspension.id.in_(ids)).execute()
    return ids
