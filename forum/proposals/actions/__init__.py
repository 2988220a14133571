"""What a member changes in proposals: putting one to the vote, voting; and what the clock changes."""

from forum.proposals.actions.ballots import vote as vote
from forum.proposals.actions.clock import by_the_clock as by_the_clock
from forum.proposals.actions.closing import (
    close as close,
    close_all_due as close_all_due,
    close_on_time as close_on_time,
)
from forum.proposals.actions.delegation import record_voice as record_voice, withdraw_voice as withdraw_voice
from forum.proposals.actions.drafts import Draft as Draft, edit as edit, propose as propose
from forum.proposals.actions.opening import (
    open_all_due as open_all_due,
    open_on_time as open_on_time,
    open_vote as open_vote,
)
from forum.proposals.actions.options import add_option as add_option
from forum.proposals.actions.outcome import cancel as cancel, reopen as reopen, state_outcome as state_outcome
from forum.proposals.actions.paper import count_by_hand as count_by_hand
from forum.proposals.actions.pouring import pour as pour, pour_back as pour_back
from forum.proposals.actions.reminding import (
    remind as remind,
    remind_all_due as remind_all_due,
    tell_all_reviews_due as tell_all_reviews_due,
)
from forum.proposals.actions.sealing import seal_what_ended_before as seal_what_ended_before
from forum.proposals.actions.secret_urn import end_all_over as end_all_over, shake_all_due as shake_all_due
from forum.proposals.actions.terms import (
    Terms as Terms,
    default_closing as default_closing,
    evening as evening,
    read_closing as read_closing,
)
