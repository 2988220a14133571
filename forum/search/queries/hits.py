"""What only the texts of the first hits can tell: words in the order asked for, and the comment that answers.

The index holds no positions, which would cost half as much again.
"""

from collections.abc import Iterable
from typing import Any

from forum.accounts.models import Viewer
from forum.accounts.queries import blocked_by
from forum.database.prepared import prepared
from forum.discussions.models import Comment
from forum.search.engines import analyser
from forum.search.engines.protocol import Word
from forum.text.markdown import words as readable

# So many hits of a question with quotes are read, and so many comments, the latest.
MOST_HITS = 200
MOST_COMMENTS = 400


@prepared
def _comments(discussion_ids: tuple[int, ...]) -> Any:
    columns = Comment.id, Comment.key, Comment.discussion, Comment.author, Comment.body, Comment.body_html
    rows = Comment.select(*columns).where(Comment.discussion.in_(discussion_ids), Comment.hidden_at.is_null())
    return rows.order_by(Comment.id.desc()).limit(MOST_COMMENTS)


def comments_of(member: Viewer, kind: str, rows: Iterable[Any]) -> dict[int, list[Comment]]:
    """The latest comments of these discussions, which this person may read, by the discussion's id; none by whom they
    chose not to read."""
    ids = tuple(row.id for row in rows) if kind == "discussion" else ()
    found: dict[int, list[Comment]] = {}
    unread = blocked_by(member) if ids else frozenset()
    for comment in _comments.rows(ids) if ids else ():
        if comment.author_id not in unread:
            found.setdefault(comment.discussion_id, []).append(comment)
    return found


def saying(member: Viewer, kind: str, rows: list[Any], phrases: tuple[str, ...]) -> list[Any]:
    """Those of these rows in whose title, text or comments each phrase stands (analyser.sequence), in one of them."""
    comments = comments_of(member, kind, rows)
    return [row for row in rows if all(_says(row, comments.get(row.id, ()), phrase) for phrase in phrases)]


def _says(row: Any, comments: Iterable[Comment], phrase: str) -> bool:
    texts = (row.title, readable(row.body_html), *(readable(comment.body_html) for comment in comments))
    return any(phrase in analyser.sequence(text) for text in texts)


def answering(member: Viewer, kind: str, rows: list[Any], words: tuple[Word, ...]) -> dict[int, Comment]:
    """The comment that answers best, of each discussion in whose own words something asked for does not stand."""
    answered = [row for row in rows if kind == "discussion" and row.comments_count]
    lacking = {
        row.id: missing for row in answered if (missing := _missing(f"{row.title} {readable(row.body_html)}", words))
    }
    comments = comments_of(member, kind, [row for row in rows if row.id in lacking])
    best = {
        number: max(those, key=lambda comment: (_count(readable(comment.body_html), lacking[number]), comment.id))
        for number, those in comments.items()
    }
    return {number: comment for number, comment in best.items() if _count(readable(comment.body_html), lacking[number])}


def _missing(text: str, words: tuple[Word, ...]) -> list[Word]:
    terms = analyser.terms(text)
    return [word for word in words if not word.tags and not _stands(word, terms)]


def _count(text: str, words: list[Word]) -> int:
    terms = analyser.terms(text)
    return sum(_stands(word, terms) for word in words)


def _stands(word: Word, terms: set[str]) -> bool:
    return any(term in terms or (word.unfinished and any(one.startswith(term) for one in terms)) for term in word.terms)
