"""What is told of discussions as figures, and to their authors as a file."""

from collections.abc import Sequence
from datetime import datetime

from forum.accounts.models import Account, Viewer
from forum.database.select import count_between, tuples
from forum.discussions.models import Comment, Discussion, Reading
from forum.groups import rules as group_rules
from forum.groups.models import Group
from forum.text.dates import iso


def activity(member: Viewer, group: Group, bounds: Sequence[datetime]) -> list[tuple[int, int]]:
    """How many discussions were opened, and comments written, in each span of time; nothing of who. Raises Refused."""
    group_rules.edit(member, group).require()
    opened = Discussion.select().where(Discussion.group == group.id)
    said = Comment.select().join(Discussion).where(Discussion.group == group.id)
    counts = (count_between(opened, Discussion.created_at, bounds), count_between(said, Comment.created_at, bounds))
    return list(zip(*counts, strict=True))


def data_of(member: Account) -> dict[str, object]:
    """What the person wrote and where they read, for the file of all their data."""
    opened = Discussion.select().where(Discussion.author == member.id).order_by(Discussion.id)
    read = Reading.select(Discussion.key).join(Discussion).where(Reading.member == member.id).order_by(Discussion.id)
    said = Comment.select(Comment, Discussion.key).join(Discussion).where(Comment.author == member.id)
    return {
        "discussions": [
            {"key": row.key, "title": row.title, "body": row.body, "created_at": iso(row.created_at)} for row in opened
        ],
        "comments": [
            {"discussion": row.discussion.key, "body": row.body, "created_at": iso(row.created_at)}
            for row in said.order_by(Comment.id)
        ],
        "read": [key for (key,) in tuples(read)],
    }
