"""What notices hold of a person."""

from forum.accounts.holdings import Holdings
from forum.notifications import queries
from forum.notifications.models import Notice, NoticeChoice, Volume

HOLDINGS = Holdings(
    tells={"notices": queries.data_of},
    # Those to others, too, whose sentence names the person.
    forgets=(Notice.account, Notice.actor_id, NoticeChoice.account, Volume.account),
)
