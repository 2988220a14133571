"""Hiding a subject's words and putting them back.

The words leave their own table: whatever reads it (pages, fragments, JSON, feeds, searches, exports, pages kept for
visitors) finds the notice in their place, at once and without having to ask. They wait in `Hidden` to be put back
exactly as they were.
"""

import json

from forum.moderation.charter import RULES
from forum.moderation.kinds import Subject
from forum.moderation.models import Decision, Hidden
from forum.tasks import journal
from forum.text.dates import day

journal.subscribe(journal.INDEX, ("text.hidden", "text.restored"))


def hide(subject: Subject, decision: Decision) -> None:
    """Hide the present words of a subject. Call it in the deciding transaction; what is hidden stays as it is."""
    kind = subject.kind
    if hidden(kind.name, subject.id):
        return
    kept = kind.hide(subject.id, notice(decision))
    if kind.forget is not None:
        kind.forget(subject, kept)
    Hidden.create(kind=kind.name, subject_id=subject.id, kept=json.dumps(kept, ensure_ascii=False))
    _tell_the_index("text.hidden", subject)


def restore(subject: Subject) -> None:
    """Put the words of a subject back exactly as they were; nothing when they are not hidden."""
    row = hidden(subject.kind.name, subject.id)
    if row is not None:
        subject.kind.restore(subject.id, json.loads(row.kept))
        row.delete_instance()
        _tell_the_index("text.restored", subject)


def hidden(kind_name: str, subject_id: int) -> Hidden | None:
    """Where the words of this subject wait; None when they are not hidden."""
    return Hidden.get_or_none(Hidden.kind == kind_name, Hidden.subject_id == subject_id)


def hides(decision: Decision) -> bool:
    """Whether the words that this decision hid are hidden still, by it."""
    standing = decision.hides and not decision.undone_at
    return standing and hidden(decision.case.kind, decision.case.subject_id) is not None


def notice(decision: Decision) -> str:
    """What stands in the place of hidden words, in Markdown."""
    why = RULES[decision.rule].why
    return f"*Texte masqué {day(decision.decided_at)} : {why}.* [En savoir plus](/moderation/decisions/{decision.key})"


def _tell_the_index(verb: str, subject: Subject) -> None:
    if subject.kind.indexed is not None:
        about = subject.kind.name, subject.id
        journal.record(verb, group=subject.group, subject=about, **subject.kind.indexed(subject))
