"""What is said on a page of a discussion, as HTML."""

from typing import NamedTuple

from flask import render_template
from markupsafe import Markup

from forum.accounts import queries as accounts
from forum.discussions import queries, rules
from forum.discussions.models import Comment
from forum.web.cache.fragments import fragment
from forum.web.requests import me

TEMPLATE = "discussions/_comments.html"


class Facts(NamedTuple):
    """All that the template of comments is told besides the comments: readers with the same are shown the same.

    Nothing here is a person: whoever wrote nothing here, and may do the same as others, is shown the same as they are.
    """

    key: str
    page: int
    with_acts: bool
    can_comment: bool
    own: frozenset[int]
    editable: frozenset[int]
    folded: frozenset[int]
    unread: queries.Unread


def comments_html(comment_page: queries.CommentPage, page: int, can_comment: bool, unread: queries.Unread) -> Markup:
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
    made_of = (facts, comment_page.rows)
    return fragment(TEMPLATE, made_of, lambda: {"comments": comment_page.comments, **facts._asdict()})


def comment_html(comment: Comment, page: int) -> Markup:
    """The comment that whoever asks has just written."""
    own = frozenset({comment.id})
    facts = Facts(comment.discussion.key, page, True, True, own, own, frozenset(), queries.Unread())
    return Markup(render_template(TEMPLATE, comments=[comment], **facts._asdict()))  # noqa: S704


def _editable(comment_page: queries.CommentPage, own: frozenset[int]) -> frozenset[int]:
    """Which of their own comments this person may change."""
    comments = [each for each in comment_page.comments if each.id in own] if own else []
    return frozenset(each.id for each in comments if rules.edit_comment(me(), each))
