"""The database: one proxy for SQLite and PostgreSQL, the base of all tables, moments and keys."""

import fcntl
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import psycopg
from peewee import BigIntegerField, Case, Database, DatabaseProxy, Model, OperationalError, PostgresqlDatabase, fn
from playhouse.pool import PooledSqliteDatabase

from forum.config import ROOT
from forum.postgresql import PostgreSQL

database = DatabaseProxy()

# Letters and digits that cannot be taken for one another when read aloud or copied from a poster.
KEY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# How long a writer of SQLite waits for its turn, and between two tries where another process has it, in seconds.
PATIENCE = 10.0
AGAIN = 0.002
_writing = threading.Lock()

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


class Base(Model):
    """The base of every table."""

    class Meta:
        database = database
        legacy_table_names = False


class Moment(BigIntegerField):
    """A moment: an aware UTC datetime in Python, whole milliseconds since 1970 in the database.

    Integers compare alike on both databases, which texts with and without fractions do not.
    """

    def db_value(self, value):
        return value if value is None or isinstance(value, int) else milliseconds(value)

    def python_value(self, value):
        return None if value is None else EPOCH + timedelta(milliseconds=value)


def now() -> datetime:
    """The present moment, aware, in UTC, to the millisecond; inside `at`, the moment given there."""
    moment = _pretended.get() or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def milliseconds(moment: datetime) -> int:
    """A moment as the database keeps it: whole milliseconds since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at this moment: what is imported, or loaded as a demonstration, has a past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def new_key() -> str:
    """A random public key of 8 signs (39 bits): it tells neither rank nor number."""
    number, signs = secrets.randbelow(len(KEY_SIGNS) ** 8), ""
    for _ in range(8):
        number, place = divmod(number, len(KEY_SIGNS))
        signs += KEY_SIGNS[place]
    return signs


def transaction():
    """A context in which all is written or nothing; one inside another joins it.

    On SQLite the outermost is IMMEDIATE: it waits for the writer before it instead of failing at its first write.
    Raises peewee.OperationalError after PATIENCE seconds in vain.
    """
    return database.atomic() if is_postgresql() or database.in_transaction() else _in_turn()


@contextmanager
def _in_turn() -> Iterator[None]:
    """Writers of SQLite one after the other: those of this process in a row, and the first of each process.

    Left to itself SQLite lets each sleep longer and longer before trying again, and the unlucky wait for seconds.
    """
    end = time.monotonic() + PATIENCE
    if not _writing.acquire(timeout=PATIENCE):
        raise OperationalError("database is locked")
    try:
        with Path(f"{database.obj.database}.writers.lock").open("wb") as turn:
            while not _taken(turn):
                if time.monotonic() > end:
                    raise OperationalError("database is locked")
                time.sleep(AGAIN)
            with database.atomic():
                yield
    finally:
        _writing.release()


def _taken(turn: IO) -> bool:
    """Whether the lock of this file is ours now, until the file is closed."""
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tuples(query) -> list[tuple]:
    """The rows of a query as plain tuples, in one list."""
    return list(query.tuples())


def count_between(query, field: Moment, bounds: Sequence[datetime]) -> list[int]:
    """How many rows of a query have their moment from each bound up to the next, one fewer than bounds, in one read."""
    edges = [milliseconds(bound) for bound in bounds]
    sums = [fn.SUM(Case(None, [((field >= start) & (field < end), 1)], 0)) for start, end in pairwise(edges)]
    (row,) = tuples(query.select(*sums))
    return [count or 0 for count in row]


def connect(url: str, threads: int = 32) -> Database:
    """Point the proxy at the database of this URL (sqlite:///relative, sqlite:////absolute, postgresql://…)."""
    chosen = _postgresql(url, threads) if url.startswith("postgresql") else _sqlite(url, threads)
    database.initialize(chosen)
    return chosen


def is_postgresql() -> bool:
    """Whether the proxy points at PostgreSQL."""
    return isinstance(database.obj, PostgresqlDatabase)


def _sqlite(url: str, threads: int) -> Database:
    path = ROOT / Path(unquote(urlsplit(url).path).removeprefix("/"))
    pragmas = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        # An acknowledged vote is on the disk.
        "synchronous": "full",
        "busy_timeout": 10_000,
        "cache_size": -8_000,
    }
    return PooledSqliteDatabase(
        str(path),
        pragmas=pragmas,
        lock_type="IMMEDIATE",
        max_connections=threads,
        timeout=10,
        # The pool hands a connection from one thread to the next, one at a time.
        check_same_thread=False,
    )


def _postgresql(url: str, threads: int) -> Database:
    parts = urlsplit(url)
    return PostgreSQL(
        parts.path.lstrip("/"),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        host=parts.hostname or _socket_folder(parts.query),
        port=parts.port,
        prefer_psycopg3=True,
        # Bound by the client: the server cannot guess the type of count('*') nor see that two parameters are one. What
        # is composed once (forum.prepared) is bound by the server, which keeps its plan.
        cursor_factory=psycopg.ClientCursor,
        max_connections=threads,
        timeout=10,
    )


def _socket_folder(query: str) -> str | None:
    return unquote(query.removeprefix("host=")) if query.startswith("host=") else None
