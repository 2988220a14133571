"""Deleting a group with all that was said in it, and changing one's mind."""

from datetime import timedelta

from huey import crontab

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.errors import Invalid
from forum.groups import queries, rules as group_rules
from forum.groups.actions import recount
from forum.groups.models import Group, Membership
from forum.reorganisation import rules
from forum.tags.spelling import handle_key
from forum.tasks import journal
from forum.tasks.jobs import huey

# How long a deleted group can be brought back.
GRACE = timedelta(days=90)


def delete(member: Viewer, group: Group, typed: str) -> None:
    """Hide a group at once from everybody; it is gone for good after GRACE. `typed` repeats its handle.

    Its members are told. Raises Refused, Invalid (handle).
    """
    with transaction():
        group = queries.lock(group)
        group_rules.archive_or_delete(member, group).require()
        if handle_key(typed) != handle_key(group.handle):
            raise Invalid({"handle": f"Pour supprimer le groupe, recopiez son adresse\u00a0: {group.handle}"})
        Group.update(deleted_at=now()).where(Group.id == group.id).execute()
        said = f"Le groupe #{group.handle} a été supprimé par ses animateur·rices."
        # Personal: nobody can read the group any more, and its members are to know.
        note = journal.Note(_members(group), said, "/moi", personal=True)
        journal.record("group.deleted", actor=member, group=group, subject=("group", group.id), note=note)


def restore(member: Viewer, group: Group) -> None:
    """Bring a deleted group back as it was, without those who left the site. One that is there changes nothing.

    Raises Refused.
    """
    with transaction():
        group = queries.lock(group)
        rules.restore(member, group).require()
        if Group.update(deleted_at=None).where(Group.id == group.id, Group.deleted_at.is_null(False)).execute():
            recount(group)
            journal.record("group.restored", actor=member, group=group, subject=("group", group.id))


@huey.periodic_task(crontab(hour="4", minute="10"))
def purge() -> None:
    """What was deleted long ago goes for good, with all that was said in it."""
    with transaction():
        Group.delete().where(Group.deleted_at < now() - GRACE).execute()


def _members(group: Group) -> list[int]:
    rows = Membership.select(Membership.member).where(Membership.group == group.id)
    return [member_id for (member_id,) in tuples(rows)]
