"""Reading proposals, always for somebody."""

from forum.proposals.queries.ballots import (
    PAGE as PAGE,
    ballot_of as ballot_of,
    count_added as count_added,
    options_of as options_of,
    profile as profile,
    reasons as reasons,
)
from forum.proposals.queries.delegations import (
    count_by_telephone as count_by_telephone,
    count_recorded as count_recorded,
)
from forum.proposals.queries.drafts import as_typed as as_typed
from forum.proposals.queries.due import (
    due_ids as due_ids,
    has_open_secret_vote as has_open_secret_vote,
    next_closing as next_closing,
    next_opening as next_opening,
    reviews_due as reviews_due,
    unopened_ids as unopened_ids,
    unreminded_ids as unreminded_ids,
    unsealed_ids as unsealed_ids,
)
from forum.proposals.queries.electorate import (
    count_eligible as count_eligible,
    electorate_ids as electorate_ids,
    electorate_now as electorate_now,
    members_named as members_named,
    named_voters as named_voters,
)
from forum.proposals.queries.ends import (
    closings as closings,
    reminded as reminded,
    silent_ids as silent_ids,
    statement_of as statement_of,
    statements as statements,
)
from forum.proposals.queries.lifecycle import Lifecycle as Lifecycle, lifecycle_of as lifecycle_of
from forum.proposals.queries.minutes import (
    ballots_of as ballots_of,
    count_closings as count_closings,
    fingerprint_for as fingerprint_for,
    last_closing as last_closing,
    minutes_for as minutes_for,
    vote_of as vote_of,
)
from forum.proposals.queries.own import data_of as data_of
from forum.proposals.queries.proposals import (
    Card as Card,
    birthplace as birthplace,
    count_tagged as count_tagged,
    keys_in_discussion as keys_in_discussion,
    lock as lock,
    open_anywhere as open_anywhere,
    open_for as open_for,
    outcome_of as outcome_of,
    proposal_for as proposal_for,
    proposals_for as proposals_for,
    proposals_in_discussion as proposals_in_discussion,
    proposals_in_group as proposals_in_group,
    proposals_with_ids as proposals_with_ids,
    settings_of as settings_of,
    tagged as tagged,
    tags_of as tags_of,
)
from forum.proposals.queries.recount import checks as checks
from forum.proposals.queries.rooms import as_recorded as as_recorded, room_versions as room_versions, rooms as rooms
from forum.proposals.queries.secret import (
    over_with_marks as over_with_marks,
    took_part as took_part,
    urns_to_shake as urns_to_shake,
)
from forum.proposals.queries.tallies import (
    Drawing as Drawing,
    drawing as drawing,
    published_settings as published_settings,
    shared_settings as shared_settings,
    tally_of as tally_of,
    ways_of_voting as ways_of_voting,
    workings as workings,
)
from forum.proposals.queries.voices import (
    BallotHistory as BallotHistory,
    every_voice as every_voice,
    voice_of as voice_of,
    voices as voices,
)
