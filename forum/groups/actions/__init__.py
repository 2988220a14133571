"""What a person changes in groups; one transaction each."""

from forum.groups.actions.founding import create, edit
from forum.groups.actions.membership import join, leave

__all__ = ["create", "edit", "join", "leave"]
