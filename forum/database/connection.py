"""The connection: one proxy that points at SQLite or at PostgreSQL."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from peewee import Database, DatabaseProxy, PostgresqlDatabase
from playhouse.pool import PooledSqliteDatabase

from forum.config import ROOT
from forum.database.postgresql import PostgreSQL

database = DatabaseProxy()


def connect(url: str, threads: int = 32) -> Database:
    """Point the proxy at the database of this URL (sqlite:///relative, sqlite:////absolute, postgresql://…)."""
    chosen = _postgresql(url, threads) if url.startswith("postgresql") else _sqlite(url, threads)
    database.initialize(chosen)
    return chosen


@contextlib.contextmanager
def connected() -> Iterator[None]:
    """The connection of this thread, taken where there is none and then given back at the end."""
    opened = database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened and not database.is_closed():
            database.close()


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
        # is composed once (forum.database.prepared) is bound by the server, which keeps its plan.
        cursor_factory=psycopg.ClientCursor,
        max_connections=threads,
        timeout=10,
    )


def _socket_folder(query: str) -> str | None:
    return unquote(query.removeprefix("host=")) if query.startswith("host=") else None
