"""A discussion as programs read it: JSON, and a feed."""

from typing import Any

from flask import Response, jsonify

from forum.accounts.models import GUEST
from forum.discussions import queries
from forum.discussions.models import Comment
from forum.discussions.routes import bp
from forum.proposals import queries as proposals
from forum.text.dates import iso
from forum.web.feeds import atom
from forum.web.requests import me, page_number


@bp.get("/d/<key>.json")
def discussion_json(key: str) -> Response:
    discussion, page = queries.discussion_for(me(), key), page_number()
    more = page < queries.last_page(discussion)
    return jsonify(
        key=discussion.key,
        title=discussion.title,
        group=discussion.group.handle,
        author=discussion.author.username,
        body_html=discussion.body_html,
        created_at=iso(discussion.created_at),
        tags=queries.tags_of([discussion])[discussion.id],
        comments=[_comment_json(each) for each in queries.comments_in(me(), discussion, page)],
        proposals=proposals.keys_in_discussion(me(), discussion),
        next=f"/d/{discussion.key}.json?page={page + 1}" if more else None,
    )


@bp.get("/d/<key>.atom")
def feed(key: str) -> Response:
    """What is said in a discussion of an open group, newest first; there is no feed of what a guest may not read."""
    discussion = queries.discussion_for(GUEST, key)
    updated, entries = queries.feed_of_comments(discussion, queries.latest_comments(GUEST, discussion))
    return atom(discussion.title, f"/d/{discussion.key}", updated, entries)


def _comment_json(comment: Comment) -> dict[str, Any]:
    return {
        "key": comment.key,
        "author": comment.author.username,
        "body_html": comment.body_html,
        "parent": comment.parent.key if comment.parent_id else None,
        "created_at": iso(comment.created_at),
    }
