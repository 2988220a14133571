"""What a person changes in groups; one transaction each."""

from forum.groups.actions.access import change_access, change_rights
from forum.groups.actions.animators import (
    OFFER,
    PATIENCE,
    accept,
    decline,
    enough,
    give_title,
    hand_over,
    name_animator,
    object,
    step_down,
)
from forum.groups.actions.ending import archive, delete, reopen, restore
from forum.groups.actions.founding import check_plan, create, edit
from forum.groups.actions.membership import join, leave, remove
from forum.groups.actions.merging import keep, merge, undo
from forum.groups.actions.requests import answer, ask, forget_all, forget_old, withdraw

__all__ = [
    "OFFER",
    "PATIENCE",
    "accept",
    "answer",
    "archive",
    "ask",
    "change_access",
    "change_rights",
    "check_plan",
    "create",
    "decline",
    "delete",
    "edit",
    "enough",
    "forget_all",
    "forget_old",
    "give_title",
    "hand_over",
    "join",
    "keep",
    "leave",
    "merge",
    "name_animator",
    "object",
    "remove",
    "reopen",
    "restore",
    "step_down",
    "undo",
    "withdraw",
]
