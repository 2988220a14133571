"""Transactions: all is written or nothing, and what is held in one."""

from contextlib import AbstractContextManager
from typing import Any, TypeVar

from forum.database.connection import database, is_postgresql

T = TypeVar("T", bound=Any)


def transaction() -> AbstractContextManager[Any]:
    """A context in which all is written or nothing; one inside another joins it.

    On SQLite writers take turns. Raises peewee.OperationalError after sqlite.PATIENCE seconds in vain.
    """
    return database.atomic() if database.in_transaction() else database.obj.writing()


def held(query: T, *of: Any) -> T:
    """A query whose rows nobody else changes until the end of the transaction; where it joins several models, those of
    the models `of`. SQLite has one writer anyway."""
    return query.for_update(of=of or None) if is_postgresql() else query
