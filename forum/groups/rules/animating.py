"""Who looks after a group, passes it on and ends it."""

from forum.accounts.models import Viewer
from forum.accounts.rules import act_outside_sandbox
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import Group, Succession
from forum.groups.rules.standing import animate, belongs, join_first


def edit(member: Viewer, group: Group) -> Verdict:
    """Whether this person may change the group's settings."""
    return animate(member, group, "Les réglages du groupe sont réservés à ses animateur·rices.")


def be_among_members(member: Viewer, group: Group) -> Verdict:
    """Whether this person sees and does what is for members alone."""
    return ALLOWED if belongs(member, group) else join_first(member, group)


def succeed(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may take a group without animator: whom it is offered to, or anybody when all were asked."""
    if not belongs(member, group):
        return join_first(member, group)
    if succession is None:
        return refused("Ce groupe a déjà quelqu’un pour l’animer.")
    if succession.candidate_id in (member.id, None):
        return ALLOWED
    return refused("La place est proposée à une autre personne.")


def object_to(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may object to whoever accepted to animate: the other members, until they do."""
    if not belongs(member, group):
        return join_first(member, group)
    if succession is None or not succession.accepted or succession.candidate_id == member.id:
        return refused("Il n’y a rien à objecter en ce moment.")
    return ALLOWED


def archive_or_delete(member: Viewer, group: Group) -> Verdict:
    """Whether this person may archive, reopen or delete the group."""
    return edit(member, group)


def found(member: Viewer) -> Verdict:
    """Whether this person may found a group."""
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour créer un groupe.")
    return act_outside_sandbox(member)
