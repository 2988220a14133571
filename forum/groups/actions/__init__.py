"""What a person changes in groups; one transaction each."""

from forum.groups.actions.access import change as change, change_access as change_access, change_rights as change_rights
from forum.groups.actions.animators import (
    OFFER as OFFER,
    PATIENCE as PATIENCE,
    accept as accept,
    decline as decline,
    enough as enough,
    give_title as give_title,
    hand_over as hand_over,
    name_animator as name_animator,
    object as object,
    step_down as step_down,
)
from forum.groups.actions.ending import archive as archive, reopen as reopen
from forum.groups.actions.founding import check_plan as check_plan, create as create, edit as edit
from forum.groups.actions.membership import join as join, leave as leave, remove as remove
from forum.groups.actions.requests import (
    answer as answer,
    ask as ask,
    enter as enter,
    forget_old as forget_old,
    withdraw as withdraw,
)
from forum.groups.actions.welcomes import put_welcome_away as put_welcome_away
