"""The page of a discussion as plain values, so that it is rendered once for all who are shown the same."""

from datetime import datetime
from typing import NamedTuple

from flask import Response

from forum.discussions.models import Comment, Discussion
from forum.groups.hues import Hue
from forum.text import dates
from forum.web.cache.shared_pages import show_shared

# Kept apart, or made at each request: HTML that many readers are shown.
SHARED = ("said", "proposals")


class Person(NamedTuple):
    username: str


class FramedGroup(NamedTuple):
    handle: str
    hue: Hue | None


class Answered(NamedTuple):
    """A comment whose answers the page goes on with."""

    key: str
    author: Person


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
    author: Person
    group: FramedGroup


class Typed(NamedTuple):
    """Nothing yet."""

    body: str = ""


def show_unanswered(facts: dict) -> Response:
    """The page of these facts, for somebody who is signed in and has typed nothing in it."""
    discussion, continued = facts["discussion"], facts["continued"]
    plain = facts | {
        "group": group_of(discussion),
        "discussion": opening_of(discussion),
        "continued": answered_of(continued) if continued else None,
        "tags": tuple(facts["tags"]),
        "typed": Typed(),
        "errors": (),
    }
    shared, own = {name: plain.pop(name) for name in SHARED}, {"once": plain.pop("once")}

    def until() -> datetime:
        said = (discussion.created_at, discussion.edited_at)
        return min(dates.ago_holds(moment) for moment in said if moment)

    return show_shared("discussions/discussion.html", until, shared, own, **plain)


def opening_of(discussion: Discussion) -> Opening:
    values = discussion.__data__ | {
        "address": discussion.address,
        "author": Person(discussion.author.username),
        "group": group_of(discussion),
    }
    return Opening(*(values[name] for name in Opening._fields))


def group_of(discussion: Discussion) -> FramedGroup:
    return FramedGroup(discussion.group.handle, discussion.group.hue)


def answered_of(comment: Comment) -> Answered:
    return Answered(comment.key, Person(comment.author.username))
