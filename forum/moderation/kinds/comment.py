"""A comment in a discussion."""

from forum.database.clock import now
from forum.discussions.models import Comment
from forum.discussions.queries import comment_for
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import TEXT, put, take, text_of


def _read(row: Comment) -> Subject:
    place = row.id, row.key, row.discussion.group, row.author_id
    return Subject(COMMENT, *place, "", row.body_html, f"/c/{row.key}", bool(row.hidden_at))


def _hide(row_id: int, notice: str) -> Kept:
    kept = take(Comment, row_id, TEXT)
    put(Comment, row_id, text_of(notice), hidden_at=now())
    return kept


def _restore(row_id: int, kept: Kept) -> None:
    put(Comment, row_id, kept, hidden_at=None)


def _indexed(subject: Subject) -> dict[str, int]:
    """It is found with its discussion."""
    return {"discussion": Comment.get_by_id(subject.id).discussion_id}


COMMENT = Kind(
    name="comment",
    noun="message",
    this="ce message",
    a="un message",
    of_a="d’un message",
    a_hidden="un message masqué",
    this_is_hidden="ce message a été masqué",
    yours_is_hidden="votre message est masqué",
    desk="group",
    model=Comment,
    find=comment_for,
    read=_read,
    hide=_hide,
    restore=_restore,
    indexed=_indexed,
)
