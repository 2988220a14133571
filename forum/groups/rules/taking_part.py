"""Who sees whom, and who speaks and votes."""

from forum.accounts.models import Viewer
from forum.errors import ALLOWED, Verdict, refused
from forum.groups.models import Group
from forum.groups.rules.standing import animate, animates, as_member, belongs, is_new

# Below so many members, to know how many is to know who: strangers are told "moins de 5".
FEW = 5


def see_members(member: Viewer, group: Group) -> Verdict:
    """Whether this person may see who belongs: members only, and only where the group lets them."""
    if animates(member, group) or (belongs(member, group) and group.members_see_members):
        return ALLOWED
    return refused("La liste des membres n’est visible que par les membres du groupe.")


def see_count(member: Viewer, group: Group) -> Verdict:
    """Whether this person may know exactly how many belong: members, and everybody from FEW up."""
    if group.members_count >= FEW or belongs(member, group):
        return ALLOWED
    return refused("Le nombre exact de membres d’un petit groupe n’est connu que d’eux.")


def discuss(member: Viewer, group: Group) -> Verdict:
    """Whether this person may open a discussion."""
    return as_member(
        member, group, group.members_discuss, "Dans ce groupe, les animateur·rices ouvrent les discussions."
    )


def comment(member: Viewer, group: Group) -> Verdict:
    """Whether this person may answer in a discussion."""
    return as_member(member, group, True, "")


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote."""
    return as_member(
        member, group, group.members_propose, "Dans ce groupe, les animateur·rices mettent les propositions au vote."
    )


def vote(member: Viewer, group: Group) -> Verdict:
    """Whether this person has a voice in this group."""
    return as_member(member, group, True, "")


def approve(member: Viewer, group: Group) -> Verdict:
    """Whether this person lets discussions through, where animators read them first."""
    return animate(member, group, "Les discussions en attente sont lues par les animateur·rices du groupe.")


def opens_after_approval(member: Viewer, group: Group) -> bool:
    """Whether a discussion of this person waits for the animators before the group sees it."""
    return group.approve_discussions and not animates(member, group)


def writes_links(member: Viewer, group: Group) -> bool:
    """Whether addresses in this person's texts become links: not while they are new, where the group holds them back.

    They stay readable as text; the text becomes links when it is edited after that time.
    """
    return not is_new(member, group, group.links_held_days)
