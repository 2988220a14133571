"""Reading the rows of any query as plain values."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple, Self, TypeVar

from peewee import Case, Expression, Field, Select, SelectBase, fn

from forum.database.clock import EPOCH, milliseconds
from forum.database.tables import Moment

T = TypeVar("T")
LAST = datetime(9999, 1, 1, tzinfo=UTC)


def tuples(query: SelectBase) -> list[tuple[Any, ...]]:
    """The rows of a query as plain tuples, in one list."""
    return list(query.tuples())


def in_order(rows: Iterable[T], ids: Iterable[int], id_of: Callable[[T], int] = attrgetter("id")) -> list[T]:
    """The rows of these ids in the order of the ids, those that are missing left out."""
    by_id = {id_of(row): row for row in rows}
    return [by_id[number] for number in ids if number in by_id]


def paged(query: Select, page: int, size: int) -> tuple[list[Any], bool]:
    """The rows of a page, the first of which is 1, and whether another follows: one row more is read."""
    rows = list(query.limit(size + 1).offset((page - 1) * size))
    return rows[:size], len(rows) > size


class Cursor(NamedTuple):
    """A row in a list in order of time, the latest first, after which a page begins (keyset pagination): what is
    written meanwhile moves no row from one page to the next. Where the order is that of ids, `at` says nothing."""

    at: datetime
    id: int

    @classmethod
    def read(cls, typed: str) -> Self:
        """The cursor that an address bears; anything that is none stands before the first row."""
        found = re.fullmatch(r"([0-9]{1,14})-([0-9]{1,15})", typed)
        return cls(EPOCH + timedelta(milliseconds=int(found[1])), int(found[2])) if found else cls(LAST, 2**53)

    def __str__(self) -> str:
        return f"{milliseconds(self.at)}-{self.id}"

    @property
    def is_start(self) -> bool:
        """Whether the page is the first."""
        return self.at == LAST

    def older(self, row_id: Field, moment: Moment | None = None) -> Expression:
        """The condition of the rows that follow, in the order of `moment` and then of `row_id`, both descending."""
        if moment is None:
            return row_id < self.id
        return (moment < self.at) | ((moment == self.at) & (row_id < self.id))


START = Cursor.read("")


def latest(
    query: Select, cursor: Cursor, size: int, row_id: Field, moment: Moment | None = None
) -> tuple[list[Any], Cursor | None]:
    """The rows of a page of a list in order of time, the latest first, and the cursor of the next page, if any."""
    order = [moment.desc(), row_id.desc()] if moment else [row_id.desc()]
    return cut(list(query.where(cursor.older(row_id, moment)).order_by(*order).limit(size + 1)), size, moment)


def cut(rows: list[T], size: int, moment: Moment | None = None) -> tuple[list[T], Cursor | None]:
    """A page of rows of which one more was read than it holds, and the cursor of the next, if any."""
    if len(rows) <= size:
        return rows, None
    last: Any = rows[size - 1]
    return rows[:size], Cursor(getattr(last, moment.name) if moment else EPOCH, last.id)


def count_between(query: Select, field: Moment, bounds: Sequence[datetime]) -> list[int]:
    """How many rows of a query have their moment from each bound up to the next, one fewer than bounds, in one read."""
    sums = [fn.SUM(Case(None, [((field >= start) & (field < end), 1)], 0)) for start, end in pairwise(bounds)]
    (row,) = tuples(query.select(*sums))
    return [count or 0 for count in row]
