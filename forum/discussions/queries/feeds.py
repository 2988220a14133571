"""Discussions as what one subscribes to shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from forum.discussions.models import Discussion


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


def _entry(discussion: Discussion) -> DiscussionEntry:
    changes = (discussion.last_activity_at, discussion.edited_at, discussion.hidden_at)
    return DiscussionEntry(
        title=discussion.title,
        key_address=f"/d/{discussion.key}",
        address=discussion.address,
        author=discussion.author.username,
        published=discussion.created_at,
        updated=max(filter(None, changes)),
        html=discussion.body_html,
    )
