"""What happened, appended in the acting transaction; the index, notices, feeds and live views read it.

What it can say are verbs, "subject.participle". The feature that keeps the subject declares them beside its tables;
a verb that nobody declared is neither written nor awaited.

Each reader has a row of its own for each line it has still to do. Remembering "the last id seen" would lose lines on
PostgreSQL, where ids do not commit in their order.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import AutoField, BigAutoField, CharField, ForeignKeyField, Insert, IntegerField, TextField

from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.tables import Base, HasId, Moment

# The reader that keeps the search index true.
INDEX = "index"
# The reader that tells people; lines with a note wait for it whatever their verb.
NOTICES = "notices"

_verbs: set[str] = set()
_readers: dict[str, list[str]] = {}


class JournalLine(Base):
    """One thing that happened. `facts` is a JSON object of plain values."""

    id = BigAutoField()
    verb = CharField(40)
    actor_id = IntegerField(null=True)
    group_id = IntegerField(null=True)
    subject_kind = CharField(20, null=True)
    subject_id = IntegerField(null=True)
    facts = TextField(default="{}")
    at = Moment(default=now)

    class Meta:
        indexes = ((("group_id", "id"), False),)

    # What the line carries for the reader that took it, '' for none: filled in by `take`.
    note: str


class Pending(Base):
    """A line that a reader has still to do.

    `note` is for this reader alone and goes with the row: the journal keeps no trace of who was told what.
    """

    id = AutoField()
    reader = CharField(20)
    line = ForeignKeyField(JournalLine, on_delete="CASCADE", index=True)
    note = TextField(default="")

    class Meta:
        indexes = ((("reader", "line"), True),)


@dataclass(frozen=True)
class Note:
    """What the accounts with these ids are told by an act that names them: a French sentence, and where it leads.

    The sentence tells nothing they may not know; `address` is a local path. It is seen only as long as they may read
    what is said in the line's group, unless it is `personal`: about themselves (refused, removed), read outside too.
    """

    to: Sequence[int]
    sentence: str
    address: str
    personal: bool = False


def declare(subject: str, *participles: str) -> None:
    """From now on the journal can say this of such a subject. Called by the feature that keeps it, once a verb.

    Raises ValueError for a verb that is declared already.
    """
    for verb in (f"{subject}.{participle}" for participle in participles):
        if verb in _verbs:
            raise ValueError(f"the verb {verb} is declared already")
        _verbs.add(verb)


def verbs() -> frozenset[str]:
    """All that the features imported so far have declared."""
    return frozenset(_verbs)


def subscribe(reader: str, verbs: Iterable[str]) -> None:
    """From now on lines with these verbs wait for this reader. Called once, when its module is imported.

    Raises ValueError for a verb that is not declared.
    """
    for verb in verbs:
        _check_declared(verb)
        readers = _readers.setdefault(verb, [])
        if reader not in readers:
            readers.append(reader)


@prepared
def _append(
    verb: str,
    actor_id: int | None,
    group_id: int | None,
    kind: str | None,
    subject_id: int | None,
    facts: str,
    at: datetime,
) -> Insert:
    return JournalLine.insert(
        verb=verb,
        actor_id=actor_id,
        group_id=group_id,
        subject_kind=kind,
        subject_id=subject_id,
        facts=facts,
        at=at,
    )


@prepared
def _wait(reader: str, line_id: int, note: str) -> Insert:
    return Pending.insert(reader=reader, line=line_id, note=note)


def record(
    verb: str,
    actor: HasId | None = None,
    group: HasId | None = None,
    subject: tuple[str, int] | None = None,
    note: Note | None = None,
    **facts: object,
) -> None:
    """Append a line inside the transaction of the act. `actor` and `group` are rows or None; facts are plain values.

    People named by the act are told by its `note`, the actor excepted; a crowd by what the notices know of the verb.
    Raises ValueError for a verb that is not declared.
    """
    _check_declared(verb)
    kind, subject_id = subject or (None, None)
    actor_id, group_id = (row.id if row else None for row in (actor, group))
    written_facts = json.dumps(facts, ensure_ascii=False)
    line_id = _append.insert(verb, actor_id, group_id, kind, subject_id, written_facts, now())
    notes = {NOTICES: _written(note)} if note and note.to else {}
    for reader in dict.fromkeys([*_readers.get(verb, ()), *notes]):
        _wait.insert(reader, line_id, notes.get(reader, ""))


def _check_declared(verb: str) -> None:
    if verb not in _verbs:
        raise ValueError(f"no feature declares the verb {verb}")


def _written(note: Note) -> str:
    told = {"told": sorted(set(note.to)), "said": note.sentence, "address": note.address, "personal": note.personal}
    return json.dumps(told, ensure_ascii=False)


def note_of(line: JournalLine) -> Note | None:
    """The note of a line that its reader took; None without one."""
    if not line.note:
        return None
    told = json.loads(line.note)
    return Note(told["told"], told["said"], told["address"], told["personal"])


def take(reader: str, limit: int = 500) -> list[JournalLine]:
    """The lines this reader has still to do, oldest first, at most `limit`."""
    lines = JournalLine.select(JournalLine, Pending.note).join(Pending).where(Pending.reader == reader)
    return list(lines.order_by(JournalLine.id).limit(limit).objects())


def done(reader: str, ids: Iterable[int]) -> None:
    """This reader has done these lines. One killed before this does them again: doing a line twice must be harmless."""
    Pending.delete().where(Pending.reader == reader, Pending.line.in_(list(ids))).execute()


def waiting(reader: str) -> int:
    """How many lines this reader has still to do."""
    return Pending.select().where(Pending.reader == reader).count()


def last_moment() -> datetime | None:
    """When the last thing happened."""
    last = JournalLine.select().order_by(JournalLine.id.desc()).first()
    return last.at if last else None
