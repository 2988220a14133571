"""Discussions that animators read before the group does."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions import queries, rules
from forum.discussions.models import DECLINED, PUBLISHED, WAITING, Discussion
from forum.errors import check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.tasks import journal
from forum.text.fields import body_problem
from forum.text.seen import require_unmoved
from forum.text.typed import many_lines

CHOICES = {"approve": PUBLISHED, "decline": DECLINED}
LONGEST_WORD = 500
LABELS = {"title": "Le titre", "body": "Le texte"}


def submit(member: Viewer, group: Group, discussion: Discussion) -> None:
    """Tell the animators that a discussion waits: inside the transaction that wrote it."""
    journal.record(
        "discussion.submitted",
        actor=member,
        group=group,
        subject=("discussion", discussion.id),
        note=journal.Note(
            groups.animators_of(group),
            f"Une discussion attend votre accord dans #{group.handle} : « {discussion.title} »",
            discussion.address,
        ),
    )


def decide(member: Viewer, discussion: Discussion, choice: str, word: str = "", seen: str | None = None) -> bool:
    """Publish a discussion that waits, or decline it, with a word to its author or none.

    `seen`: the mark of what was read (rules), None for a script. False when it had been decided: of two animators
    at once, the first decides. Raises Refused, Invalid (choice, word), Moved where its author changed it meanwhile.
    """
    word = many_lines(word)
    known = None if choice in CHOICES else "Choisissez : publier ou refuser."
    check(choice=known, word=body_problem(word, LONGEST_WORD, least=0))
    with transaction():
        row = queries.lock(discussion)
        rules.approve(member, row).require()
        if row.state != WAITING:
            return False
        require_unmoved(seen, rules.read_of(row), LABELS)
        at, state = now(), CHOICES[choice]
        Discussion.update(state=state, word=word, last_activity_at=at).where(Discussion.id == row.id).execute()
        if state == PUBLISHED:
            Group.update(last_activity_at=at).where(Group.id == row.group_id).execute()
            # From here on it is a discussion that its author opened.
            journal.record("discussion.opened", actor=row.author, group=row.group, subject=("discussion", row.id))
        _tell_author(member, row, state, word)
    return True


def _tell_author(member: Viewer, discussion: Discussion, state: str, word: str) -> None:
    became = "est publiée" if state == PUBLISHED else "n’est pas publiée"
    said = f"Votre discussion « {discussion.title} » {became}. {word}".strip()
    verb = "discussion.approved" if state == PUBLISHED else "discussion.declined"
    note = journal.Note([discussion.author_id], said, discussion.address)
    journal.record(verb, member, discussion.group, ("discussion", discussion.id), note)
