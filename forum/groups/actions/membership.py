"""Joining, leaving, and being removed."""

from forum.accounts.models import Account, Viewer
from forum.accounts.pseudonyms import is_named
from forum.database.transactions import transaction
from forum.errors import check
from forum.groups import queries, rules
from forum.groups.actions.animators import look_for_animator
from forum.groups.models import Follow, Group, Invitation, Membership, Removal, Request
from forum.tasks import journal
from forum.text.fields import body_problem
from forum.text.typed import many_lines

LONGEST_WORD = 500


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
        if _take_out(member, group):
            journal.record("group.left", actor=member, group=group, subject=("group", group.id))
            look_for_animator(group)


def remove_member(member: Viewer, group: Group, whom: Account, reason: str) -> bool:
    """Take somebody out of the group, who is told why; False when they were out already. Raises Refused, Invalid.

    The public log has the reason and no name. The invitations they passed on lead nowhere from now on.
    """
    reason = many_lines(reason)
    named = "Cette raison est publiée : n’y nommez pas la personne." if is_named(whom.username, reason) else None
    check(reason=body_problem(reason, LONGEST_WORD, least=5) or named)
    with transaction():
        group = queries.lock(group)
        rules.remove(member, group, whom).require()
        if not _take_out(whom, group):
            return False
        Removal.delete().where(Removal.group == group.id, Removal.member == whom.id).execute()
        Removal.create(group=group, member=whom, reason=reason)
        Invitation.delete().where(Invitation.group == group.id, Invitation.inviter == whom.id).execute()
        said = f"Vous n’êtes plus membre de #{group.handle}. La raison donnée : {reason}"
        # The page of a secret group is closed to them now.
        address = "/moi" if group.visibility == "secret" else f"/g/{group.handle}"
        note = journal.Note([whom.id], said, address, personal=True)
        journal.record("membership.removed", member, group, ("group", group.id), note, reason=reason)
    return True


def add_member(member: Viewer, group: Group, role: str) -> None:
    """Inside the transaction of the act that lets them in: what stood at the door goes."""
    row = {"group": group.id, "member": member.id, "role": role}
    if Membership.insert(row).on_conflict_ignore().as_rowcount().execute():
        Group.update(members_count=Group.members_count + 1).where(Group.id == group.id).execute()
        Removal.delete().where(Removal.group == group.id, Removal.member == member.id).execute()
        Follow.delete().where(Follow.group == group.id, Follow.member == member.id).execute()
        Request.delete().where(
            Request.group == group.id, Request.member == member.id, Request.state != "accepted"
        ).execute()
        journal.record("group.joined", actor=member, group=group, subject=("group", group.id))


def recount(group: Group) -> None:
    """Write down how many belong to the group now; inside the transaction of an act that moved several."""
    members = Membership.select().where(Membership.group == group.id).count()
    Group.update(members_count=members).where(Group.id == group.id).execute()


def _take_out(member: Viewer, group: Group) -> bool:
    gone = Membership.delete().where(Membership.group == group.id, Membership.member == member.id).execute()
    if gone:
        Request.delete().where(Request.group == group.id, Request.member == member.id).execute()
        Group.update(members_count=Group.members_count - 1).where(Group.id == group.id).execute()
    return bool(gone)
