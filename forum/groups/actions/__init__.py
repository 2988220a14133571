"""What a person changes in groups; one transaction each."""

from forum.groups.actions.access import change_access, change_rights
from forum.groups.actions.founding import create, edit
from forum.groups.actions.membership import join, leave, remove
from forum.groups.actions.requests import answer, ask, forget_all, forget_old, withdraw

__all__ = [
    "answer",
    "ask",
    "change_access",
    "change_rights",
    "create",
    "edit",
    "forget_all",
    "forget_old",
    "join",
    "leave",
    "remove",
    "withdraw",
]
