"""Statements whose SQL is composed once: peewee composes it anew at each call, which costs more than running it.

PostgreSQL keeps their plans as well.
"""

from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from forum.database.connection import database, is_postgresql
from forum.database.postgresql import with_numbers
from forum.database.rows import reader

Value = TypeVar("Value", int, str)

# Unlike any value in a query; each stands for one argument while the SQL is composed.
FIRST_MARK = -7_000_000


class Prepared:
    """A query of a fixed shape. `compose` is given a mark for each argument and returns the query.

    Only plain integers and texts can be arguments, and the shape may depend on nothing else: give rules a `viewer`,
    which has an id and no more, so that a rule that asks for more fails at once instead of being frozen for everybody.
    An insertion names every column whose default is worked out (a moment, a key): composed once, it would never change.
    """

    def __init__(self, compose: Callable):
        self._compose = compose
        self._composed: dict[tuple, tuple] = {}
        self._readers: dict[tuple, Any] = {}

    def rows(self, *values: int | str) -> list:
        """The rows for these arguments, as the query itself would give them."""
        query, cursor = self._run(values)
        read = self._reader(query, cursor, len(values))
        # Where no plan is known, what peewee does after composing (Select._execute): the query reads its cursor.
        return read(cursor.fetchall()) if read else list(query._get_cursor_wrapper(cursor))

    def as_stored(self, *values: int | str) -> tuple[tuple, ...]:
        """The rows as the database holds them, which `read` makes models of: equal when nothing of them has changed."""
        query, cursor = self._run(values)
        self._reader(query, cursor, len(values))
        return tuple(cursor.fetchall())

    def read(self, stored: Sequence[tuple], *values: int | str) -> list:
        """What `rows` gives, of what `as_stored` gave for these arguments."""
        return self._readers[type(database.obj), len(values)](stored)

    def insert(self, *values: int | str | None) -> int:
        """Insert a row with these arguments; its id."""
        _, cursor = self._run(values)
        return cursor.fetchone()[0] if is_postgresql() else cursor.lastrowid

    def write(self, *values: int | str | None) -> int:
        """Change or delete rows, or insert several, with these arguments; how many."""
        _, cursor = self._run(values)
        return cursor.rowcount

    def _run(self, values: Sequence) -> tuple:
        query, sql, params = self._for_database(len(values))
        if is_postgresql():
            return query, database.execute_sql(sql, values, kept=True)
        filled = [values[place] if place is not None else constant for place, constant in params]
        return query, database.execute_sql(sql, filled)

    def _reader(self, query: Any, cursor: Any, number: int) -> Callable[[Sequence[tuple]], list] | None:
        kind = (type(database.obj), number)
        if kind not in self._readers:
            wrapper = query._get_cursor_wrapper(cursor)
            wrapper.initialize()
            self._readers[kind] = reader(wrapper)
        return self._readers[kind]

    def _for_database(self, number: int) -> tuple:
        kind = (type(database.obj), number)
        if kind not in self._composed:
            marks = [FIRST_MARK - place for place in range(number)]
            query = self._compose(*marks)
            sql, params = query.sql()
            numbers = {str(mark): place for place, mark in enumerate(marks)}
            places = [numbers.get(str(param)) for param in params]
            sql = with_numbers(sql, params, places) if is_postgresql() else sql
            self._composed[kind] = (query, sql, list(zip(places, params, strict=True)))
        return self._composed[kind]


def padded(values: Iterable[Value]) -> list[Value]:
    """These values, one at least, the last repeated up to a power of two: for `IN`.

    Lists of any length are then of few shapes, each of which PostgreSQL plans once for every connection.
    """
    found = list(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


def viewer(member_id: int) -> Any:
    """Somebody of whom only the id is known."""
    return SimpleNamespace(id=member_id)
