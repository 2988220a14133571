"""Pinning a discussion and closing it: its group's animators."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions import queries, rules
from forum.discussions.models import Discussion
from forum.errors import check
from forum.tasks import journal
from forum.text.fields import line_problem

LONGEST_REASON = 300


def pin(member: Viewer, discussion: Discussion) -> None:
    """Let a discussion stand first on its group's page; one that does already changes nothing. Raises Refused."""
    with transaction():
        row = queries.lock(discussion)
        rules.care(member, row).require()
        if row.pinned_at is None:
            rules.pin(member, row, queries.count_pinned(row.group)).require()
            _set(member, row, "discussion.pinned", pinned_at=now())


def unpin(member: Viewer, discussion: Discussion) -> None:
    """Let it stand among the others again; twice is once. Raises Refused."""
    with transaction():
        row = queries.lock(discussion)
        rules.care(member, row).require()
        if row.pinned_at:
            _set(member, row, "discussion.unpinned", pinned_at=None)


def close(member: Viewer, discussion: Discussion, reason: str = "") -> None:
    """Let a discussion be read and no longer written in, for a reason or none; its author is told.

    One that is closed keeps its first reason. Raises Refused, Invalid (reason).
    """
    check(reason=line_problem(reason, LONGEST_REASON, least=0))
    with transaction():
        row = queries.lock(discussion)
        rules.care(member, row).require()
        if row.closed_at is None:
            why = f"\u00a0: {reason.strip()}" if reason.strip() else "."
            note = _note(row, f"Votre discussion « {row.title} » est close{why}")
            _set(member, row, "discussion.closed", note, closed_at=now(), closed_for=reason.strip())


def reopen(member: Viewer, discussion: Discussion) -> None:
    """Let a closed discussion be written in again; twice is once. Raises Refused."""
    with transaction():
        row = queries.lock(discussion)
        rules.care(member, row).require()
        if row.closed_at:
            note = _note(row, f"Votre discussion « {row.title} » est rouverte.")
            _set(member, row, "discussion.reopened", note, closed_at=None, closed_for="")


def _note(discussion: Discussion, sentence: str) -> journal.Note:
    return journal.Note([discussion.author_id], sentence, discussion.address)


def _set(member: Viewer, row: Discussion, verb: str, note: journal.Note | None = None, **changes: object) -> None:
    Discussion.update(changes).where(Discussion.id == row.id).execute()
    journal.record(verb, member, row.group, ("discussion", row.id), note)
