"""Hiding a subject's words and putting them back.

The words leave their own table: whatever reads it (pages, fragments, JSON, feeds, searches, exports, pages kept for
visitors) finds the notice in their place, at once and without having to ask. They wait in `Hidden` to be put back
exactly as they were.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from peewee import Expression, fn

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.select import tuples
from forum.discussions.models import Comment, Discussion, DiscussionTag
from forum.groups.models import Group
from forum.initiatives.models import Initiative
from forum.moderation.charter import RULES
from forum.moderation.kinds import Subject
from forum.moderation.models import Decision, Hidden
from forum.notifications.models import Notice
from forum.proposals.models import Ballot, BallotChange, Option, Proposal, ProposalTag
from forum.tasks import journal
from forum.text import markdown
from forum.text.dates import day

Kept = dict[str, Any]
TEXT = ("body", "body_html", "renderer")
ABOUT = ("place", "help_wanted", "cancelled_why")
TITLE = "Texte masqué"


def hide(subject: Subject, decision: Decision) -> None:
    """Hide the present words of a subject. Call it in the deciding transaction; what is hidden stays as it is."""
    if hidden(subject.kind, subject.id):
        return
    kept = _HIDE[subject.kind](subject.id, notice(decision))
    _forget_in_notices(subject, list(kept.get("options", {}).values()))
    Hidden.create(kind=subject.kind, subject_id=subject.id, kept=json.dumps(kept, ensure_ascii=False))
    _tell_the_index("text.hidden", subject)


def restore(subject: Subject) -> None:
    """Put the words of a subject back exactly as they were; nothing when they are not hidden."""
    row = hidden(subject.kind, subject.id)
    if row is not None:
        _RESTORE[subject.kind](subject.id, json.loads(row.kept))
        row.delete_instance()
        _tell_the_index("text.restored", subject)


def hidden(kind: str, subject_id: int) -> Hidden | None:
    """Where the words of this subject wait; None when they are not hidden."""
    return Hidden.get_or_none(Hidden.kind == kind, Hidden.subject_id == subject_id)


def notice(decision: Decision) -> str:
    """What stands in the place of hidden words, in Markdown."""
    why = RULES[decision.rule].why
    return f"*Texte masqué {day(decision.decided_at)} : {why}.* [En savoir plus](/moderation/decisions/{decision.key})"


def _forget_in_notices(subject: Subject, labels: list[str]) -> None:
    """Notices repeat titles, outcomes and names: those that were sent already forget them too."""
    here = Notice.group == (subject.group.id if subject.group else None)
    if subject.kind == "account":
        _forget(subject.title, "Quelqu’un", Notice.sentence.startswith(f"{subject.title} "))
    elif subject.kind in ("discussion", "proposal", "initiative"):
        _forget(subject.title, TITLE, here & Notice.sentence.contains(subject.title))
        about = f"/{subject.address[1]}/{subject.key}"
        for label in labels:
            _forget(label, TITLE, here & Notice.address.startswith(about))
        Notice.update(address=about).where(Notice.address.startswith(f"{about}-")).execute()


def _forget(words: str, instead: str, where: Expression) -> None:
    Notice.update(sentence=fn.REPLACE(Notice.sentence, words, instead)).where(where).execute()


def _tell_the_index(verb: str, subject: Subject) -> None:
    """Initiatives, reasons and pseudonyms are not indexed."""
    if subject.kind == "comment":
        discussion_id = Comment.get_by_id(subject.id).discussion_id
        journal.record(verb, group=subject.group, subject=("comment", subject.id), discussion=discussion_id)
    elif subject.kind in ("discussion", "proposal", "group"):
        journal.record(verb, group=subject.group, subject=(subject.kind, subject.id))


def _take(model, row_id: int, columns: tuple[str, ...]) -> Kept:
    row = model.get_by_id(row_id)
    return {column: getattr(row, column) for column in columns}


def _put(model, row_id: int, columns: Kept, **more) -> None:
    model.update(**columns, **more).where(model.id == row_id).execute()


def _words(notice: str) -> Kept:
    return {"body": notice, "body_html": markdown.render(notice), "renderer": markdown.RENDERER}


def _hide_discussion(row_id: int, notice: str) -> Kept:
    kept = _take(Discussion, row_id, ("title", *TEXT)) | {"tags": _take_tags(DiscussionTag, "discussion", row_id)}
    _put(Discussion, row_id, _words(notice), title=TITLE, hidden_at=now())
    return kept


def _restore_discussion(row_id: int, kept: Kept) -> None:
    _put_tags(DiscussionTag, "discussion", row_id, kept.pop("tags"))
    _put(Discussion, row_id, kept, hidden_at=None)


def _hide_comment(row_id: int, notice: str) -> Kept:
    kept = _take(Comment, row_id, TEXT)
    _put(Comment, row_id, _words(notice), hidden_at=now())
    return kept


def _restore_comment(row_id: int, kept: Kept) -> None:
    _put(Comment, row_id, kept, hidden_at=None)


def _hide_proposal(row_id: int, notice: str) -> Kept:
    """Its options are words too, and so is the outcome, which repeats them."""
    kept = _take(Proposal, row_id, ("title", *TEXT, "outcome"))
    options = list(Option.select().where(Option.proposal == row_id).order_by(Option.position))
    kept |= {"tags": _take_tags(ProposalTag, "proposal", row_id)}
    kept |= {"options": {option.name: option.label for option in options}}
    for option in options:
        Option.update(label=_stand_in(option.position)).where(Option.id == option.id).execute()
    if kept["outcome"]:
        outcome = json.loads(kept["outcome"]) | {"sentences": ["Le vote est terminé."]}
        _put(Proposal, row_id, {"outcome": json.dumps(outcome, ensure_ascii=False)})
    _put(Proposal, row_id, _words(notice), title=TITLE, hidden_at=now(), revision=Proposal.revision + 1)
    return kept


def _restore_proposal(row_id: int, kept: Kept) -> None:
    for name, label in kept.pop("options").items():
        Option.update(label=label).where(Option.proposal == row_id, Option.name == name).execute()
    _put_tags(ProposalTag, "proposal", row_id, kept.pop("tags"))
    _put(Proposal, row_id, kept, hidden_at=None, revision=Proposal.revision + 1)


def _stand_in(position: int) -> str:
    return f"Réponse masquée n° {position}"


def _hide_initiative(row_id: int, notice: str) -> Kept:
    kept = _take(Initiative, row_id, ("title", *TEXT, *ABOUT))
    _put(Initiative, row_id, _words(notice) | dict.fromkeys(ABOUT, ""), title=TITLE, **_changed(now()))
    return kept


def _restore_initiative(row_id: int, kept: Kept) -> None:
    _put(Initiative, row_id, kept, **_changed(None))


def _changed(hidden_at: datetime | None) -> Kept:
    """Calendars that follow it hear of it."""
    return {"hidden_at": hidden_at, "sequence": Initiative.sequence + 1}


def _hide_reason(row_id: int, notice: str) -> Kept:
    """What it said before it was changed is hidden with it."""
    kept = _take(Ballot, row_id, ("reason", "reason_html", "renderer"))
    changes = BallotChange.select().where(BallotChange.ballot == row_id)
    kept["changes"] = {change.id: change.reason for change in changes}
    _put_changes(dict.fromkeys(kept["changes"], ""))
    words = _words(notice)
    said = {"reason": words["body"], "reason_html": words["body_html"], "renderer": words["renderer"]}
    _put(Ballot, row_id, said, hidden_at=now())
    return kept


def _restore_reason(row_id: int, kept: Kept) -> None:
    _put_changes({int(change_id): reason for change_id, reason in kept.pop("changes").items()})
    _put(Ballot, row_id, kept, hidden_at=None)


def _put_changes(reasons: dict[int, str]) -> None:
    for change_id, reason in reasons.items():
        BallotChange.update(reason=reason).where(BallotChange.id == change_id).execute()


def _hide_group(row_id: int, _: str) -> Kept:
    """A hidden group is read by its members alone: its words need not go."""
    _put(Group, row_id, {"hidden_at": now()})
    return {}


def _restore_group(row_id: int, _: Kept) -> None:
    _put(Group, row_id, {"hidden_at": None})


def _hide_account(row_id: int, _: str) -> Kept:
    """The name shown changes; the key does not: one still signs in by the name one knows, and nobody takes it."""
    kept = _take(Account, row_id, ("username",))
    _put(Account, row_id, {"username": f"Pseudonyme-masqué-{new_key()}"})
    return kept


def _restore_account(row_id: int, kept: Kept) -> None:
    _put(Account, row_id, kept)


def _take_tags(model, owner: str, row_id: int) -> list[list]:
    mine = getattr(model, owner) == row_id
    found = [list(row) for row in tuples(model.select(model.tag, model.typed).where(mine).order_by(model.id))]
    model.delete().where(mine).execute()
    return found


def _put_tags(model, owner: str, row_id: int, tags: list[list]) -> None:
    for tag_id, typed in tags:
        model.insert({owner: row_id, "tag": tag_id, "typed": typed}).on_conflict_ignore().execute()


_HIDE: dict[str, Callable[[int, str], Kept]] = {
    "discussion": _hide_discussion,
    "comment": _hide_comment,
    "proposal": _hide_proposal,
    "initiative": _hide_initiative,
    "reason": _hide_reason,
    "group": _hide_group,
    "account": _hide_account,
}
_RESTORE: dict[str, Callable[[int, Kept], None]] = {
    "discussion": _restore_discussion,
    "comment": _restore_comment,
    "proposal": _restore_proposal,
    "initiative": _restore_initiative,
    "reason": _restore_reason,
    "group": _restore_group,
    "account": _restore_account,
}
