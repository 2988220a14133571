"""Two groups become one, and two again for a while: who belongs, and every address that led there.

What was said moves with them through the features that keep it, in the same transaction; each hands back the ids of
what it moved, so that undoing moves back that and nothing else.
"""

import json
from collections.abc import Mapping

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.select import tuples
from forum.errors import Invalid, NotFound
from forum.groups import queries, rules
from forum.groups.models import Group, Handle, Membership, Merge, Removal, Suspension
from forum.tasks import journal

UNKNOWN = "Aucun groupe ne porte cette adresse."


def merge(member: Viewer, group: Group, into: str) -> Merge:
    """Pour a group into another that the person animates too: members and addresses; the former is hidden.

    Twice is once. To be called inside a transaction that also moves what was said (see `keep`).
    Raises Refused, Invalid (into).
    """
    group, target = _locked(group, _target(member, group, into))
    done = Merge.get_or_none(Merge.source == group.id, Merge.target == target.id, Merge.undone_at.is_null())
    if done is not None:
        return done
    if group.deleted_at or target.deleted_at:
        raise Invalid({"into": UNKNOWN})
    rules.merge(member, group, target).require()
    moved = {"handles": _move_handles(group, target), "memberships": _move_members(group, target)}
    moved["suspensions"] = _move_suspensions(group, target)
    Group.update(deleted_at=now()).where(Group.id == group.id).execute()
    _count(target)
    row = Merge.create(source=group, target=target, by=member, moved=json.dumps(moved))
    for each in (group, target):
        journal.record("group.merged", actor=member, group=each, subject=("group", each.id))
    return row


def keep(row: Merge, moved: Mapping[str, list[int]]) -> None:
    """Remember what other features moved along with this merger; what is remembered already stays."""
    row.moved = json.dumps(dict(moved) | json.loads(row.moved))
    Merge.update(moved=row.moved).where(Merge.id == row.id).execute()


def undo(member: Viewer, row: Merge) -> Mapping[str, list[int]]:
    """Make two groups again; what other features moved is handed back, for them to move it back. Raises Refused.

    To be called inside a transaction. Undone already: nothing is left to move.
    """
    source, target = _locked(row.source, row.target)
    rules.unmerge(member, target, row).require()
    if (
        row.undone_at
        or not Merge.update(undone_at=now()).where(Merge.id == row.id, Merge.undone_at.is_null()).execute()
    ):
        return {}
    moved = json.loads(row.moved)
    Handle.update(group=source.id).where(Handle.id.in_(moved["handles"]), Handle.group == target.id).execute()
    back = Membership.id.in_(moved["memberships"]), Membership.group == target.id
    Membership.update(group=source.id).where(*back).execute()
    held = Suspension.id.in_(moved.get("suspensions", [])), Suspension.group == target.id
    Suspension.update(group=source.id).where(*held).execute()
    Group.update(deleted_at=None).where(Group.id == source.id).execute()
    for each in (source, target):
        _count(each)
        journal.record("group.unmerged", actor=member, group=each, subject=("group", each.id))
    return moved


def _locked(group: Group, target: Group) -> tuple[Group, Group]:
    """Both as they are now. Always locked in one order: two mergers that cross would otherwise wait for each other."""
    rows = {each.id: queries.lock(each) for each in sorted((group, target), key=lambda each: each.id)}
    return rows[group.id], rows[target.id]


def _target(member: Viewer, group: Group, into: str) -> Group:
    try:
        target = queries.group_for(member, into.strip().lstrip("#"))
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
    out = Removal.select(Removal.member).where(Removal.group == target.id, Removal.created_at > now() - rules.REMOVAL)
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


def _count(group: Group) -> None:
    members = Membership.select().where(Membership.group == group.id).count()
    Group.update(members_count=members).where(Group.id == group.id).execute()
