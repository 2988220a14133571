"""Discussions as what one subscribes to shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from forum.discussions.models import Comment, Discussion


class DiscussionEntry(NamedTuple):
    """A discussion in a feed (RFC 4287): `key_address` stays when the title changes, `address` is where it is read."""

    title: str
    key_address: str
    address: str
    author: str
    published: datetime
    updated: datetime
    html: str


def feed_of(discussions: Sequence[Discussion], since: datetime) -> tuple[datetime, list[DiscussionEntry]]:
    """When a feed of these discussions last changed, `since` while there are none, and its entries in their order."""
    entries = [_entry(each) for each in discussions]
    return max((entry.updated for entry in entries), default=since), entries


def feed_of_comments(discussion: Discussion, comments: Sequence[Comment]) -> tuple[datetime, list[DiscussionEntry]]:
    """The same of one discussion: its text, and these comments above it, the newest first."""
    entries = [*map(_comment_entry, comments), _entry(discussion)]
    return max(entry.updated for entry in entries), entries


def _entry(discussion: Discussion) -> DiscussionEntry:
    moments = discussion.last_activity_at, discussion.edited_at, discussion.hidden_at
    return DiscussionEntry(
        title=discussion.title,
        key_address=f"/d/{discussion.key}",
        address=discussion.address,
        author=discussion.author.username,
        published=discussion.created_at,
        updated=max(filter(None, moments)),
        html=discussion.body_html,
    )


def _comment_entry(comment: Comment) -> DiscussionEntry:
    author = comment.author.username
    return DiscussionEntry(
        title=f"Réponse de {author}",
        key_address=f"/c/{comment.key}",
        address=f"/c/{comment.key}",
        author=author,
        published=comment.created_at,
        updated=max(filter(None, (comment.created_at, comment.edited_at, comment.hidden_at))),
        html=comment.body_html,
    )
