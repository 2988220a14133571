"""Search with PostgreSQL, in the site's own database: the terms, the audience and the order of every other engine.

Nothing is scored. The planner walks the documents by falling weight and stops at the last one wanted where the words
are common, and goes through the index of terms where one of them is rare.
"""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from peewee import PeeweeException

from forum.database.connection import connected, database
from forum.search.engines.entry import TITLES_FIRST
from forum.search.engines.postgres import tables, terms
from forum.search.engines.postgres.tables import SHELF_NAMES, Build
from forum.search.engines.protocol import (
    FOREVER,
    PUBLIC,
    Audience,
    Batch,
    Busy,
    Document,
    Hit,
    Query,
    Ref,
    Reread,
    ShelfStatus,
    Unreadable,
)
from forum.text.typed import one_line

T = TypeVar("T")


class PostgresEngine:
    """The engine of `engine.Engine` kept in the database of the site, which must be PostgreSQL."""

    def __init__(self) -> None:
        self._locks = Locks()

    def find(self, query: Query, audience: Audience, limit: int = 20, after: int = 0) -> list[Hit]:
        if terms.is_vain(query):
            return []
        return _reading(query.shelf, lambda build: _page(build.table, query, audience, limit, after))

    def known(self, shelf: str, terms: Collection[str], audience: Audience) -> set[str]:
        return _reading(shelf, lambda build: _known(build.table, terms, audience))

    def begin(self) -> Batch:
        return PostgresBatch(self._locks)

    def rebuild(self, shelf: str, documents: Iterable[Document], reread: Reread) -> int:
        with self._locks.hold(shelf, "building"):
            with self._locks.hold(shelf, "writing", wait=True):
                tables.settle(shelf)
            number, count = tables.create(shelf, documents)
            with self._locks.hold(shelf, "writing", wait=True), database.atomic():
                former = tables.current(shelf)
                touched = tables.noted(shelf)
                changes = dict.fromkeys(touched) | {document.ref: document for document in reread(touched)}
                added, gone = tables.replace(tables.table_of(shelf, number), changes)
                tables.swap(shelf, number, count + added - gone)
            if former:
                tables.drop(former.table)
        return count

    def generation(self, shelf: str) -> str:
        try:
            return _reading(shelf, lambda build: f"{build.number}/{build.commits}")
        except Unreadable:
            return ""

    def status(self) -> list[ShelfStatus]:
        return [_status(shelf) for shelf in SHELF_NAMES]

    def close(self) -> None:
        """Nothing is kept open: the connection is the one of the request, or given back after each question."""


class PostgresBatch(Batch):
    """Its commit is one transaction."""

    def __init__(self, locks: "Locks") -> None:
        super().__init__(locks.hold(shelf, "writing") for shelf in SHELF_NAMES)

    def write(self, changes: dict[str, dict[Ref, Document | None]]) -> None:
        builds = [(_reading(shelf, lambda build: build), changed) for shelf, changed in changes.items()]
        with database.atomic():
            for build, changed in builds:
                tables.note(build.shelf, list(changed))
                tables.count_changes(build, *tables.replace(build.table, changed))


class Locks:
    """Writing and rebuilding: one process at a time, and one thread of it. The server frees them at its death."""

    def __init__(self) -> None:
        # A session is given the lock that it holds already, so that the threads of a connection need another.
        self._here: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    @contextlib.contextmanager
    def hold(self, shelf: str, name: str, wait: bool = False) -> Iterator[None]:
        """Hold the lock `name` ("writing", "building") of a shelf. Raises Busy, unless `wait`."""
        if not self._here[shelf, name].acquire(blocking=wait):
            raise Busy(f"{shelf}: {name}")
        try:
            key = (tables.LOCKS, 1 + 2 * SHELF_NAMES.index(shelf) + (name == "building"))
            with connected(), _held(key, wait):
                yield
        finally:
            self._here[shelf, name].release()


@contextlib.contextmanager
def _held(key: tuple[int, int], wait: bool) -> Iterator[None]:
    if wait:
        database.execute_sql("select pg_advisory_lock(%s, %s)", key)
    elif not database.execute_sql("select pg_try_advisory_lock(%s, %s)", key).fetchone()[0]:
        raise Busy(f"lock {key}")
    try:
        yield
    finally:
        # A connection that was lost has lost its locks.
        with contextlib.suppress(PeeweeException):
            database.execute_sql("select pg_advisory_unlock(%s, %s)", key)


def _reading(shelf: str, read: Callable[[Build], T]) -> T:
    """`read` on the build in use, tried again once: it may have been replaced between two questions."""
    with connected():
        for attempt in (1, 2):
            try:
                build = tables.current(shelf)
                if build is not None:
                    return read(build)
            except PeeweeException as error:
                if attempt == 2:
                    raise Unreadable(f"{shelf}: {one_line(str(error))}") from error
    raise Unreadable(f"{shelf}: not built yet")


def _page(table: str, query: Query, audience: Audience, limit: int, after: int) -> list[Hit]:
    """Titles first where there are words to find in a title; each document once."""
    titles: list[Ref] = []
    if query.words and query.shelf == "textes":
        # Fewer than wanted are all there are; as many answer alone.
        most = min(TITLES_FIRST, after + limit)
        titles = _in_order(table, query, terms.question(query, in_title=True), audience, most)
    if len(titles) < after + limit:
        found = _in_order(table, query, terms.question(query), audience, after + limit + len(titles))
        titles = list(dict.fromkeys([*titles, *found]))
    return [Hit(kind, number) for kind, number in titles[after : after + limit]]


def _in_order(table: str, query: Query, question: str, audience: Audience, limit: int) -> list[Ref]:
    matching = "terms @@ %s::tsquery and " if question else ""
    dated = "weight between %s and %s and " if (query.since, query.until) != (0, FOREVER) else ""
    statement = (
        f"select kind, id from {table} where {matching}{dated}audience = any(%s)"  # noqa: S608  a name of ours
        " order by weight desc, kind, id limit %s"
    )
    asked = [*([question] if matching else []), *([query.since, query.until] if dated else [])]
    rows = database.execute_sql(statement, [*asked, [PUBLIC, *sorted(audience)], limit]).fetchall()
    return [(kind, number) for kind, number in rows]


def _known(table: str, terms: Collection[str], audience: Audience) -> set[str]:
    """Each term looked up in the index of terms: the planner, which does not know them, would read everything."""
    statement = (
        f"select term from unnest(%s::text[]) as term where exists (select from {table}"  # noqa: S608  a name of ours
        " where terms @@ quote_literal(term)::tsquery and audience = any(%s))"
    )
    with database.atomic():
        database.execute_sql(
            "select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)"
        )
        rows = database.execute_sql(statement, (sorted(terms), [PUBLIC, *sorted(audience)])).fetchall()
    return {term for (term,) in rows}


def _status(shelf: str) -> ShelfStatus:
    try:
        return _reading(shelf, _figures)
    except (Unreadable, PeeweeException) as error:
        return ShelfStatus(shelf, False, str(error))


def _figures(build: Build) -> ShelfStatus:
    # The figures stand beside the name of the table: without this a table that somebody dropped would look sound.
    database.execute_sql(f"select from {build.table} limit 1")
    return ShelfStatus(build.shelf, True, "", build.documents, build.recent, build.deleted, build.built_at)
