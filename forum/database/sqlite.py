"""SQLite as this site speaks to it: what is acknowledged is on the disk, and writers take turns."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from peewee import OperationalError
from playhouse.pool import PooledSqliteDatabase

from forum.config import ROOT

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    # An acknowledged vote is on the disk.
    "synchronous": "full",
    "busy_timeout": 10_000,
    "cache_size": -8_000,
}
# How long a writer waits for its turn, and between two tries where another process has it, in seconds.
PATIENCE = 10.0
AGAIN = 0.002


class SQLite(PooledSqliteDatabase):
    """A pool of connections to one file. A new one is its owner's alone, whatever the umask, and so are those put
    beside it, which take its mode: who belongs where is in them."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self._turn = threading.Lock()

    def _connect(self, *args: Any, **options: Any) -> Any:
        # What stands there already, or cannot stand there, SQLite says better.
        with suppress(OSError):
            os.close(os.open(self.database, os.O_CREAT | os.O_EXCL, 0o600))
        return super()._connect(*args, **options)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction among writers that take turns: those of this process in a row, and the first of each process.

        It is IMMEDIATE: it waits for the writer before it instead of failing at its first write. Left to itself SQLite
        lets each sleep longer and longer before trying again, and the unlucky wait for seconds.
        """
        end = time.monotonic() + PATIENCE
        if not self._turn.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        try:
            with Path(f"{self.database}.writers.lock").open("wb") as turn:
                while not _taken(turn):
                    if time.monotonic() > end:
                        raise OperationalError("database is locked")
                    time.sleep(AGAIN)
                with self.atomic():
                    yield
        finally:
            self._turn.release()


def pool(url: str, threads: int) -> SQLite:
    """A pool of so many connections to the file of this URL."""
    return SQLite(
        str(ROOT / Path(unquote(urlsplit(url).path).removeprefix("/"))),
        pragmas=PRAGMAS,
        lock_type="IMMEDIATE",
        max_connections=threads,
        timeout=10,
        # The pool hands a connection from one thread to the next, one at a time.
        check_same_thread=False,
    )


def _taken(turn: IO[bytes]) -> bool:
    """Whether the lock of this file is ours now, until the file is closed."""
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
