"""Who may see a group, and do what in it. Written once: pages, feeds and actions ask here."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups.models import Group, Invitation, Membership
from forum.prepared import Prepared

MEMBERS_ONLY = "Il faut être membre du groupe. On y entre en un geste : « Rejoindre »."


def readable_by(member: Viewer) -> Expression:
    """The groups whose page this person may open: all but the secret ones of others."""
    return (Group.visibility != "secret") | Group.id.in_(_own(member))


def content_readable_by(member: Viewer) -> Expression:
    """The groups whose discussions and proposals this person may read: the open ones and their own."""
    return (Group.visibility == "ouvert") | Group.id.in_(_own(member))


def _own(member: Viewer):
    return Membership.select(Membership.group).where(Membership.member == member.id)


def role_in(member: Viewer, group: Group) -> str:
    """'' for who does not belong, 'member' or 'animator'. Read with the group for its viewer, else asked once."""
    if getattr(group, "viewer_id", None) != member.id:
        found = _role.rows(group.id, member.id)
        group.viewer_id, group.viewer_role = member.id, found[0][0] if found else None
    return group.viewer_role or ""


def read_content(member: Viewer, group: Group) -> Verdict:
    """Whether this person may read what is said in a group whose page they see."""
    if group.visibility == "ouvert" or role_in(member, group):
        return ALLOWED
    return refused("Ce qui se dit dans ce groupe est réservé à ses membres.")


def join(member: Viewer, group: Group) -> Verdict:
    """Whether this person may become a member by themselves."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    if role_in(member, group):
        return ALLOWED
    verdict = _open_to_all(group)
    return _living(group) if verdict else verdict


def enter_invited(member: Viewer, group: Group, inviter: Viewer) -> Verdict:
    """Whether somebody's invitation lets this person in: who was removed comes back by an animator's alone."""
    if member.is_guest:
        return sign_in_first("Un pseudonyme et un mot de passe suffisent pour rejoindre ce groupe.")
    return ALLOWED if role_in(member, group) else _living(group)


def invite(member: Viewer, group: Group) -> Verdict:
    """Whether this person may invite others."""
    return _as_member(member, group, group.members_invite, "Dans ce groupe, les animateur·rices invitent.")


def withdraw_invitation(member: Viewer, group: Group, invitation: Invitation) -> Verdict:
    """Whether this person may take an invitation back: who made it, and the animators."""
    if role_in(member, group) and (invitation.inviter_id == member.id or role_in(member, group) == "animator"):
        return ALLOWED
    return refused("Seule la personne qui invite et les animateur·rices peuvent retirer une invitation.")


def leave(member: Viewer, group: Group) -> Verdict:
    """Whether this person may leave; having left already is no fault."""
    return sign_in_first() if member.is_guest else ALLOWED


def see_members(member: Viewer, group: Group) -> Verdict:
    """Whether this person may see who belongs: members only, and only where the group lets them."""
    if role_in(member, group) == "animator" or (role_in(member, group) and group.members_see_members):
        return ALLOWED
    return refused("La liste des membres n’est visible que par les membres du groupe.")


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


def edit(member: Viewer, group: Group) -> Verdict:
    """Whether this person may change the group's settings."""
    if role_in(member, group) == "animator":
        return ALLOWED
    return refused("Les réglages du groupe sont réservés à ses animateur·rices.")


def found(member: Viewer) -> Verdict:
    """Whether this person may found a group."""
    return sign_in_first("Connectez-vous ou créez un compte pour créer un groupe.") if member.is_guest else ALLOWED


def _as_member(member: Viewer, group: Group, opened: bool, why_closed: str) -> Verdict:
    if member.is_guest:
        return sign_in_first("Rejoignez le groupe pour y prendre part.")
    if not role_in(member, group):
        return refused(MEMBERS_ONLY)
    if not opened and role_in(member, group) != "animator":
        return refused(why_closed)
    return _living(group)


def _open_to_all(group: Group) -> Verdict:
    if group.joining == "libre":
        return ALLOWED
    return refused("On entre dans ce groupe sur invitation ou sur demande à ses animateur·rices.")


def _living(group: Group) -> Verdict:
    return refused("Ce groupe est archivé : on peut le lire, plus y prendre part.") if group.archived_at else ALLOWED


_role = Prepared(
    lambda group_id, member_id: (
        Membership.select(Membership.role).where(Membership.group == group_id, Membership.member == member_id).tuples()
    )
)
