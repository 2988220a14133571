"""Who may read a discussion, and do what in it."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.database.tables import HasId
from forum.discussions.models import PUBLISHED, Comment, Discussion
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.text import dates

# So many discussions of a group stand above the others.
MOST_PINNED = 3


def readable_by(member: HasId) -> Expression:
    """The discussions this person may read, in the groups whose content they may; the query joins the group.

    One that waits for the animators, or that they declined, is read by its author and by them alone.
    """
    return groups.content_readable_by(member) & _shown_to(member)


def readable_alone(member: HasId) -> Expression:
    """As `readable_by`, where there are thousands to count: their groups are not joined."""
    return Discussion.group.not_in(groups.content_unreadable_by(member)) & _shown_to(member)


def _shown_to(member: HasId) -> Expression:
    mine = (Discussion.author == member.id) | groups.animated_by(member, Discussion.group)
    return (Discussion.state == PUBLISHED) | mine


def open(member: Viewer, group: Group) -> Verdict:
    """Whether this person may open a discussion in this group."""
    return groups.discuss(member, group)


def comment(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may answer in this discussion; once it is closed nobody may, whoever they are."""
    if discussion.closed_at:
        return _closed(discussion)
    verdict = groups.comment(member, discussion.group)
    return _public(discussion) if verdict else verdict


def answer_joining(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may answer, becoming a member of its group by it where they are none."""
    if discussion.closed_at or groups.belongs(member, discussion.group):
        return comment(member, discussion)
    verdict = groups.enter_writing(member, discussion.group)
    return _public(discussion) if verdict else verdict


def propose(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may put a proposal to the vote from this discussion, whose words are there to be read."""
    if discussion.hidden_at:
        return refused("Ce texte est masqué ou supprimé.")
    verdict = groups.propose(member, discussion.group)
    return _public(discussion) if verdict else verdict


def approve(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may publish or decline a discussion that waits."""
    return groups.approve(member, discussion.group)


def care(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may pin, close, reopen or split it: whoever animates its group, while one writes there."""
    if not groups.animates(member, discussion.group):
        return refused(
            "Épingler, clore, déplacer ou séparer\u00a0: ces gestes reviennent aux animateur·rices du groupe."
        )
    if discussion.state != PUBLISHED:
        return refused("Cette discussion n’est pas publiée\u00a0: publiez-la d’abord.")
    return groups.comment(member, discussion.group)


def pin(member: Viewer, discussion: Discussion, pinned: int) -> Verdict:
    """Whether this person may pin this discussion, where so many of its group are pinned already."""
    if pinned >= MOST_PINNED:
        return refused("Trois discussions sont déjà épinglées dans ce groupe\u00a0: détachez-en une d’abord.")
    return care(member, discussion)


def remember_reading(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether it is kept how far this person has read: for members of the group, who come back, and nobody else."""
    return ALLOWED if groups.belongs(member, discussion.group) else refused(groups.MEMBERS_ONLY)


def edit(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may change what opens the discussion: its author, while a member of a living group."""
    return _own(member, discussion, discussion)


def edit_comment(member: Viewer, comment: Comment) -> Verdict:
    """Whether this person may change this comment: its author, while a member of a living group."""
    return _own(member, comment, comment.discussion)


def delete(member: Viewer, text: Discussion | Comment) -> Verdict:
    """Whether this person may take this text back: its author, even where nothing is written any more; what is hidden
    waits for those who judge it."""
    if member.is_guest:
        return sign_in_first()
    if text.author_id != member.id:
        return refused("Seule la personne qui a écrit un texte peut le supprimer.")
    return refused("Ce texte est déjà masqué ou supprimé.") if text.hidden_at else ALLOWED


def _public(discussion: Discussion) -> Verdict:
    if discussion.state == PUBLISHED:
        return ALLOWED
    return refused("Cette discussion n’est pas publiée : on y répondra quand elle le sera.")


def _closed(discussion: Discussion) -> Verdict:
    why = f"\u00a0: {discussion.closed_for}" if discussion.closed_for else "."
    return refused(f"Cette discussion est close depuis {dates.day(discussion.closed_at)}{why}")


def _own(member: Viewer, text: Discussion | Comment, discussion: Discussion) -> Verdict:
    if member.is_guest:
        return sign_in_first()
    if text.author_id != member.id:
        return refused("Seule la personne qui a écrit un texte peut le modifier.")
    if text.hidden_at:
        return refused("Ce texte est masqué : il ne se modifie pas, mais vous pouvez contester la décision.")
    return _closed(discussion) if discussion.closed_at else groups.comment(member, discussion.group)


def read_of(discussion: Discussion) -> dict[str, str]:
    """What an animator goes by who publishes a discussion or declines it."""
    return {"title": discussion.title, "body": discussion.body}
