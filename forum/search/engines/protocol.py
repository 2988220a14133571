"""What a search engine promises, in plain values: any engine passes the same tests."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

# Read by everyone. Any other audience is the id of the group whose members alone may find the document.
PUBLIC = 0
# A weight beyond all others.
FOREVER = (1 << 62) - 1

SHELVES = {"groupe": "groupes", "discussion": "textes", "proposition": "textes", "initiative": "textes"}

Ref = tuple[str, int]
# What the results are sorted by: minus the weight, then the kind and the id, so that no two are equal.
Order = tuple[int, str, int]
Audience = frozenset[int]
Reread = Callable[[list[Ref]], Iterable["Document"]]


class Unreadable(Exception):
    """The index is missing, unreadable or of an older version: the worker rebuilds it, meanwhile SQL answers."""


class Busy(Exception):
    """Another process is writing the index."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is found, as it stands in the database now.

    `weight` orders the results, the highest first: members of a group, seconds of the last activity of a text.
    `aliases` are other words under which a group is found as one types: its place, its tags. `author` is the account
    that opened a text, 0 for a group.
    """

    kind: str
    id: int
    title: str
    body: str = ""
    aliases: str = ""
    tags: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    group: int = 0
    author: int = 0
    audience: int = PUBLIC
    weight: int = 0

    def __post_init__(self) -> None:
        """Refuse what an engine could not write: TypeError or ValueError, before any engine sees it."""
        if self.kind not in SHELVES:
            raise ValueError(f"unknown kind {self.kind!r}")
        if not all(isinstance(text, str) for text in (self.title, self.body, self.aliases, *self.places)):
            raise TypeError(f"{self.kind} {self.id}: texts are strings")
        numbers = (self.id, self.group, self.author, self.audience, self.weight, *self.tags)
        if not all(isinstance(number, int) and 0 <= number < 1 << 63 for number in numbers):
            raise TypeError(f"{self.kind} {self.id}: ids and weight are whole numbers, not negative")

    @property
    def ref(self) -> Ref:
        return self.kind, self.id

    @property
    def order(self) -> Order:
        return -self.weight, self.kind, self.id


@dataclass(frozen=True, slots=True)
class Word:
    """One word asked for: any of its `terms` will do, or any of its `tags`; `unfinished` while it is being typed."""

    terms: tuple[str, ...]
    tags: tuple[int, ...] = ()
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Every word, and one of each other list that is not empty. All kinds must stand on one shelf.

    `since` and `until` are the least and the greatest weight: for texts, seconds of their last activity.
    """

    words: tuple[Word, ...] = ()
    kinds: frozenset[str] = frozenset({"discussion", "proposition", "initiative"})
    places: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    authors: tuple[int, ...] = ()
    since: int = 0
    until: int = FOREVER

    @property
    def shelf(self) -> str:
        (shelf,) = {SHELVES[kind] for kind in self.kinds}
        return shelf


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class ShelfStatus:
    """`ready`, or the `reason` why not; `recent` counts what was written since it was built, at `built_at`."""

    shelf: str
    ready: bool
    reason: str = ""
    documents: int = 0
    recent: int = 0
    deleted: int = 0
    built_at: float = 0.0


class Batch(ABC):
    """Changes kept in memory, which become findable together at `commit` (or at the end of a `with` without an
    exception); the last word on a document wins. `locks` are held meanwhile: nobody else writes.
    """

    def __init__(self, locks: Iterable[AbstractContextManager[None]]) -> None:
        self._changes: dict[Ref, Document | None] = {}
        with ExitStack() as held:
            for lock in locks:
                held.enter_context(lock)
            self._held = held.pop_all()

    def update(self, documents: Iterable[Document]) -> None:
        self._changes.update((document.ref, document) for document in documents)

    def delete(self, refs: Iterable[Ref]) -> None:
        self._changes.update((ref, None) for ref in refs)

    def commit(self) -> None:
        with self._held:
            self.write(dict(by_shelf(self._changes)))

    @abstractmethod
    def write(self, changes: dict[str, dict[Ref, Document | None]]) -> None:
        """Make the changes of each shelf findable; a document that is None goes."""

    def __enter__(self) -> "Batch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        self._held.close()


class Engine(Protocol):
    """One index of what can be found."""

    def find(self, query: Query, audience: Audience, limit: int = 20, after: int = 0) -> list[Hit]:
        """`limit` hits after skipping `after`, titles first, then by weight; only what is public or for `audience`.

        Of one weight, by kind and id: every engine gives the same hits in the same order. An unfinished word stands for
        every word that begins so. Raises Unreadable.
        """
        ...

    def known(self, shelf: str, terms: Collection[str], audience: Audience) -> set[str]:
        """Those of these terms that stand in something public or for `audience`; for groups, beginnings are terms too.

        A term that stands in very many things of which nearly none is for them may be missed. Raises Unreadable.
        """
        ...

    def begin(self) -> Batch:
        """A batch of changes; nobody else begins one before its end. Raises Busy while another writes.

        On any error the index stays as it was.
        """
        ...

    def rebuild(self, shelf: str, documents: Iterable[Document], reread: Reread) -> int:
        """Build a shelf anew beside the one in use, from `documents` in `Document.order`, and swap; their number.

        What is written meanwhile is read again with `reread` before the swap. Raises Busy when another rebuild runs.
        """
        ...

    def generation(self, shelf: str) -> str:
        """Changes whenever what can be found changes; empty when there is nothing to read."""
        ...

    def status(self) -> list[ShelfStatus]:
        """One line a shelf; never raises."""
        ...

    def close(self) -> None:
        """Release what this thread keeps open."""
        ...


def by_shelf(changes: dict[Ref, Document | None]) -> Iterator[tuple[str, dict[Ref, Document | None]]]:
    """The changes of each shelf that has any."""
    for shelf in dict.fromkeys(SHELVES.values()):
        mine = {ref: document for ref, document in changes.items() if SHELVES[ref[0]] == shelf}
        if mine:
            yield shelf, mine
