"""What tags hold of a person."""

from forum.accounts.holdings import WORDS, Holdings
from forum.tags import queries
from forum.tags.models import News, Subscription, Synonym, Voice

PUBLIC = "the public log of synonyms: who proposed, objected and decided, unsigned once they left"

HOLDINGS = Holdings(
    tells={"tags": queries.data_of},
    forgets=(Subscription.member, News.member),
    keeps={Synonym.proposed_by: PUBLIC, Synonym.decided_by: PUBLIC, Voice.member: PUBLIC, Synonym.reason: WORDS},
)
