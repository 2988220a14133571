"""What acts on whole groups move, to be compared."""

from forum.discussions.models import Discussion
from forum.groups.models import Group, Handle, Membership


def state() -> list[tuple]:
    """Who belongs where, what leads where, what was said where."""
    rows = [
        *Membership.select(Membership.id, Membership.group, Membership.role).tuples(),
        *Handle.select(Handle.id, Handle.group).tuples(),
        *Discussion.select(Discussion.id, Discussion.group).tuples(),
        *Group.select(Group.id, Group.members_count, Group.deleted_at).tuples(),
    ]
    return sorted(map(str, rows))
