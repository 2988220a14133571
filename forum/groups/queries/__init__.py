"""Reading groups, always for somebody."""

from forum.groups.queries.doors import (
    EntryOptions as EntryOptions,
    asked_by as asked_by,
    count_requests as count_requests,
    entry_options as entry_options,
    removal_of as removal_of,
    removals_of as removals_of,
    request_answered as request_answered,
    request_of as request_of,
    requests_in as requests_in,
)
from forum.groups.queries.follows import (
    followed_group_ids as followed_group_ids,
    follows_of as follows_of,
    groups_followed as groups_followed,
    is_following as is_following,
)
from forum.groups.queries.groups import (
    MOST_FOLLOWED as MOST_FOLLOWED,
    PAGE as PAGE,
    as_json as as_json,
    family_of as family_of,
    former_keys as former_keys,
    group_for as group_for,
    group_or_none as group_or_none,
    groups_at as groups_at,
    groups_for as groups_for,
    groups_named as groups_named,
    groups_of as groups_of,
    groups_with_ids as groups_with_ids,
    liveliest as liveliest,
    lock as lock,
    members_told as members_told,
    places_with_groups as places_with_groups,
    secret_from as secret_from,
    tags_of as tags_of,
    taken_by as taken_by,
)
from forum.groups.queries.invitations import (
    group_behind as group_behind,
    invitation_of as invitation_of,
    invitations_in as invitations_in,
    invitations_of as invitations_of,
    token_hash as token_hash,
)
from forum.groups.queries.members import (
    animators_named as animators_named,
    animators_of as animators_of,
    arrivals as arrivals,
    data_of as data_of,
    is_last_animator as is_last_animator,
    members_of as members_of,
    membership_named as membership_named,
)
from forum.groups.queries.near import near_groups as near_groups
from forum.groups.queries.settings import settings_of as settings_of
from forum.groups.queries.stages import (
    deleted_by_animator as deleted_by_animator,
    deleted_group_for as deleted_group_for,
    home_of as home_of,
    objections_in as objections_in,
    succession_of as succession_of,
)
from forum.groups.queries.standings import stand as stand, with_standing as with_standing
from forum.groups.queries.tagged import (
    count_tagged as count_tagged,
    group_names_with_ids as group_names_with_ids,
    groups_tagged as groups_tagged,
)
from forum.groups.queries.welcomes import welcome_for as welcome_for
