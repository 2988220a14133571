"""What is changed by reporting, deciding, objecting and judging; one transaction each."""

from forum.moderation.actions.decisions import Choice, decide, escalate, undo
from forum.moderation.actions.objections import judge, object_to
from forum.moderation.actions.reports import report

__all__ = ["Choice", "decide", "escalate", "judge", "object_to", "report", "undo"]
