"""What discussions hold of a person."""

from forum.accounts.holdings import WORDS, Holdings
from forum.discussions import queries
from forum.discussions.models import Comment, Discussion, Reading, Revision

SAID = "what was said stays for those who answered it, unsigned"

HOLDINGS = Holdings(
    tells={"discussions": queries.data_of},
    forgets=(Reading.member,),
    keeps={
        Discussion.author: SAID,
        Comment.author: SAID,
        Discussion.body: WORDS,
        Discussion.body_html: WORDS,
        Comment.body: WORDS,
        Comment.body_html: WORDS,
        Revision.body: WORDS,
        Revision.body_html: WORDS,
    },
)
