"""Taking back what one wrote: a stone is left where others answered, and nothing where nobody did."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions import queries, rules
from forum.discussions.models import Comment, Discussion, DiscussionTag, Revision
from forum.tasks import journal
from forum.text import markdown

GONE = "*Supprimé par la personne qui l’avait écrit.*"
TITLE = "Discussion supprimée"


def delete_comment(member: Viewer, comment: Comment) -> None:
    """Take a comment back, with its earlier versions. Raises Refused."""
    rules.delete(member, comment).require()
    with transaction():
        discussion = queries.lock(comment.discussion)
        Revision.delete().where(Revision.comment == comment.id).execute()
        if Comment.select().where(Comment.parent == comment.id).exists():
            _leave_stone(Comment, comment.id)
        elif Comment.delete().where(Comment.id == comment.id).execute():
            fewer = {"comments_count": Discussion.comments_count - 1}
            Discussion.update(fewer).where(Discussion.id == discussion.id).execute()
        subject, group = ("comment", comment.id), discussion.group
        journal.record("comment.deleted", actor=member, group=group, subject=subject, discussion=discussion.id)


def delete(member: Viewer, discussion: Discussion) -> None:
    """Take back what opens a discussion, title, tags and earlier versions too. Raises Refused.

    Answered, it stays for its answers, at the same address; a proposal born in it stays in any case.
    """
    rules.delete(member, discussion).require()
    with transaction():
        before = queries.lock(discussion)
        Revision.delete().where(Revision.discussion == before.id).execute()
        DiscussionTag.delete().where(DiscussionTag.discussion == before.id).execute()
        if before.comments_count:
            _leave_stone(Discussion, before.id, title=TITLE)
        else:
            Discussion.delete().where(Discussion.id == before.id).execute()
        journal.record("discussion.deleted", actor=member, group=before.group, subject=("discussion", before.id))


def _leave_stone(model: type[Discussion] | type[Comment], row_id: int, **words: str) -> None:
    """From `hidden_at` on nobody edits it, and no search finds it."""
    stone = {"body": GONE, "body_html": markdown.render(GONE), "renderer": markdown.RENDERER, "edited_at": None}
    model.update(stone | words | {"hidden_at": now()}).where(model.id == row_id).execute()
