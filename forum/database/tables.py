"""The base of every table, and the one kind of column that peewee has not."""

from datetime import timedelta

from peewee import BigIntegerField, Model

from forum.database.clock import EPOCH, milliseconds
from forum.database.connection import database


class Base(Model):
    """The base of every table."""

    class Meta:
        database = database
        legacy_table_names = False


class Moment(BigIntegerField):
    """A moment: an aware UTC datetime in Python, whole milliseconds since 1970 in the database.

    Integers compare alike on both databases, which texts with and without fractions do not.
    """

    def db_value(self, value):
        return value if value is None or isinstance(value, int) else milliseconds(value)

    def python_value(self, value):
        return None if value is None else EPOCH + timedelta(milliseconds=value)
