"""Who comes in, by which door, and who is let out."""

from forum.accounts.models import Account, Viewer
from forum.accounts.rules import act_outside_sandbox
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import Group, Invitation
from forum.groups.rules.standing import (
    REMOVED,
    active_for,
    animate,
    animates,
    as_member,
    belongs,
    open_to_all,
    standing_in,
)


def join(member: Viewer, group: Group) -> Verdict:
    """Whether this person may become a member by themselves, at once."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    if belongs(member, group):
        return ALLOWED
    if group.joining == "libre" and standing_in(member, group).removed:
        return refused(f"{REMOVED} Vous pouvez leur demander d’y revenir.")
    verdict = open_to_all(group)
    return active_for(member, group) if verdict else verdict


def enter_writing(member: Viewer, group: Group) -> Verdict:
    """Whether this person, with or without an account yet, may enter by what they write: as they may join, and where
    newcomers write as everybody does."""
    if group.newcomers_read_days:
        return refused("Ici, les nouveaux membres lisent d’abord.")
    if not member.is_guest:
        return join(member, group)
    verdict = open_to_all(group)
    return active_for(member, group) if verdict else verdict


def ask(member: Viewer, group: Group) -> Verdict:
    """Whether this person may ask the animators to let them in: on demand, or to come back where entry is free."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour demander à entrer.")
    if belongs(member, group):
        return ALLOWED
    if not act_outside_sandbox(member):
        return act_outside_sandbox(member)
    if group.joining == "invitation" or (group.joining == "libre" and not standing_in(member, group).removed):
        return open_to_all(group)
    return active_for(member, group)


def enter_invited(member: Viewer, group: Group, inviter: Viewer) -> Verdict:
    """Whether somebody's invitation lets this person in: whoever was removed comes back by an animator's alone."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    if belongs(member, group):
        return ALLOWED
    if standing_in(member, group).removed and not animates(inviter, group):
        return refused(f"{REMOVED} Seule l’invitation d’un·e animateur·rice permet d’y revenir.")
    return active_for(member, group)


def invite(member: Viewer, group: Group) -> Verdict:
    """Whether this person may invite others. Into the sandbox everybody invites themself."""
    if group.sandbox:
        return refused("Au bac à sable, chacun·e entre par la page d’essai.")
    return as_member(member, group, group.members_invite, "Dans ce groupe, les animateur·rices invitent.")


def withdraw_invitation(member: Viewer, group: Group, invitation: Invitation) -> Verdict:
    """Whether this person may take an invitation back: whoever made it, and the animators."""
    if animates(member, group) or (belongs(member, group) and invitation.inviter_id == member.id):
        return ALLOWED
    return refused("Seule la personne qui invite et les animateur·rices peuvent retirer une invitation.")


def admit(member: Viewer, group: Group) -> Verdict:
    """Whether this person answers those who ask to enter."""
    return animate(member, group, "Les demandes d’entrée sont lues par les animateur·rices du groupe.")


def remove(member: Viewer, group: Group, whom: Account) -> Verdict:
    """Whether this person may remove `whom` from the group: animators, but neither themselves nor one another."""
    verdict = animate(member, group, "Seul·es les animateur·rices retirent quelqu’un du groupe.")
    if not verdict:
        return verdict
    if whom.id == member.id:
        return refused("Pour partir vous-même, quittez le groupe.")
    if animates(whom, group):
        return refused("On ne retire pas un·e animateur·rice : ce rôle se quitte d’abord.")
    return ALLOWED


def place_below(member: Viewer, parent: Group) -> Verdict:
    """Whether this person may place a group they animate below this one: it accepts others, or they animate it too."""
    if parent.accepts_children or animates(member, parent):
        return ALLOWED
    return refused("Ce groupe n’accepte pas d’autres groupes sous lui : ses animateur·rices peuvent le permettre.")


def follow(member: Viewer, group: Group) -> Verdict:
    """Whether this person may follow the group without belonging to it: an open one, which they may read anyway."""
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour suivre un groupe.")
    if group.visibility != "ouvert":
        return refused("Seul un groupe ouvert se suit sans en être membre.")
    return act_outside_sandbox(member)


def leave(member: Viewer, group: Group) -> Verdict:
    """Whether this person may leave; having left already is no fault."""
    return sign_in_first() if member.is_guest else ALLOWED
