"""A row of any table, made up: for guards that ask something of every table."""

from itertools import count
from typing import Any

from peewee import AutoField, BigAutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.tables import Base, Moment
from tests.world import member

_numbers = count(1_000)


def tables(base: type[Base] = Base) -> list[type[Base]]:
    """Every table of the site."""
    found = [*base.__subclasses__()]
    return found + [table for each in found for table in tables(each)]


def made_up(table: type[Any], **given: Any) -> Any:
    """A row of this table with these columns; what it must lead to is made up as well, a person is Charlie."""
    columns = {
        column.name: _value(column)
        for column in table._meta.sorted_fields
        if column.name not in given and not column.null and column.default is None
    }
    columns = {name: value for name, value in columns.items() if value is not None}
    return table.get(table.create(**columns, **given)._pk_expr())


def _value(column: Any) -> Any:
    number = next(_numbers)
    if isinstance(column, AutoField | BigAutoField):
        return None
    if isinstance(column, ForeignKeyField):
        return member("Charlie") if column.rel_model is Account else made_up(column.rel_model)
    if isinstance(column, Moment):
        return now()
    if isinstance(column, BooleanField):
        return False
    if isinstance(column, IntegerField):
        return number
    assert isinstance(column, CharField | TextField), column
    return f"m{number}"[: getattr(column, "max_length", None) or 255]
