"""Writing one Whoosh index: its fields, the entry of a document, one commit, and the merging of segments.

Every segment is written in the order of the results, merged ones too: it is then read from its first document on.
"""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.search.engines import entry
from forum.search.engines.protocol import Busy, Document, Order, Ref
from forum.search.engines.whoosh.reading import KINDS, Leaf

# Segments of one size class are merged when this many stand together.
TIER = 8
# The big segments wait for a rebuild instead of being merged.
LARGEST_MERGED = 50_000
LETTERS = {kind: letter for letter, kind in KINDS.items()}
# Before every document.
FIRST: Order = (-(1 << 63), "", 0)


class TermsField(fields.FieldType):
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
    ref=TermsField(stored=True),
    kind=TermsField(),
    title=TermsField(),
    words=TermsField(),
    starts=TermsField(),
    tags=TermsField(),
    places=TermsField(),
    group=TermsField(),
    author=TermsField(),
    audience=TermsField(),
    audience_of=fields.COLUMN(columns.NumericColumn("Q")),
    weight=fields.COLUMN(columns.NumericColumn("Q")),
)


def opened(build: Path) -> FileIndex:
    """The index in `build`. Raises whatever unreadable files make Whoosh raise."""
    return FileIndex(FileStorage(str(build), supports_mmap=False), SCHEMA)


def create(build: Path, documents: Iterable[Document]) -> int:
    """Write `documents` into the empty folder `build`; their number.

    Those in the order of the results make one segment. Any other, which moved while it was read, goes into a second.
    """
    index = FileIndex.create(FileStorage(str(build), supports_mmap=False), SCHEMA)
    count, last, late = 0, FIRST, []
    with _writer(index, megabytes=256) as writer:
        for document in documents:
            count += 1
            if document.order < last:
                late.append(document)
            else:
                last = document.order
                writer.add_document(**_entry(document))
    if late:
        apply(build, {document.ref: document for document in late})
    return count


def apply(build: Path, changes: dict[Ref, Document | None]) -> None:
    """Replace each document of `changes`, or remove it where None, in one commit."""
    with _writer(opened(build), megabytes=128) as writer:
        gone = [_name(ref) for ref in changes]
        for base, leaf in _bases(writer):
            for name in gone:
                for number in leaf.refs(name):
                    writer.delete_document(base + number)
        documents = [document for document in changes.values() if document]
        merged = to_merge(list(map(_size, writer.segments)), len(documents))
        with contextlib.ExitStack() as opening:
            leaves = [opening.enter_context(_leaf(writer, segment)) for segment in writer.segments[merged:]]
            _write_in_order(writer, documents, leaves)
        # What was merged is left out of the next generation.
        del writer.segments[merged:]


def _write_in_order(writer: SegmentWriter, documents: Iterable[Document], leaves: list[Leaf]) -> None:
    """Add the documents, and the living ones of these segments, as one segment in the order of the results."""
    entries: list[tuple[Any, int, Any]] = [(document.order, -1, document) for document in documents]
    for index, leaf in enumerate(leaves):
        entries.extend((leaf.order(number), index, number) for number in leaf.living())
    numbers: list[dict[int, int]] = [{} for _ in leaves]
    for _, index, one in sorted(entries, key=lambda entry: entry[0]):
        if index < 0:
            writer.add_document(**_entry(one))
        else:
            numbers[index][one] = writer.docnum
            _copy(writer, leaves[index], one)
    for leaf, docmap in zip(leaves, numbers, strict=True):
        # As SegmentWriter.add_reader does, which would keep the documents of each segment together.
        writer.add_postings_to_pool(leaf.reader, 0, docmap)


def _copy(writer: SegmentWriter, leaf: Leaf, number: int) -> None:
    """What is kept for a document besides its terms."""
    kept = writer.perdocwriter
    kept.start_doc(writer.docnum)
    kept.add_field("ref", SCHEMA["ref"], leaf.ref(number), 0)
    for name, value in (("weight", leaf.weight(number)), ("audience_of", leaf.audience(number))):
        kept.add_column_value(name, SCHEMA[name].column_type, value)
    kept.finish_doc()
    writer.docnum += 1
    writer._added = True


@contextlib.contextmanager
def _leaf(writer: SegmentWriter, segment: object) -> Iterator[Leaf]:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    try:
        yield Leaf(reader)
    finally:
        reader.close()


def _bases(writer: SegmentWriter) -> Iterator[tuple[int, Leaf]]:
    base = 0
    for segment in writer.segments:
        with _leaf(writer, segment) as leaf:
            yield base, leaf
        base += _size(segment)


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
        writer.commit(merge=False)
    except BaseException:
        with contextlib.suppress(Exception):
            writer.cancel()
        if writer.writelock is not None and writer.writelock.fd is not None:
            writer.writelock.release()
        raise


def to_merge(sizes: list[int], added: int) -> int:
    """From which segment on all are merged into the one being written, which takes `added` documents; `len(sizes)` for
    none.

    The newest are merged once there are TIER of a size class, classes being powers of TIER. Segments keep the order of
    their writing, so that the first is always the base.
    """
    first, limit = len(sizes), TIER
    while True:
        while limit <= added:
            limit *= TIER
        small = next((many for many, size in enumerate(reversed(sizes[:first])) if size >= limit), first)
        taken = sum(sizes[first - small : first])
        if small < TIER - 1 or added + taken > LARGEST_MERGED:
            return first
        first, added, limit = first - small, added + taken, limit * TIER


def _size(segment: object) -> int:
    return segment.doc_count_all()  # type: ignore[attr-defined]
