"""What a member changes in proposals: putting one to the vote, voting; and what the clock changes."""

from forum.proposals.actions.ballots import vote
from forum.proposals.actions.clock import by_the_clock
from forum.proposals.actions.closing import close, close_all_due, close_on_time
from forum.proposals.actions.delegation import record_voice, withdraw_voice
from forum.proposals.actions.drafts import Draft, edit, propose
from forum.proposals.actions.leaving import forget_named
from forum.proposals.actions.opening import open_all_due, open_on_time, open_vote
from forum.proposals.actions.options import add_option
from forum.proposals.actions.outcome import cancel, reopen, state_outcome
from forum.proposals.actions.paper import count_by_hand
from forum.proposals.actions.pouring import pour, pour_back, stay
from forum.proposals.actions.reminding import remind, remind_all_due, tell_all_reviews_due
from forum.proposals.actions.sealing import seal_what_ended_before
from forum.proposals.actions.terms import Terms, default_closing, evening, read_closing

__all__ = [
    "Draft",
    "Terms",
    "add_option",
    "by_the_clock",
    "cancel",
    "close",
    "close_all_due",
    "close_on_time",
    "count_by_hand",
    "default_closing",
    "edit",
    "evening",
    "forget_named",
    "open_all_due",
    "open_on_time",
    "open_vote",
    "pour",
    "pour_back",
    "propose",
    "read_closing",
    "record_voice",
    "remind",
    "remind_all_due",
    "reopen",
    "seal_what_ended_before",
    "state_outcome",
    "stay",
    "tell_all_reviews_due",
    "vote",
    "withdraw_voice",
]
