"""Who looks after a group, passes it on and ends it."""

from datetime import timedelta

from forum.accounts.models import Viewer
from forum.accounts.rules import last
from forum.database.clock import now
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import Group, Merge, Succession
from forum.groups.rules.standing import animate, living, outside, role_in

# How long a merger can be undone.
MERGE_GRACE = timedelta(days=30)


def edit(member: Viewer, group: Group) -> Verdict:
    """Whether this person may change the group's settings."""
    return animate(member, group, "Les réglages du groupe sont réservés à ses animateur·rices.")


def belong(member: Viewer, group: Group) -> Verdict:
    """Whether this person sees and does what is for members alone."""
    return ALLOWED if role_in(member, group) else outside(member, group)


def succeed(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may take a group without animator: whom it is offered to, or anybody when all were asked."""
    if not role_in(member, group):
        return outside(member, group)
    if succession is None:
        return refused("Ce groupe a déjà quelqu’un pour l’animer.")
    if succession.candidate_id in (member.id, None):
        return ALLOWED
    return refused("La place est proposée à une autre personne.")


def object_to(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may object to whoever accepted to animate: the other members, until they do."""
    if not role_in(member, group):
        return outside(member, group)
    if succession is None or not succession.accepted or succession.candidate_id == member.id:
        return refused("Il n’y a rien à objecter en ce moment.")
    return ALLOWED


def end(member: Viewer, group: Group) -> Verdict:
    """Whether this person may archive, reopen or delete the group."""
    return edit(member, group)


def restore(member: Viewer, group: Group) -> Verdict:
    """Whether this person may bring a deleted group back: its animators, unless it was poured into another."""
    if Merge.select().where(Merge.source == group.id, Merge.undone_at.is_null()).exists():
        return refused("Ce groupe a été réuni à un autre : c’est cette réunion qu’il faut défaire.")
    return edit(member, group)


def merge(member: Viewer, group: Group, target: Group) -> Verdict:
    """Whether this person may pour a group into another: whoever animates both, if nobody reads more than before."""
    verdict = edit(member, group) and edit(member, target)
    if not verdict:
        return refused("Réunir deux groupes se fait par qui anime les deux.")
    if group.hidden_at:
        return living(member, group)
    if group.visibility != target.visibility:
        return refused(
            "On ne réunit que des groupes lisibles par les mêmes personnes : donnez-leur d’abord le même accès."
        )
    return living(member, target)


def unmerge(member: Viewer, target: Group, row: Merge) -> Verdict:
    """Whether this person may make two groups again: an animator, for so long after they became one."""
    if row.created_at < now() - MERGE_GRACE:
        return refused("Trente jours ont passé\u00a0: cette réunion ne se défait plus.")
    # What came from the other group would be read again by everybody.
    return living(member, target) if target.hidden_at else edit(member, target)


def found(member: Viewer) -> Verdict:
    """Whether this person may found a group."""
    return sign_in_first("Connectez-vous ou créez un compte pour créer un groupe.") if member.is_guest else last(member)
