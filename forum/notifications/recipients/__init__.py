"""Whom a line of the journal concerns: in each file, for one feature, functions that say who is told what.

They run in the worker, after the act; those whom the act itself names come with the line, in its note. What they return
is then held to the same condition as reading: who may not read the group gets nothing, whoever they name. So a function
names freely those concerned, the most pressing first, and need not ask for rights.
"""

from collections.abc import Callable, Iterable

from forum.notifications.recipients import discussions, groups, initiatives, proposals
from forum.notifications.recipients.recipient import (
    KINDS as KINDS,
    LEVELS as LEVELS,
    USUAL as USUAL,
    WORDS as WORDS,
    Recipient as Recipient,
)
from forum.tasks import journal
from forum.tasks.journal import JournalLine

RECIPIENTS: dict[str, Callable[[JournalLine], Iterable[Recipient]]] = {
    "comment.posted": discussions.of_comment,
    "discussion.opened": discussions.of_opening,
    "group.access_changed": groups.of_new_access,
    "initiative.planned": initiatives.of_plan,
    "proposal.opened": proposals.of_opening,
    "option.added": proposals.of_option,
    "proposal.cancelled": proposals.of_undoing,
    "proposal.closed": proposals.of_closing,
    "proposal.reminder": proposals.of_reminder,
    "proposal.reopened": proposals.of_undoing,
    "vote.opened": proposals.of_vote_opening,
}
journal.subscribe(journal.NOTICES, RECIPIENTS)


def recipients_of(line: JournalLine) -> Iterable[Recipient]:
    """Everybody this line concerns, as its feature says; somebody named twice is told the first."""
    return RECIPIENTS[line.verb](line) if line.verb in RECIPIENTS else ()
