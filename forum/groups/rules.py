"""Who may see a group, and do what in it. Written once: pages, feeds and actions ask here."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import Expression, Value

from forum import dates
from forum.accounts.models import Account, Viewer
from forum.accounts.rules import last
from forum.db import milliseconds, now, tuples
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import Group, Invitation, Membership, Merge, Removal, Request, Succession, Suspension
from forum.prepared import Prepared

MEMBERS_ONLY = "Il faut être membre du groupe. On y entre en un geste : « Rejoindre »."
REMOVED = "Vous n’êtes plus membre de ce groupe : ses animateur·rices vous en ont retiré·e."
# What is remembered of who stands at the door: the states of a request, and this.
OUT = "removed"
# How long a removal closes the free door: beyond, one enters as anybody.
REMOVAL = timedelta(days=365)
# How long a merger can be undone.
MERGE_GRACE = timedelta(days=30)
# Below so many members, to know how many is to know who: strangers are told "moins de 5".
FEW = 5


def readable_by(member: Viewer) -> Expression:
    """The groups whose page this person may open: all but the deleted, and the secret and the hidden ones of others."""
    shown = (Group.visibility != "secret") & Group.hidden_at.is_null()
    return Group.deleted_at.is_null() & (shown | Group.id.in_(_own(member)))


def content_readable_by(member: Viewer) -> Expression:
    """The groups whose discussions and proposals this person may read: the open ones, if not hidden, and their own."""
    shown = (Group.visibility == "ouvert") & Group.hidden_at.is_null()
    return Group.deleted_at.is_null() & (shown | Group.id.in_(_own(member)))


def animated_by(member: Viewer) -> Expression:
    """The groups this person animates."""
    return Group.id.in_(_own(member).where(Membership.role == "animator"))


def _own(member: Viewer):
    return Membership.select(Membership.group).where(Membership.member == member.id)


def role_in(member: Viewer, group: Group) -> str:
    """'' for who does not belong, 'member' or 'animator'. Read with the group for its viewer, else asked once."""
    if getattr(group, "viewer_id", None) != member.id:
        found = _role.rows(group.id, member.id)
        group.viewer_id, group.viewer_role = member.id, found[0][0] if found else None
    return group.viewer_role or ""


def standing(member: Viewer, group: Group) -> frozenset[str]:
    """How this person stands at the door of a group they are not in: the state of their request, OUT if removed."""
    if getattr(group, "standing_of", None) != member.id:
        read_standings(member, [group])
    return group.standing


def read_standings(member: Viewer, groups: Iterable[Group]) -> None:
    """Note on each of these groups how this person stands at its door (one query for all of them)."""
    rows = {group.id: group for group in groups}
    asked: Any = Request.select(Request.group, Request.state).where(
        Request.member == member.id, Request.group.in_(list(rows))
    )
    gone = Removal.select(Removal.group, Value(OUT)).where(
        Removal.member == member.id, Removal.group.in_(list(rows)), Removal.created_at > now() - REMOVAL
    )
    found: dict[int, set[str]] = {group_id: set() for group_id in rows}
    for group_id, state in tuples(asked.union_all(gone)) if rows and not member.is_guest else ():
        found[group_id].add(state)
    for group_id, group in rows.items():
        group.standing_of, group.standing = member.id, frozenset(found[group_id])


def read_content(member: Viewer, group: Group) -> Verdict:
    """Whether this person may read what is said in a group whose page they see."""
    if (group.visibility == "ouvert" and not group.hidden_at) or role_in(member, group):
        return ALLOWED
    return refused("Ce qui se dit dans ce groupe est réservé à ses membres.")


def join(member: Viewer, group: Group) -> Verdict:
    """Whether this person may become a member by themselves, at once."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    if role_in(member, group):
        return ALLOWED
    if group.joining == "libre" and OUT in standing(member, group):
        return refused(f"{REMOVED} Vous pouvez leur demander d’y revenir.")
    verdict = _open_to_all(group)
    return _living(member, group) if verdict else verdict


def ask(member: Viewer, group: Group) -> Verdict:
    """Whether this person may ask the animators to let them in: on demand, or to come back where entry is free."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour demander à entrer.")
    if role_in(member, group):
        return ALLOWED
    if not last(member):
        return last(member)
    if group.joining == "invitation" or (group.joining == "libre" and OUT not in standing(member, group)):
        return _open_to_all(group)
    return _living(member, group)


def enter_invited(member: Viewer, group: Group, inviter: Viewer) -> Verdict:
    """Whether somebody's invitation lets this person in: who was removed comes back by an animator's alone."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    if role_in(member, group):
        return ALLOWED
    if OUT in standing(member, group) and role_in_anew(inviter, group) != "animator":
        return refused(f"{REMOVED} Seule l’invitation d’un·e animateur·rice permet d’y revenir.")
    return _living(member, group)


def invite(member: Viewer, group: Group) -> Verdict:
    """Whether this person may invite others. Into the sandbox everybody invites themself."""
    if group.sandbox:
        return refused("Au bac à sable, chacun·e entre par la page d’essai.")
    return _as_member(member, group, group.members_invite, "Dans ce groupe, les animateur·rices invitent.")


