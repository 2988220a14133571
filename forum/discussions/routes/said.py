"""What is said on a page of a discussion, rendered once for all who are shown the same."""

from datetime import UTC, datetime
from typing import NamedTuple, cast

from flask import current_app
from markupsafe import Markup

from forum.accounts import queries as accounts
from forum.discussions import queries, rules
from forum.discussions.models import Comment
from forum.text import dates
from forum.web.cache.fragments import FragmentCache
from forum.web.requests import me

# Some hundred pages of thirty comments in each process.
pieces = FragmentCache(2_000_000)
FAR = datetime(9000, 1, 1, tzinfo=UTC)


class Facts(NamedTuple):
    """All that the template of comments is told besides the comments: readers with the same are shown the same.

    Nothing here is a person: to whoever wrote nothing here and may do the same as others, the piece is the others' too.
    """

    key: str
    page: int
    with_acts: bool
    can_comment: bool
    own: frozenset[int]
    editable: frozenset[int]
    folded: frozenset[int]
    unread: queries.Unread


def said(comment_page: queries.CommentPage, page: int, can_comment: bool, unread: queries.Unread) -> Markup:
    """The comments of a page as HTML for whoever asks, with their own acts on their own, and what is new to them."""
    own = comment_page.by(me().id)
    facts = Facts(
        key=comment_page.discussion.key,
        page=page,
        with_acts=not me().is_guest,
        can_comment=can_comment,
        own=own,
        editable=_editable(comment_page, own),
        folded=accounts.blocked_by(me()) & comment_page.authors,
        unread=unread if unread.first in comment_page.ids else queries.Unread(),
    )
    # The rows are the whole of what comments say; of whoever asks the template knows these facts alone.
    return cast("Markup", pieces.get((facts, comment_page.rows), lambda: _made(facts, comment_page.comments)))


def said_now(comment: Comment, page: int) -> Markup:
    """The comment that whoever asks has just written."""
    own = frozenset({comment.id})
    facts = Facts(comment.discussion.key, page, True, True, own, own, frozenset(), queries.Unread())
    return _made(facts, [comment])[0]


def _editable(comment_page: queries.CommentPage, own: frozenset[int]) -> frozenset[int]:
    """Which of their own comments this person may change."""
    comments = [each for each in comment_page.comments if each.id in own] if own else []
    return frozenset(each.id for each in comments if rules.edit_comment(me(), each))


def _made(facts: Facts, comments: list[Comment]) -> tuple[Markup, datetime]:
    """Rendered outside of any request: what is not in the facts does not exist for the template."""
    template = current_app.jinja_env.get_template("discussions/_comments.html")
    moments = [moment for each in comments for moment in (each.created_at, each.edited_at) if moment]
    until = min((dates.ago_holds(moment) for moment in moments), default=FAR)
    return Markup(template.render(comments=comments, **facts._asdict())), until  # noqa: S704
