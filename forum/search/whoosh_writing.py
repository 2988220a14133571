"""Writing one Whoosh index: its fields, the entry of a document, one commit, and the merging of segments."""

import contextlib
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.search import entry
from forum.search.engine import Busy, Document, Ref
from forum.search.whoosh_reading import LARGEST_MERGED, Leaf

# Segments of one size class are merged when this many stand together.
TIER = 8
LETTERS = {"groupe": "g", "discussion": "d", "proposition": "p"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}


class Terms(fields.FieldType):
    """A field given as a list of terms, kept without frequencies or positions; Whoosh analyses nothing."""

    analyzer = None
    format = formats.Existence()
    scorable = False
    vector = None
    unique = False

    def __init__(self, stored: bool = False) -> None:
        self.stored = stored

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((term.encode(), 1, 1.0, b"") for term in sorted(set(value)))


SCHEMA = fields.Schema(
    ref=Terms(stored=True),
    kind=Terms(),
    title=Terms(),
    words=Terms(),
    starts=Terms(),
    tags=Terms(),
    places=Terms(),
    group=Terms(),
    author=Terms(),
    audience=Terms(),
    audience_of=fields.COLUMN(columns.NumericColumn("Q")),
    weight=fields.COLUMN(columns.NumericColumn("Q")),
)


def opened(build: Path) -> FileIndex:
    """The index in `build`. Raises whatever unreadable files make Whoosh raise."""
    return FileIndex(FileStorage(str(build), supports_mmap=False), SCHEMA)


def create(build: Path, documents: Iterable[Document]) -> int:
    """Write `documents` in their order into the empty folder `build`, as one segment; their number."""
    index = FileIndex.create(FileStorage(str(build), supports_mmap=False), SCHEMA)
    with _writer(index, megabytes=256) as writer:
        return _add_all(writer, documents)


def apply(build: Path, changes: dict[Ref, Document | None]) -> None:
    """Replace each document of `changes`, or remove it where None, in one commit."""
    with _writer(opened(build), megabytes=128) as writer:
        gone = [_name(ref) for ref in changes]
        for base, leaf in _bases(writer):
            for name in gone:
                for number in leaf.refs(name):
                    writer.delete_document(base + number)
        documents = sorted((document for document in changes.values() if document), key=lambda one: -one.weight)
        _add_all(writer, documents)


def _bases(writer: SegmentWriter) -> Iterator[tuple[int, Leaf]]:
    base = 0
    for segment in writer.segments:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            yield base, Leaf(reader)
        finally:
            reader.close()
        base += segment.doc_count_all()


def _add_all(writer: SegmentWriter, documents: Iterable[Document]) -> int:
    count = 0
    for document in documents:
        writer.add_document(**_entry(document))
        count += 1
    return count


def _entry(document: Document) -> dict[str, object]:
    """The fields of a document. Groups are found by the beginnings of words, texts by whole words."""
    shared: dict[str, object] = {
        "ref": [_name(document.ref)],
        "_stored_ref": _name(document.ref),
        "kind": [document.kind],
        "tags": map(str, document.tags),
        "places": document.places,
        "group": [str(document.group)],
        "author": [str(document.author)],
        "audience": [str(document.audience)],
        "audience_of": document.audience,
        "weight": document.weight,
    }
    if document.kind == "groupe":
        return shared | {"starts": entry.terms(document)}
    return shared | {"title": entry.title_terms(document), "words": entry.terms(document)}


def _name(ref: Ref) -> str:
    return f"{LETTERS[ref[0]]}{ref[1]}"


@contextlib.contextmanager
def _writer(index: FileIndex, megabytes: int) -> Iterator[SegmentWriter]:
    """A writer that commits at the end, or leaves no lock and no trace behind when anything raises."""
    try:
        writer = index.writer(limitmb=megabytes)
    except LockError as error:
        raise Busy(index.storage.folder) from error
    try:
        yield writer
        writer.commit(mergetype=merge_tiers)
    except BaseException:
        with contextlib.suppress(Exception):
            writer.cancel()
        if writer.writelock is not None and writer.writelock.fd is not None:
            writer.writelock.release()
        raise


def merge_tiers(writer: SegmentWriter, segments: list) -> list:
    """Merge the newest segments once there are TIER of a size class, the newest first into the one being written.

    Classes are powers of TIER. Segments keep the order of their writing, so that the first is always the base.
    """
    kept, limit = list(segments), TIER
    while True:
        while limit <= writer.doc_count():
            limit *= TIER
        together = _newest(kept, limit)
        if len(together) < TIER - 1 or writer.doc_count() + sum(map(_size, together)) > LARGEST_MERGED:
            return kept
        for segment in together:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        kept = kept[: len(kept) - len(together)]
        limit *= TIER


def _newest(segments: list, limit: int) -> list:
    """The last segments that hold fewer than `limit` documents, the last first."""
    return list(itertools.takewhile(lambda segment: _size(segment) < limit, reversed(segments)))


def _size(segment: object) -> int:
    return segment.doc_count_all()  # type: ignore[attr-defined]
