"""Search with Whoosh 2.7.4: two indexes, read in the order of their documents, written by one process at a time.

The rules that keep clear of its defects: readers are never refreshed but opened anew at each generation, one a thread;
mmap is off, for otherwise each segment is copied into memory; segments are compound, so that a merge breaks no open
reader; no buffered or asynchronous writer; a writer that met an exception is thrown away.
"""

import contextlib
import itertools
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypeVar

from whoosh.reading import SegmentReader

from forum.search.engines.entry import TITLES_FIRST
from forum.search.engines.protocol import Audience, Batch, Document, Hit, Query, Ref, Reread, ShelfStatus, Unreadable
from forum.search.engines.whoosh.files import Builds
from forum.search.engines.whoosh.reading import KINDS, Leaf, in_order
from forum.search.engines.whoosh.writing import apply, create, opened

SHELF_NAMES = ("groupes", "textes")

T = TypeVar("T")


class WhooshEngine:
    """The engine of `engine.Engine` kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._shelves = {name: Shelf(folder / name) for name in SHELF_NAMES}

    def find(self, query: Query, audience: Audience, limit: int = 20, after: int = 0) -> list[Hit]:
        return self._shelves[query.shelf].find(query, audience, limit, after)

    def known(self, shelf: str, terms: Collection[str], audience: Audience) -> set[str]:
        return self._shelves[shelf].known(terms, audience)

    def begin(self) -> Batch:
        return WhooshBatch(self._shelves)

    def rebuild(self, shelf: str, documents: Iterable[Document], reread: Reread) -> int:
        return self._shelves[shelf].rebuild(documents, reread)

    def generation(self, shelf: str) -> str:
        return self._shelves[shelf].builds.generation()

    def status(self) -> list[ShelfStatus]:
        return [shelf.status() for shelf in self._shelves.values()]

    def close(self) -> None:
        for shelf in self._shelves.values():
            shelf.close()


class WhooshBatch(Batch):
    def __init__(self, shelves: "dict[str, Shelf]") -> None:
        super().__init__(shelf.builds.lock("writing") for shelf in shelves.values())
        self._shelves = shelves

    def write(self, changes: dict[str, dict[Ref, Document | None]]) -> None:
        for shelf, changed in changes.items():
            self._shelves[shelf].write(changed)


class Shelf:
    """One Whoosh index: its builds, the readers of each thread, its writer."""

    def __init__(self, folder: Path) -> None:
        self.builds = Builds(folder)
        self._mine = threading.local()

    def find(self, query: Query, audience: Audience, limit: int, after: int) -> list[Hit]:
        return self._reading(lambda leaves: _page(leaves, query, audience, limit, after))

    def known(self, terms: Collection[str], audience: Audience) -> set[str]:
        field = "starts" if self.builds.folder.name == "groupes" else "words"
        return self._reading(
            lambda leaves: {term for term in terms if any(leaf.knows(field, term, audience) for leaf in leaves)}
        )

    def status(self) -> ShelfStatus:
        name = self.builds.folder.name
        try:
            return self._reading(lambda leaves: self._counted(name, leaves))
        except Unreadable as error:
            return ShelfStatus(name, False, str(error))

    def write(self, changes: dict[Ref, Document | None]) -> None:
        """Apply `changes` in one commit, the lock "writing" held.

        Raises Unreadable, or what Whoosh raised, the index then unchanged.
        """
        build = self.builds.current()
        if build is None:
            raise Unreadable(f"{self.builds.folder.name}: pas d’index")
        self.builds.note(changes)
        apply(build, changes)

    def rebuild(self, documents: Iterable[Document], reread: Reread) -> int:
        with self.builds.lock("building"):
            with self.builds.lock("writing", wait=True):
                self.builds.sweep()
                self.builds.follow()
            build = self.builds.new()
            count = create(build, documents)
            with self.builds.lock("writing", wait=True):
                touched = self.builds.noted()
                if touched:
                    apply(build, dict.fromkeys(touched) | {document.ref: document for document in reread(touched)})
                self.builds.swap(build)
        return count

    def close(self) -> None:
        for leaf in getattr(self._mine, "leaves", ()):
            leaf.reader.close()
        self._mine.leaves, self._mine.generation = [], ""

    def _reading(self, read: Callable[[list[Leaf]], T]) -> T:
        """`read` on the leaves of this thread, tried again once on fresh ones: a swap or a merge may have come between.

        A broken file raises anything from EOFError to UnpicklingError; all of them mean the same.
        """
        for attempt in (1, 2):
            try:
                return read(self._leaves())
            except Unreadable:
                raise
            except Exception as error:
                self._forget()
                if attempt == 2:
                    self.builds.spoil()
                    raise Unreadable(f"{self.builds.folder.name}: {error!r}") from error
        raise AssertionError

    def _leaves(self) -> list[Leaf]:
        if self.builds.spoilt():
            raise Unreadable(f"{self.builds.folder.name}: illisible")
        generation = self.builds.generation()
        if getattr(self._mine, "generation", "") != generation or not generation:
            self._forget()
            build = self.builds.current()
            if not generation or build is None:
                raise Unreadable(f"{self.builds.folder.name}: pas d’index")
            reader = opened(build).reader()
            self._mine.leaves = [Leaf(leaf) for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
            self._mine.generation = generation
        return self._mine.leaves

    def _forget(self) -> None:
        with contextlib.suppress(Exception):
            self.close()
        self._mine.leaves, self._mine.generation = [], ""

    def _counted(self, name: str, leaves: list[Leaf]) -> ShelfStatus:
        build = self.builds.current()
        base = leaves[0].count if leaves else 0
        deleted = sum(len(leaf.deleted) for leaf in leaves)
        total = sum(leaf.count for leaf in leaves)
        built_at = int(build.name.split("-")[1]) / 1e9 if build else 0.0
        return ShelfStatus(name, True, "", total - deleted, total - base, deleted, built_at)


def _page(leaves: list[Leaf], query: Query, audience: Audience, limit: int, after: int) -> list[Hit]:
    """Titles first where there are words to find in a title; each document once."""
    field = "starts" if query.shelf == "groupes" else "words"
    found = in_order(leaves, query, audience, field)
    if query.words and field == "words":
        # Fewer than wanted are all there are; as many answer alone.
        titles = list(itertools.islice(in_order(leaves, query, audience, "title"), min(TITLES_FIRST, after + limit)))
        seen = set(titles)
        found = itertools.chain(titles, (place for place in found if place not in seen))
    refs = (leaves[index].ref(number) for index, number in itertools.islice(found, after, after + limit))
    return [Hit(KINDS[ref[0]], int(ref[1:])) for ref in refs]
