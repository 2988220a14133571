"""What a member changes in proposals: putting one to the vote, voting, and the closing by the clock."""

from forum.proposals.actions.ballots import vote
from forum.proposals.actions.closing import close, close_all_due, close_on_time
from forum.proposals.actions.drafts import Draft, default_closing, edit, propose, read_closing
from forum.proposals.actions.sealing import seal_what_ended_before

__all__ = [
    "Draft",
    "close",
    "close_all_due",
    "close_on_time",
    "default_closing",
    "edit",
    "propose",
    "read_closing",
    "seal_what_ended_before",
    "vote",
]
