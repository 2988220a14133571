"""The base of every table, what has an id, and the one kind of column that peewee has not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from peewee import BigIntegerField, Field, Model

from forum.database.clock import EPOCH, milliseconds
from forum.database.connection import database


class Base(Model):
    """The base of every table."""

    class Meta:
        database = database
        legacy_table_names = False


class HasId(Protocol):
    """A row, or somebody, of whom a query needs the id alone. A model itself is one: every row of it that the query
    joins."""

    @property
    def id(self) -> int | Field: ...


@dataclass(frozen=True)
class OnlyId:
    """A row, or somebody, of whom the id alone is known."""

    id: int


class Moment(BigIntegerField):
    """A moment: an aware UTC datetime in Python, whole milliseconds since 1970 in the database.

    Integers compare alike on both databases, which texts with and without fractions do not. A length of time can be
    added to it.
    """

    def db_value(self, value: datetime | timedelta | None) -> int | None:
        if isinstance(value, timedelta):
            return value // timedelta(milliseconds=1)
        return None if value is None else milliseconds(value)

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else EPOCH + timedelta(milliseconds=value)
