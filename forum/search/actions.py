"""Keeping the index true: after each commit, from the journal; and anew when it is missing, unreadable or worn.

A journal line says only "look at this again": the present state is read from the database, so that doing a line twice,
or two lines in the wrong order, is harmless. One indexer writes at a time; the engine sees to it.
"""

import json
import logging
import time
from collections.abc import Iterable, Iterator

from forum.database.connection import connected
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Busy, Document, Ref, ShelfStatus
from forum.search.queries import count_documents, documents_of, every_document, refs_in_group, refs_tagged
from forum.tasks import journal
from forum.tasks.journal import JournalLine

VERBS = (
    "group.created",
    "group.edited",
    "group.access_changed",
    "group.renamed",
    "group.deleted",
    "group.restored",
    "group.merged",
    "group.unmerged",
    "discussion.opened",
    "discussion.edited",
    "discussion.moved",
    "discussion.split",
    "discussion.deleted",
    "comment.posted",
    "comment.edited",
    "comment.deleted",
    "proposal.opened",
    "proposal.edited",
    "option.added",
    "initiative.planned",
    "initiative.edited",
    "initiative.cancelled",
    "initiative.deleted",
    "tag.parted",
)
# Those after which the texts of the group need not be looked at again.
ALONE = ("group.created", "group.renamed")
MOST_LINES = 500
# A shelf is built anew once a day if anything changed: only a rebuild puts groups back in the order of their members.
NIGHT = 24 * 3600
MOST_RECENT = {"groupes": 1000, "textes": 200_000}

logger = logging.getLogger("parvis")
journal.subscribe(journal.INDEX, VERBS)


def index_changes() -> int:
    """Bring the index up to the journal; how many lines were done, 0 when there is nothing to do or another writes.

    The worker calls it again and again, at once after a result other than 0. Raises what the engine raised: the lines
    then wait for the next call.
    """
    with connected():
        try:
            for status in engine().status():
                if _needs_rebuilding(status):
                    _rebuild(status.shelf)
            return _follow()
        except Busy:
            return 0


def reindex() -> dict[str, int]:
    """Build every shelf anew while readers keep the old one; the number of documents of each. Raises Busy."""
    with connected():
        return {status.shelf: _rebuild(status.shelf) for status in engine().status()}


def _follow() -> int:
    with engine().begin() as batch:
        lines = journal.take(journal.INDEX, MOST_LINES)
        if not lines:
            return 0
        refs = set(_refs(lines))
        present = list(documents_of(refs))
        batch.update(present)
        batch.delete(refs - {document.ref for document in present})
    journal.done(journal.INDEX, [line.id for line in lines])
    return len(lines)


def _refs(lines: Iterable[JournalLine]) -> Iterator[Ref]:
    kinds = {"group": "groupe", "discussion": "discussion", "proposal": "proposition", "initiative": "initiative"}
    for line in lines:
        subject = int(line.subject_id or 0)
        if line.subject_kind == "group" and line.verb not in ALONE:
            # Its visibility and its place stand in each text written in it.
            yield from refs_in_group(subject)
        elif line.verb == "tag.parted":
            # What was typed so bears a tag of its own from now on.
            yield from refs_tagged(subject)
        elif line.subject_kind == "comment":
            yield "discussion", json.loads(line.facts)["discussion"]
        else:
            yield kinds[line.subject_kind or ""], subject


def _needs_rebuilding(status: ShelfStatus) -> bool:
    if not status.ready or status.recent > MOST_RECENT[status.shelf]:
        return True
    aged = time.time() - status.built_at > NIGHT
    return aged and (status.recent + status.deleted > 0 or status.documents != count_documents(status.shelf))


def _rebuild(shelf: str) -> int:
    started = time.monotonic()
    count = engine().rebuild(shelf, every_document(shelf), _reread)
    logger.info("index %s: %d documents in %.1f s", shelf, count, time.monotonic() - started)
    return count


def _reread(refs: list[Ref]) -> list[Document]:
    return list(documents_of(refs))
