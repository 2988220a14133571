"""The connection: one proxy that points at SQLite or at PostgreSQL."""

import contextlib
from collections.abc import Iterator

from peewee import Database, DatabaseProxy

from forum.database import postgresql, sqlite

database = DatabaseProxy()


def connect(url: str, threads: int = 32) -> Database:
    """Point the proxy at the database of this URL (sqlite:///relative, sqlite:////absolute, postgresql://…)."""
    chosen = postgresql.pool(url, threads) if url.startswith("postgresql") else sqlite.pool(url, threads)
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
    return isinstance(database.obj, postgresql.PostgreSQL)
