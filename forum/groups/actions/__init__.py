"""What a person changes in groups; one transaction each."""

from forum.groups.actions.address import (
    change_address as change_address,
    detach_child as detach_child,
    place_under as place_under,
)
from forum.groups.actions.animators import (
    OFFER as OFFER,
    PATIENCE as PATIENCE,
    ROUND as ROUND,
    accept_part as accept_part,
    advance_successions as advance_successions,
    decline_part as decline_part,
    give_title as give_title,
    hand_over as hand_over,
    name_animator as name_animator,
    object_to_candidate as object_to_candidate,
    objections_needed as objections_needed,
    step_down as step_down,
)
from forum.groups.actions.ending import archive as archive, reopen as reopen
from forum.groups.actions.follows import follow as follow, unfollow as unfollow
from forum.groups.actions.founding import check_plan as check_plan, create as create
from forum.groups.actions.invitations import (
    INVITATION_DAYS as INVITATION_DAYS,
    INVITATION_USES as INVITATION_USES,
    accept_invitation as accept_invitation,
    forget_expired_invitations as forget_expired_invitations,
    invite as invite,
    invite_by_mail as invite_by_mail,
    renew_invitation as renew_invitation,
    withdraw_invitation as withdraw_invitation,
)
from forum.groups.actions.membership import (
    add_member as add_member,
    join as join,
    leave as leave,
    recount as recount,
    remove_member as remove_member,
)
from forum.groups.actions.requests import (
    answer_request as answer_request,
    ask_to_join as ask_to_join,
    enter as enter,
    forget_old_requests as forget_old_requests,
    withdraw_request as withdraw_request,
)
from forum.groups.actions.settings import change_access as change_access, edit as edit
from forum.groups.actions.welcomes import put_welcome_away as put_welcome_away
from forum.groups.settings import GroupSettings as GroupSettings