def withdraw_invitation(member: Viewer, group: Group, invitation: Invitation) -> Verdict:
    """Whether this person may take an invitation back: who made it, and the animators."""
    if role_in(member, group) and (invitation.inviter_id == member.id or role_in(member, group) == "animator"):
        return ALLOWED
    return refused("Seule la personne qui invite et les animateur·rices peuvent retirer une invitation.")


def admit(member: Viewer, group: Group) -> Verdict:
    """Whether this person answers those who ask to enter."""
    return _animate(member, group, "Les demandes d’entrée sont lues par les animateur·rices du groupe.")


def remove(member: Viewer, group: Group, whom: Account) -> Verdict:
    """Whether this person may remove `whom` from the group: animators, but neither themselves nor one another."""
    verdict = _animate(member, group, "Seul·es les animateur·rices retirent quelqu’un du groupe.")
    if not verdict:
        return verdict
    if whom.id == member.id:
        return refused("Pour partir vous-même, quittez le groupe.")
    if role_in_anew(whom, group) == "animator":
        return refused("On ne retire pas un·e animateur·rice : ce rôle se quitte d’abord.")
    return ALLOWED


def receive(member: Viewer, parent: Group) -> Verdict:
    """Whether this person may place a group they animate below this one: it accepts others, or they animate it too."""
    if parent.accepts_children or role_in(member, parent) == "animator":
        return ALLOWED
    return refused("Ce groupe n’accepte pas d’autres groupes sous lui : ses animateur·rices peuvent le permettre.")


def follow(member: Viewer, group: Group) -> Verdict:
    """Whether this person may follow the group without belonging to it: an open one, which they may read anyway."""
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour suivre un groupe.")
    if group.visibility != "ouvert":
        return refused("Seul un groupe ouvert se suit sans en être membre.")
    return last(member)


def leave(member: Viewer, group: Group) -> Verdict:
    """Whether this person may leave; having left already is no fault."""
    return sign_in_first() if member.is_guest else ALLOWED


def see_members(member: Viewer, group: Group) -> Verdict:
    """Whether this person may see who belongs: members only, and only where the group lets them."""
    if role_in(member, group) == "animator" or (role_in(member, group) and group.members_see_members):
        return ALLOWED
    return refused("La liste des membres n’est visible que par les membres du groupe.")


def see_count(member: Viewer, group: Group) -> Verdict:
    """Whether this person may know exactly how many belong: members, and everybody from FEW up."""
    if group.members_count >= FEW or role_in(member, group):
        return ALLOWED
    return refused("Le nombre exact de membres d’un petit groupe n’est connu que d’eux.")


def discuss(member: Viewer, group: Group) -> Verdict:
    """Whether this person may open a discussion."""
    return _as_member(
        member, group, group.members_discuss, "Dans ce groupe, les animateur·rices ouvrent les discussions."
    )


def comment(member: Viewer, group: Group) -> Verdict:
    """Whether this person may answer in a discussion."""
    return _as_member(member, group, True, "")


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote."""
    return _as_member(
        member, group, group.members_propose, "Dans ce groupe, les animateur·rices mettent les propositions au vote."
    )


def vote(member: Viewer, group: Group) -> Verdict:
    """Whether this person has a voice in this group."""
    return _as_member(member, group, True, "")


def approve(member: Viewer, group: Group) -> Verdict:
    """Whether this person lets discussions through, where animators read them first."""
    return _animate(member, group, "Les discussions en attente sont lues par les animateur·rices du groupe.")


def opens_after_approval(member: Viewer, group: Group) -> bool:
    """Whether a discussion of this person waits for the animators before the group sees it."""
    return group.approve_discussions and role_in(member, group) != "animator"


def writes_links(member: Viewer, group: Group) -> bool:
    """Whether addresses in this person's texts become links: not while they are new, where the group holds them back.

    They stay readable as text; the text becomes links when it is edited after that time.
    """
    return not _is_new(member, group, group.links_held_days)


def edit(member: Viewer, group: Group) -> Verdict:
    """Whether this person may change the group's settings."""
    return _animate(member, group, "Les réglages du groupe sont réservés à ses animateur·rices.")


def belong(member: Viewer, group: Group) -> Verdict:
    """Whether this person sees and does what is for members alone."""
    return ALLOWED if role_in(member, group) else _outside(member, group)


