"""What whoever looks after a discussion chooses from: its threads."""

from dataclasses import dataclass

from peewee import Expression, fn

from forum.accounts.models import Account, Viewer
from forum.database.select import paged, tuples
from forum.discussions import rules
from forum.discussions.models import Comment, Discussion
from forum.text import markdown

# So many threads stand on a page of the form.
THREADS_PAGE = 100


@dataclass(frozen=True)
class Thread:
    """A comment that answers nothing, and how many answers it has."""

    first: Comment
    answers: int

    @property
    def words(self) -> str:
        """How it begins."""
        return markdown.cut(markdown.words(self.first.body_html), 120)


def threads_in(member: Viewer, discussion: Discussion, page: int = 1) -> tuple[list[Thread], bool]:
    """The threads of a discussion, the oldest first, 100 a page, and whether there are more. Raises Refused to whoever
    may not split it."""
    rules.care(member, discussion).require()
    rows = Comment.select(Comment, Account.id, Account.username).join(Account)
    firsts, more = paged(rows.where(*first_in_thread(discussion)).order_by(Comment.id), page, THREADS_PAGE)
    counted = Comment.select(Comment.parent, fn.COUNT(Comment.id)).where(Comment.parent.in_([one.id for one in firsts]))
    answers = dict(tuples(counted.group_by(Comment.parent))) if firsts else {}
    return [Thread(one, answers.get(one.id, 0)) for one in firsts], more


def first_in_thread(discussion: Discussion) -> tuple[Expression, Expression]:
    """Conditions: comments of this discussion that answer none."""
    return Comment.discussion == discussion.id, Comment.parent.is_null()
