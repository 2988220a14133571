"""Who may read a discussion, and do what in it."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.discussions.models import PUBLISHED, Comment, Discussion
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group


def readable_by(member: Viewer) -> Expression:
    """The discussions this person may read, in the groups whose content they may; the query joins the group.

    One that waits for the animators, or that they declined, is read by its author and by them alone.
    """
    seen = (Discussion.state == PUBLISHED) | (Discussion.author == member.id) | groups.animated_by(member)
    return groups.content_readable_by(member) & seen


def open(member: Viewer, group: Group) -> Verdict:
    """Whether this person may open a discussion in this group."""
    return groups.discuss(member, group)


def comment(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may answer in this discussion."""
    verdict = groups.comment(member, discussion.group)
    return _public(discussion) if verdict else verdict


def propose(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may put a proposal to the vote from this discussion."""
    verdict = groups.propose(member, discussion.group)
    return _public(discussion) if verdict else verdict


def approve(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may publish or decline a discussion that waits."""
    return groups.approve(member, discussion.group)


def remember_reading(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether it is kept how far this person has read: for members of the group, who come back, and nobody else."""
    return ALLOWED if groups.role_in(member, discussion.group) else refused(groups.MEMBERS_ONLY)


def edit(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may change what opens the discussion: its author, while a member of a living group."""
    return _own(member, discussion, discussion.group)


def edit_comment(member: Viewer, comment: Comment) -> Verdict:
    """Whether this person may change this comment: its author, while a member of a living group."""
    return _own(member, comment, comment.discussion.group)


def _public(discussion: Discussion) -> Verdict:
    if discussion.state == PUBLISHED:
        return ALLOWED
    return refused("Cette discussion n’est pas publiée : on y répondra quand elle le sera.")


def _own(member: Viewer, text: Discussion | Comment, group: Group) -> Verdict:
    if member.is_guest:
        return sign_in_first()
    if text.author_id != member.id:
        return refused("Seule la personne qui a écrit un texte peut le modifier.")
    if text.hidden_at:
        return refused("Ce texte est masqué : il ne se modifie pas, mais vous pouvez contester la décision.")
    return groups.comment(member, group)