def succeed(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may take a group without animator: whom it is offered to, or anybody when all were asked."""
    if not role_in(member, group):
        return _outside(member, group)
    if succession is None:
        return refused("Ce groupe a déjà quelqu’un pour l’animer.")
    if succession.candidate_id in (member.id, None):
        return ALLOWED
    return refused("La place est proposée à une autre personne.")


def object_to(member: Viewer, group: Group, succession: Succession | None) -> Verdict:
    """Whether this person may object to who accepted to animate: the other members, until they do."""
    if not role_in(member, group):
        return _outside(member, group)
    if succession is None or not succession.accepted or succession.candidate_id == member.id:
        return refused("Il n’y a rien à objecter en ce moment.")
    return ALLOWED


def end(member: Viewer, group: Group) -> Verdict:
    """Whether this person may archive, reopen or delete the group."""
    return edit(member, group)


def restore(member: Viewer, group: Group) -> Verdict:
    """Whether this person may bring a deleted group back: its animators, unless it was poured into another."""
    if Merge.select().where(Merge.source == group.id, Merge.undone_at.is_null()).exists():
        return refused("Ce groupe a été réuni à un autre : c’est cette réunion qu’il faut défaire.")
    return edit(member, group)


def merge(member: Viewer, group: Group, target: Group) -> Verdict:
    """Whether this person may pour a group into another: who animates both, and where nobody reads more than before."""
    verdict = edit(member, group) and edit(member, target)
    if not verdict:
        return refused("Réunir deux groupes se fait par qui anime les deux.")
    if group.visibility != target.visibility:
        return refused(
            "On ne réunit que des groupes lisibles par les mêmes personnes : donnez-leur d’abord le même accès."
        )
    return _living(member, target)


def unmerge(member: Viewer, target: Group, row: Merge) -> Verdict:
    """Whether this person may make two groups again: an animator, for so long after they became one."""
    if row.created_at < now() - MERGE_GRACE:
        return refused("Trente jours ont passé : cette réunion ne se défait plus.")
    return edit(member, target)


def found(member: Viewer) -> Verdict:
    """Whether this person may found a group."""
    return sign_in_first("Connectez-vous ou créez un compte pour créer un groupe.") if member.is_guest else last(member)


def _as_member(member: Viewer, group: Group, opened: bool, why_closed: str) -> Verdict:
    if member.is_guest:
        return sign_in_first("Rejoignez le groupe pour y prendre part.")
    if not group.sandbox and not last(member):
        return last(member)
    if not role_in(member, group):
        return _outside(member, group)
    if not opened and role_in(member, group) != "animator":
        return refused(why_closed)
    if _is_new(member, group, group.newcomers_read_days):
        day = dates.day(joined_at(member, group) + timedelta(days=group.newcomers_read_days))
        return refused(f"Ici, les nouveaux membres lisent d’abord : vous prendrez part à la vie du groupe dès {day}.")
    return _living(member, group) and free(member, group)


def free(member: Viewer, group: Group) -> Verdict:
    """Whether this person, who belongs to the group, is not suspended from it: who is reads, and does nothing else."""
    until = _suspended_until(member, group)
    if until is None or until < now():
        return ALLOWED
    return refused(f"Vous êtes suspendu·e de ce groupe {dates.up_to(until)}. D’ici là, vous lisez sans écrire.")


def _suspended_until(member: Viewer, group: Group) -> datetime | None:
    """When their suspension ends, or ended. Read with the group for its viewer, else asked once."""
    if getattr(group, "freed_id", None) != member.id:
        found = _suspensions.rows(group.id, member.id, milliseconds(now()))
        group.freed_id, group.suspended_until = member.id, found[0].until if found else None
    return group.suspended_until


def _outside(member: Viewer, group: Group) -> Verdict:
    """Why who is not a member may not act, by the door that is theirs."""
    if OUT in standing(member, group):
        return refused(REMOVED)
    if group.joining == "libre":
        return refused(MEMBERS_ONLY)
    return refused(f"Il faut être membre du groupe. {_open_to_all(group).reason}")


def _animate(member: Viewer, group: Group, why_not: str) -> Verdict:
    return free(member, group) if role_in(member, group) == "animator" else refused(why_not)


def role_in_anew(person: Viewer, group: Group) -> str:
    """The role of somebody who is not the one looking, asked of the database."""
    row = Membership.get_or_none(Membership.group == group.id, Membership.member == person.id)
    return row.role if row else ""


def joined_at(member: Viewer, group: Group) -> datetime:
    """Since when a member belongs to the group."""
    return Membership.get(Membership.group == group.id, Membership.member == member.id).created_at


def _is_new(member: Viewer, group: Group, days: int) -> bool:
    """Whether this person became a member less than so many days ago; animators are never new."""
    return days > 0 and role_in(member, group) == "member" and joined_at(member, group) > now() - timedelta(days=days)


def _open_to_all(group: Group) -> Verdict:
    if group.joining == "libre":
        return ALLOWED
    if group.joining == "demande":
        return refused("On y entre sur demande à ses animateur·rices.")
    return refused("On y entre sur invitation.")


def _living(member: Viewer, group: Group) -> Verdict:
    if not group.sandbox and not last(member):
        return last(member)
    if group.hidden_at:
        return refused("Ce groupe est masqué par la modération du site : ses membres peuvent le lire, plus y écrire.")
    return refused("Ce groupe est archivé : on peut le lire, plus y prendre part.") if group.archived_at else ALLOWED


_role = Prepared(
    lambda group_id, member_id: (
        Membership.select(Membership.role).where(Membership.group == group_id, Membership.member == member_id).tuples()
    )
)
_suspensions = Prepared(
    lambda group_id, member_id, at: Suspension.select(Suspension.until).where(
        Suspension.group == group_id, Suspension.member == member_id, Suspension.until > at
    )
)
