"""The tables of the index in PostgreSQL: one a build, and one that says which build of each shelf is read.

They are no part of the schema of the site: like the files of Whoosh they hold nothing of their own, no backup takes
them, and the one that writes the index makes them anew whenever they are missing or of another version.
"""

import contextlib
import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from peewee import PeeweeException, chunked

from forum.database.connection import database
from forum.search.engines import analyser
from forum.search.engines.postgres import terms
from forum.search.engines.protocol import Document, Ref

# Raise the first number when the tables change: builds of another version are not read, and the worker rebuilds.
VERSION = f"2.{analyser.VERSION}"
SHELF_NAMES = ("groupes", "textes")
CHUNK = 500
# Any number that nothing else on this database uses: the first half of the keys of our advisory locks.
LOCKS = 7_241_654
# Of how many lexemes the planner knows the frequency, in tens: it must tell the rare ones from the common ones.
STATISTICS = 1000

_SHELVES = """
create table if not exists search_shelf (
    shelf text primary key, version text not null default '', build bigint not null default 0,
    built_at double precision not null default 0, commits bigint not null default 0,
    documents bigint not null default 0, recent bigint not null default 0, deleted bigint not null default 0,
    building boolean not null default false)"""
_TOUCHED = """
create table if not exists search_touched (
    shelf text not null, kind text not null, id bigint not null, primary key (shelf, kind, id))"""
_BUILD = """
create table {table} (
    kind text not null, id bigint not null, audience bigint not null, weight bigint not null,
    terms tsvector not null)"""
_INDEXES = (
    "alter table {table} add primary key (kind, id)",
    "create index on {table} (weight desc, kind, id)",
    # Without a list of what is still to be sorted in, which every reader would have to go through.
    "create index on {table} using gin (terms) with (fastupdate = off)",
    f"alter table {{table}} alter column terms set statistics {STATISTICS}",
)


@dataclass(frozen=True, slots=True)
class Build:
    """A build in use: its number and figures."""

    shelf: str
    number: int
    built_at: float
    commits: int
    documents: int
    recent: int
    deleted: int

    @property
    def table(self) -> str:
        return table_of(self.shelf, self.number)


def current(shelf: str) -> Build | None:
    """The build in use, None when there is none of this version. Raises PeeweeException before the first of all."""
    row = database.execute_sql(
        "select shelf, build, built_at, commits, documents, recent, deleted from search_shelf"
        " where shelf = $1 and version = $2",
        (shelf, VERSION),
        kept=True,
    ).fetchone()
    return Build(*row) if row else None


def table_of(shelf: str, number: int) -> str:
    return f"search_{shelf}_{number}"


def settle(shelf: str) -> None:
    """Make what every shelf needs, note from now on what is written, and drop the builds that a killed process left."""
    with database.atomic():
        # Two processes that make the same table at once fail, even with "if not exists".
        database.execute_sql("select pg_advisory_xact_lock(%s, 0)", (LOCKS,))
        database.execute_sql(_SHELVES)
        database.execute_sql(_TOUCHED)
        database.execute_sql("insert into search_shelf (shelf) values (%s) on conflict do nothing", (shelf,))
    with database.atomic():
        database.execute_sql("delete from search_touched where shelf = %s", (shelf,))
        database.execute_sql("update search_shelf set building = true where shelf = %s", (shelf,))
    in_use = current(shelf)
    for table in _builds(shelf):
        if in_use is None or table != in_use.table:
            drop(table)


def create(shelf: str, documents: Iterable[Document]) -> tuple[int, int]:
    """Write a build, not yet in use; its number, and that of its documents."""
    number = time.time_ns()
    table, count = table_of(shelf, number), 0
    database.execute_sql(_BUILD.format(table=table))
    for some in chunked(documents, CHUNK):
        count += add(table, some)
    with database.atomic():
        database.execute_sql("set local maintenance_work_mem = '128MB'")
        for statement in _INDEXES:
            database.execute_sql(statement.format(table=table))
    database.execute_sql(f"analyze {table}")
    return number, count


def add(table: str, documents: Iterable[Document]) -> int:
    """Add documents that are not there yet; their number."""
    count = 0
    with database.cursor().copy(f"copy {table} (kind, id, audience, weight, terms) from stdin") as copy:
        for document in documents:
            vector = terms.vector(document)
            copy.write_row((document.kind, document.id, document.audience, document.weight, vector))
            count += 1
    return count


def replace(table: str, changes: dict[Ref, Document | None]) -> tuple[int, int]:
    """Put each document in the place of what was there, or nothing where None; how many were added, and taken away."""
    gone = 0
    for kind in {kind for kind, _ in changes}:
        ids = [number for other, number in changes if other == kind]
        statement = f"delete from {table} where kind = %s and id = any(%s)"  # noqa: S608  a name of ours
        gone += database.execute_sql(statement, (kind, ids)).rowcount
    return add(table, filter(None, changes.values())), gone


def count_changes(build: Build, added: int, gone: int) -> None:
    database.execute_sql(
        "update search_shelf set commits = commits + 1, documents = documents + %s, recent = recent + %s,"
        " deleted = deleted + %s where shelf = %s",
        (added - gone, added, gone, build.shelf),
    )


def note(shelf: str, refs: Collection[Ref]) -> None:
    """Remember these for the build that is being made, if one is."""
    row = database.execute_sql("select building from search_shelf where shelf = %s", (shelf,)).fetchone()
    for kind, number in refs if row and row[0] else ():
        database.execute_sql(
            "insert into search_touched values (%s, %s, %s) on conflict do nothing", (shelf, kind, number)
        )


def noted(shelf: str) -> list[Ref]:
    """What was written since `settle`."""
    rows = database.execute_sql("select kind, id from search_touched where shelf = %s", (shelf,)).fetchall()
    return [(kind, number) for kind, number in rows]


def swap(shelf: str, number: int, count: int) -> None:
    """Put a build of `count` documents in use, with nothing written since."""
    database.execute_sql(
        "update search_shelf set version = %s, build = %s, built_at = %s, commits = 0, documents = %s, recent = 0,"
        " deleted = 0, building = false where shelf = %s",
        (VERSION, number, time.time(), count, shelf),
    )
    database.execute_sql("delete from search_touched where shelf = %s", (shelf,))


def drop(table: str) -> None:
    """Drop a build out of use, or leave it to the next rebuild where somebody, a dump say, reads it for long."""
    with contextlib.suppress(PeeweeException), database.atomic():
        database.execute_sql("set local lock_timeout = '2s'")
        database.execute_sql(f"drop table if exists {table}")


def _builds(shelf: str) -> Iterator[str]:
    rows = database.execute_sql("select tablename from pg_tables where schemaname = current_schema()").fetchall()
    return (name for (name,) in rows if re.fullmatch(rf"search_{shelf}_\d+", name))
