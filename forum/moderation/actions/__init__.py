"""What is changed by reporting, deciding, objecting and judging; one transaction each."""

from forum.moderation.actions.blocks import block as block, unblock as unblock
from forum.moderation.actions.decisions import (
    DecisionDraft as DecisionDraft,
    decide as decide,
    escalate as escalate,
    undo as undo,
)
from forum.moderation.actions.objections import judge as judge, object_to as object_to
from forum.moderation.actions.reports import (
    PATIENCE as PATIENCE,
    hand_over_forgotten_cases as hand_over_forgotten_cases,
    report as report,
)
