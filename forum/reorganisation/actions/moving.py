"""A discussion goes to another group that the same person animates; its address stays."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions import queries, rules as discussion_rules
from forum.discussions.models import Discussion, Reading
from forum.errors import Invalid, NotFound
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Membership
from forum.reorganisation import rules
from forum.tasks import journal


def move(member: Viewer, discussion: Discussion, into: str) -> None:
    """Move a discussion to the group of this handle; where it is already, nothing changes. Its author is told.

    Votes that ended stay behind, where they were cast. Raises Refused, Invalid (into).
    """
    target = _target(member, into)
    with transaction():
        # Always in one order: two discussions that cross would otherwise wait for each other.
        for group in sorted((discussion.group, target), key=lambda group: group.id):
            groups.lock(group)
        row, target = queries.lock(discussion), groups.lock(target)
        discussion_rules.care(member, row).require()
        if row.group_id != target.id:
            rules.move(member, row, target).require()
            _move(member, row, target)


def _target(member: Viewer, into: str) -> Group:
    try:
        return groups.group_for(member, into)
    except NotFound:
        raise Invalid({"into": "Choisissez un groupe de la liste."}) from None


def _move(member: Viewer, row: Discussion, target: Group) -> None:
    Discussion.update(group=target.id, pinned_at=None).where(Discussion.id == row.id).execute()
    Group.update(last_activity_at=now()).where(Group.id == target.id).execute()
    # How far one reads is kept of members only.
    members = Membership.select(Membership.member).where(Membership.group == target.id)
    Reading.delete().where(Reading.discussion == row.id, Reading.member.not_in(members)).execute()
    journal.record("discussion.moved", member, target, ("discussion", row.id), _note(row, target))
    journal.record("discussion.left", member, row.group, ("group", row.group_id))


def _note(row: Discussion, target: Group) -> journal.Note:
    """Personal: its author may not read there, and is to know all the same."""
    return journal.Note([row.author_id], *_sentence(row, target), personal=True)


def _sentence(row: Discussion, target: Group) -> tuple[str, str]:
    """What its author is told, and where that leads: not even the name of a secret group they are not in."""
    title = f"Votre discussion « {row.title} »"
    inside = group_rules.belongs(row.author, target)
    if inside or group_rules.is_public(target):
        return f"{title} a été déplacée de #{row.group.handle} à #{target.handle}.", row.address
    where = "un groupe" if target.visibility == "secret" else f"#{target.handle},"
    return f"{title} a été déplacée de #{row.group.handle} dans {where} dont vous n’êtes pas membre.", "/moi"
