"""From the journal to notices, in the worker. A line done twice tells nobody twice."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from peewee import chunked

from forum.accounts.queries import blockers_of
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.notifications import letters, queries
from forum.notifications.models import Notice
from forum.notifications.recipients import LEVELS, USUAL, WORDS, Recipient, recipients_of
from forum.tasks import journal
from forum.tasks.journal import JournalLine

MOST_LINES = 50
# Writers of SQLite wait for one another: a large group is told in short transactions.
BATCH = 200
# What happened earlier is news to nobody: a past that was imported, a worker that slept.
NEWS = timedelta(days=7)


def run_once() -> int:
    """Tell whom it concerns of what waits in the journal; how many lines were done."""
    lines = journal.take(journal.NOTICES, MOST_LINES)
    for line in lines:
        if line.at > now() - NEWS:
            for batch in chunked(_concerned(line).values(), BATCH):
                tell(line, batch, _group_of(line))
        journal.done(journal.NOTICES, [line.id])
    return len(lines)


def tell(line: JournalLine, items: list[Recipient], group_id: int | None) -> None:
    """Write these notices, one a person, for those who may be told; one transaction."""
    with transaction():
        ids = {item.account_id for item in items}
        told = Notice.select(Notice.account).where(Notice.line == line.id, Notice.account.in_(ids))
        wanted = queries.readers_among(group_id, ids - {row.account_id for row in told})
        choices = queries.choices_among(wanted)
        silenced = {account_id: row.silenced.split() for account_id, row in choices.items()}
        levels = queries.levels_among(wanted, group_id, items[0].discussion_id)
        kept = [
            item
            for item in items
            if item.account_id in wanted
            and item.kind not in silenced.get(item.account_id, ())
            and (group_id is None or _is_told(item, levels.get(item.account_id, USUAL)))
        ]
        before = _fold(kept)
        rows = [_row(line, item, group_id, before.get((item.account_id, item.thread), 0) + 1) for item in kept]
        if rows:
            Notice.insert_many(rows).on_conflict_ignore().execute()
        alone = [item for item in kept if (item.account_id, item.thread) not in before]
        letters.write(line, [item for item in alone if item.account_id in choices and choices[item.account_id].by_mail])


def _is_told(item: Recipient, level: str) -> bool:
    """Whether somebody who chose this level is told."""
    order = list(LEVELS)
    return order.index(item.level) <= order.index(level)


def _concerned(line: JournalLine) -> dict[int, Recipient]:
    """What each person is told, by account: what was said to them by name before what is said to a crowd.

    The words of somebody they do not want to read are not brought to them.
    """
    found: dict[int, Recipient] = {}
    deaf = blockers_of(line.actor_id) if line.actor_id else frozenset()
    for item in (*_named(line), *recipients_of(line)):
        if item.account_id != line.actor_id and not (item.kind in WORDS and item.account_id in deaf):
            found.setdefault(item.account_id, item)
    return found


def _named(line: JournalLine) -> Iterator[Recipient]:
    note = journal.note_of(line)
    if note is not None:
        yield from (
            Recipient(account_id, note.sentence, note.address, kind="", level="named") for account_id in note.to
        )


def _group_of(line: JournalLine) -> int | None:
    """The group that must be readable; none for what concerns the person themself."""
    note = journal.note_of(line)
    return None if note and note.personal else line.group_id


def _fold(items: Iterable[Recipient]) -> dict[tuple[int, str], int]:
    """Fold the unseen notices that these will stand for; how many each stood for, by account and thread."""
    wanted = {(item.account_id, item.thread) for item in items if item.thread}
    if not wanted:
        return {}
    accounts, threads = zip(*wanted, strict=True)
    shown = Notice.select().where(Notice.account.in_(accounts), Notice.thread.in_(set(threads)))
    heads = [
        row for row in shown.where(Notice.seen_at.is_null(), ~Notice.folded) if (row.account_id, row.thread) in wanted
    ]
    if heads:
        Notice.update(folded=True).where(Notice.id.in_([row.id for row in heads])).execute()
    return {(row.account_id, row.thread): row.number for row in heads}


def _row(line: JournalLine, item: Recipient, group_id: int | None, number: int) -> dict[str, object]:
    return {
        "account": item.account_id,
        "line": line.id,
        "group": group_id,
        "actor_id": line.actor_id,
        "sentence": item.sentence_for(number),
        "address": item.address,
        "thread": item.thread,
        "number": number,
        "created_at": line.at,
    }
