"""Transactions: all is written or nothing, and writers of SQLite take turns."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from peewee import OperationalError

from forum.database.connection import database, is_postgresql

# How long a writer of SQLite waits for its turn, and between two tries where another process has it, in seconds.
PATIENCE = 10.0
AGAIN = 0.002
_writing = threading.Lock()


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
