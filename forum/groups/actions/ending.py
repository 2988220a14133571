"""Putting a group to rest, and changing one's mind."""

from datetime import datetime

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.groups import queries, rules
from forum.groups.models import Group
from forum.tasks import journal


def archive(member: Viewer, group: Group) -> None:
    """Let a group be read and no longer written in. Raises Refused."""
    _set(member, group, "group.archived", archived_at=now())


def reopen(member: Viewer, group: Group) -> None:
    """Let an archived group be written in again. Raises Refused."""
    _set(member, group, "group.reopened", archived_at=None)


def _set(member: Viewer, group: Group, verb: str, archived_at: datetime | None) -> None:
    with transaction():
        group = queries.lock(group)
        rules.archive_or_delete(member, group).require()
        if (group.archived_at is None) != (archived_at is None):
            Group.update(archived_at=archived_at).where(Group.id == group.id).execute()
            journal.record(verb, actor=member, group=group, subject=("group", group.id))
