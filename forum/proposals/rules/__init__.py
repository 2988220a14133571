"""Who may read a proposal, put one to the vote, vote, see the results, and change what. Written once: all ask here."""

from forum.proposals.rules.conditions import (
    at_a_glance as at_a_glance,
    explained as explained,
    opposing as opposing,
    reason_hint as reason_hint,
    who_counts as who_counts,
)
from forum.proposals.rules.putting import (
    CANCELLED as CANCELLED,
    ENDED as ENDED,
    HIDDEN as HIDDEN,
    cancel as cancel,
    count_by_hand as count_by_hand,
    edit as edit,
    is_cancelled as is_cancelled,
    name_voters as name_voters,
    propose as propose,
    propose_from as propose_from,
    remind as remind,
    reopen as reopen,
    state_outcome as state_outcome,
)
from forum.proposals.rules.reading import (
    as_read as as_read,
    as_seen as as_seen,
    options_since as options_since,
    own_seen as own_seen,
    require_read as require_read,
)
from forum.proposals.rules.seeing import (
    FEW as FEW,
    has_voted as has_voted,
    read_ballots as read_ballots,
    readable_alone as readable_alone,
    readable_by as readable_by,
    see_own_voice as see_own_voice,
    see_participants as see_participants,
    see_results as see_results,
    see_voices as see_voices,
    see_voters as see_voters,
)
from forum.proposals.rules.voting import (
    FINAL as FINAL,
    FULL as FULL,
    MOST_RECORDED as MOST_RECORDED,
    NEWCOMER as NEWCOMER,
    NOT_NAMED as NOT_NAMED,
    OVERTAKEN as OVERTAKEN,
    SEALED as SEALED,
    SECRET as SECRET,
    add_option as add_option,
    change_vote as change_vote,
    keeps_reason as keeps_reason,
    newcomers_vote as newcomers_vote,
    public_ballot as public_ballot,
    reason_problem as reason_problem,
    record_voice as record_voice,
    replace_seen as replace_seen,
    vote as vote,
    withdraw_voice as withdraw_voice,
)
