"""A discussion: its title, its first text and its tags."""

from forum.database.clock import now
from forum.discussions.models import Discussion, DiscussionTag
from forum.discussions.queries import discussion_for
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import TEXT, TITLE, forget_title, put, put_tags, take, take_tags, text_of


def _read(row: Discussion) -> Subject:
    place = row.id, row.key, row.group, row.author_id
    return Subject(DISCUSSION, *place, row.title, row.body_html, row.address, bool(row.hidden_at))


def _hide(row_id: int, notice: str) -> Kept:
    kept = take(Discussion, row_id, ("title", *TEXT)) | {"tags": take_tags(DiscussionTag, "discussion", row_id)}
    put(Discussion, row_id, text_of(notice), title=TITLE, hidden_at=now())
    return kept


def _restore(row_id: int, kept: Kept) -> None:
    put_tags(DiscussionTag, "discussion", row_id, kept.pop("tags"))
    put(Discussion, row_id, kept, hidden_at=None)


DISCUSSION = Kind(
    name="discussion",
    noun="discussion",
    this="cette discussion",
    a="une discussion",
    of_a="d’une discussion",
    a_hidden="une discussion masquée",
    this_is_hidden="cette discussion a été masquée",
    yours_is_hidden="votre discussion est masquée",
    desk="group",
    model=Discussion,
    find=discussion_for,
    read=_read,
    hide=_hide,
    restore=_restore,
    forget=forget_title,
    indexed=lambda subject: {},
)
