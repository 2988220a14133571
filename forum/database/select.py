"""Reading the rows of any query as plain values."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar

from peewee import Case, Select, SelectBase, fn

from forum.database.tables import Moment

T = TypeVar("T")


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


def count_between(query: Select, field: Moment, bounds: Sequence[datetime]) -> list[int]:
    """How many rows of a query have their moment from each bound up to the next, one fewer than bounds, in one read."""
    sums = [fn.SUM(Case(None, [((field >= start) & (field < end), 1)], 0)) for start, end in pairwise(bounds)]
    (row,) = tuples(query.select(*sums))
    return [count or 0 for count in row]
