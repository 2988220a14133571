"""What a statement composed once is asked with, and what stands for it while the SQL is composed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from typing import Any

from peewee import Node, Value

from forum.database.clock import milliseconds
from forum.database.tables import OnlyId

# Longer lists are rare, and a plan for one would weigh megabytes in every connection: no statement is kept for them.
LONGEST = 1_000
SINGLE = (int, str, bytes, datetime)
# The kind of an argument; that of a list is how many values it has once padded.
ONE, ROW, NOTHING = -1, -2, -3


@dataclass(frozen=True)
class Slot:
    """Stands among the parameters of the SQL where a value goes; `number` is its rank among all values."""

    number: int


class Placeholder(Node):
    """Stands for a value in a query."""

    def __init__(self, number: int):
        self._slot = Slot(number)

    def __sql__(self, ctx: Any) -> Any:
        # No field is to convert it.
        return ctx.sql(Value(self._slot, converter=False))

    def _refuse(self, *_: Any) -> Any:
        raise TypeError("an argument has no value yet while SQL is composed: what decides its shape is given by name")

    __bool__ = __eq__ = __str__ = __format__ = _refuse
    __hash__ = Node.__hash__


def kinds_and_values(args: tuple[Any, ...]) -> tuple[tuple[int, ...], list[Any]]:
    """The kind of each argument, and the values of all of them in a row, as the database keeps them."""
    kinds: list[int] = []
    values: list[Any] = []
    for arg in args:
        if isinstance(arg, SINGLE):
            kinds.append(ONE)
            values.append(_stored(arg))
        elif arg is None:
            kinds.append(NOTHING)
        elif hasattr(arg, "id"):
            kinds.append(ROW)
            values.append(arg.id)
        else:
            many = _padded([_stored(value) for value in arg])
            kinds.append(len(many))
            values += many
    return tuple(kinds), values


def placeholders(kinds: tuple[int, ...]) -> list[Any]:
    """What stands for arguments of these kinds; for None, None."""
    each: Iterator[Any] = map(Placeholder, count())
    return [_standing_for(kind, each) for kind in kinds]


def number_of(param: Any) -> int | None:
    """Which value goes where this parameter of a composed query stands; None when it is a constant."""
    return param.number if isinstance(param, Slot) else None


def _standing_for(kind: int, each: Iterator[Any]) -> Any:
    if kind == ONE:
        return next(each)
    if kind == ROW:
        return OnlyId(next(each))
    return None if kind == NOTHING else list(islice(each, kind))


def _stored(value: Any) -> Any:
    return milliseconds(value) if isinstance(value, datetime) else value


def _padded(values: list[Any]) -> list[Any]:
    """The last repeated up to a power of two."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
