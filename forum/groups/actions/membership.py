"""Joining and leaving."""

from forum import journal
from forum.accounts.models import Viewer
from forum.db import transaction
from forum.groups import queries, rules
from forum.groups.models import Group, Membership


def join(member: Viewer, group: Group) -> None:
    """Become a member; being one already changes nothing. Raises Refused."""
    with transaction():
        group = queries.lock(group)
        rules.join(member, group).require()
        add_member(member, group, role="member")


def leave(member: Viewer, group: Group) -> None:
    """Leave; having left already changes nothing. Raises Refused."""
    with transaction():
        group = queries.lock(group)
        rules.leave(member, group).require()
        gone = Membership.delete().where(Membership.group == group.id, Membership.member == member.id).execute()
        if gone:
            Group.update(members_count=Group.members_count - 1).where(Group.id == group.id).execute()
            journal.record("group.left", actor=member, group=group, subject=("group", group.id))


def add_member(member: Viewer, group: Group, role: str) -> None:
    row = {"group": group.id, "member": member.id, "role": role}
    if Membership.insert(row).on_conflict_ignore().as_rowcount().execute():
        Group.update(members_count=Group.members_count + 1).where(Group.id == group.id).execute()
        journal.record("group.joined", actor=member, group=group, subject=("group", group.id))
