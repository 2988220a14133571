"""What the page of a discussion shows, as plain values: two with the same show the same."""

from datetime import datetime
from typing import Any, NamedTuple

from forum.discussions.models import Comment, Discussion
from forum.groups.hues import Hue


class Author(NamedTuple):
    username: str


class GroupShown(NamedTuple):
    handle: str
    hue: Hue | None
    visibility: str


class Answered(NamedTuple):
    """A comment whose answers the page goes on with."""

    key: str
    author: Author


class Opening(NamedTuple):
    """All that the page of a discussion shows of it."""

    key: str
    title: str
    address: str
    body_html: str
    state: str
    word: str
    comments_count: int
    created_at: datetime
    edited_at: datetime | None
    pinned_at: datetime | None
    closed_at: datetime | None
    author: Author
    group: GroupShown


class Typed(NamedTuple):
    """Nothing yet."""

    body: str = ""


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of the page for somebody who has typed nothing in it, equal to those of whoever is shown the same."""
    discussion, continued = facts["discussion"], facts["continued"]
    return facts | {
        "group": group_of(discussion),
        "discussion": opening_of(discussion),
        "continued": answered_of(continued) if continued else None,
        "tags": tuple(facts["tags"]),
        "typed": Typed(),
        "errors": (),
    }


def opening_of(discussion: Discussion) -> Opening:
    values = discussion.__data__ | {
        "address": discussion.address,
        "author": Author(discussion.author.username),
        "group": group_of(discussion),
    }
    return Opening(*(values[name] for name in Opening._fields))


def group_of(discussion: Discussion) -> GroupShown:
    return GroupShown(discussion.group.handle, discussion.group.hue, discussion.group.visibility)


def answered_of(comment: Comment) -> Answered:
    return Answered(comment.key, Author(comment.author.username))
