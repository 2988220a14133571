"""Statements composed once: peewee writes the SQL of a query anew each time it is asked, which costs more than running
it, and PostgreSQL plans it anew besides.

    @prepared
    def _answers(reader: HasId, discussion: HasId, since: datetime) -> "ModelSelect[Comment]":
        return comments_for(reader).where(Comment.discussion == discussion.id, Comment.created_at > since)

    found = _answers.rows(member, discussion, since)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, ParamSpec, TypeVar, overload

from peewee import Model, ModelSelect, Query

from forum.database.arguments import LONGEST, kinds_and_values, number_of, placeholders
from forum.database.clock import EPOCH, at
from forum.database.connection import database, is_postgresql
from forum.database.hydration import DriverRow, RowReader, reader
from forum.database.postgresql import with_numbers

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
T = TypeVar("T")

# How many shapes of one statement are kept; the one least used goes first.
MOST_SHAPES = 100


@overload
def prepared(compose: Callable[P, "ModelSelect[M]"]) -> "PreparedStatement[P, M]": ...
@overload
def prepared(compose: Callable[P, Query]) -> "PreparedStatement[P, Any]": ...
def prepared(compose: Callable[P, Any]) -> "PreparedStatement[P, Any]":
    """Makes a statement of a function that returns a query. The function is not called with the arguments, but with
    placeholders that it may only hand on to the query: whatever asks for the value of one fails at once.

    What can be an argument:
    - a whole number, a text, a truth value, or a moment;
    - somebody, or a row: only their id is known, so that a rule that asks for more fails instead of being frozen for
      everybody;
    - a list or set of the first, of any length, for IN: the last is repeated, so that few lengths are composed;
    - None: it is given as it is, and composed apart. A filter that is optional is such an argument.

    What else decides the shape of the query is given by name, and each combination composed apart; so is each number of
    arguments that `*values` takes. Let no stranger choose among many.

        @prepared
        def _written_in(reader: HasId, group: HasId, since: datetime | None, *, hidden: bool) -> Select:
            rows = comments_for(reader).where(Comment.group == group.id, Comment.hidden_at.is_null(not hidden))
            return rows if since is None else rows.where(Comment.created_at > since)

    The present moment is an argument, and so is every default that is worked out (a moment, a key): what is composed
    otherwise at another moment is refused with a TypeError. A text for LIKE comes with its signs escaped.
    """
    return PreparedStatement(compose)


class PreparedStatement(Generic[P, T]):
    """A query of a few shapes, to be asked with arguments."""

    def __init__(self, compose: Callable[P, Any]):
        self._compose = compose
        self._kept = lru_cache(MOST_SHAPES)(self._composed)
        self.__doc__ = compose.__doc__

    def rows(self, *args: P.args, **shape: P.kwargs) -> list[T]:
        """The rows for these arguments, as the query itself would give them."""
        composed, cursor = self._run(args, shape)
        return composed.reader(cursor)(cursor.fetchall())

    def first(self, *args: P.args, **shape: P.kwargs) -> T | None:
        """The first row, None when there is none."""
        rows = self.rows(*args, **shape)
        return rows[0] if rows else None

    def scalar(self, *args: P.args, **shape: P.kwargs) -> Any:
        """The first value of the first row, of a query of tuples: a count, say. None when there is no row."""
        row: Any = self.first(*args, **shape)
        return row[0] if row else None

    def as_stored(
        self, *args: P.args, **shape: P.kwargs
    ) -> tuple[tuple[DriverRow, ...], Callable[[Sequence[DriverRow]], list[T]]]:
        """The rows as the database holds them, equal when nothing of them has changed, and what makes of them what
        `rows` gives."""
        composed, cursor = self._run(args, shape)
        return tuple(cursor.fetchall()), composed.reader(cursor)

    def insert(self, *args: P.args, **shape: P.kwargs) -> int:
        """Insert a row with these arguments; its id."""
        _, cursor = self._run(args, shape)
        return cursor.fetchone()[0] if is_postgresql() else cursor.lastrowid

    def write(self, *args: P.args, **shape: P.kwargs) -> int:
        """Change or delete rows, or insert several, with these arguments; how many."""
        _, cursor = self._run(args, shape)
        return cursor.rowcount

    def _run(self, args: tuple[Any, ...], shape: dict[str, Any]) -> tuple["Composed", Any]:
        kinds, values = kinds_and_values(args)
        kept = max(kinds, default=0) <= LONGEST
        composed = (self._kept if kept else self._composed)(is_postgresql(), kinds, **shape)
        if kept and composed.numbered:
            sql, numbers = composed.numbered
            return composed, database.execute_sql(sql, [values[number] for number in numbers], kept=True)
        filled = [constant if number is None else values[number] for number, constant in composed.params]
        return composed, database.execute_sql(composed.sql, filled)

    def _composed(self, numbering: bool, kinds: tuple[int, ...], /, **shape: Any) -> "Composed":
        query = self._compose(*placeholders(kinds), **shape)
        sql, params = query.sql()
        with at(EPOCH):
            if (sql, params) != self._compose(*placeholders(kinds), **shape).sql():
                raise TypeError(
                    "composed at another moment it is another statement: what was worked out is an argument"
                )
        numbers = [number_of(param) for param in params]
        numbered = with_numbers(sql, params, numbers) if numbering else None
        return Composed(query, sql, list(zip(numbers, params, strict=True)), numbered)


@dataclass
class Composed:
    """A statement of one shape: its SQL; for each parameter the number of the value that goes there, or None and a
    constant; and what `with_numbers` makes of them for PostgreSQL."""

    query: Any
    sql: str
    params: list[tuple[int | None, Any]]
    numbered: tuple[str, list[int]] | None
    read: RowReader | None = None

    def reader(self, cursor: Any) -> RowReader:
        """What makes of the rows of this cursor, and of every later one, what the query itself would."""
        if self.read is None:
            self.read = reader(self.query, cursor.description)
        return self.read
