"""Short acts that several threads ask for at the same moment, done in one transaction: one wait for the disk."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from peewee import OperationalError

from forum.database import sqlite
from forum.database.connection import database

Act = TypeVar("Act")

# So many at once: whoever comes later waits for the next transaction rather than for a long one.
MOST = 100


@dataclass(eq=False)
class QueuedAct(Generic[Act]):
    """What a thread asks for, and what came of it."""

    act: Act
    done: bool = False
    problem: Exception | None = None


class GroupCommit(Generic[Act]):
    """Acts of one kind. `work` does several in one transaction and returns for each None, or the error for its asker.

    Whoever comes while a transaction is being written waits for its end; the first of them then does what all of them
    asked. Nobody waits for company: an act that comes alone is done alone, at once.
    """

    def __init__(self, work: Callable[[Sequence[Act]], list[Exception | None]]):
        self._work = work
        self._waiting: deque[QueuedAct[Act]] = deque()
        self._turn = threading.Lock()

    def do(self, act: Act) -> None:
        """Return once the act is committed; raise what `work` says of it, or what went wrong. As `transaction`, inside
        another transaction it joins it, and after PATIENCE seconds in vain it raises OperationalError."""
        asked = QueuedAct(act)
        if database.in_transaction():
            self._do([asked])
        else:
            self._waiting.append(asked)
            self._take_turn(asked)
            try:
                while not asked.done:
                    self._do([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])
            finally:
                self._turn.release()
        if asked.problem:
            raise asked.problem

    def _take_turn(self, asked: QueuedAct[Act]) -> None:
        if self._turn.acquire(timeout=sqlite.PATIENCE):
            return
        with contextlib.suppress(ValueError):
            self._waiting.remove(asked)
            raise OperationalError("database is locked")
        # Somebody is doing it at this moment: what came of it must be known.
        self._turn.acquire()

    def _do(self, batch: list[QueuedAct[Act]]) -> None:
        try:
            problems = self._work([asked.act for asked in batch])
        except Exception as problem:  # noqa: BLE001  raised again in the thread that asked
            if len(batch) > 1:
                for asked in batch:
                    self._do([asked])
                return
            problems = [problem]
        for asked, found in zip(batch, problems, strict=True):
            asked.problem, asked.done = found, True
