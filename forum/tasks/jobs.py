"""Work done after the commit, by the worker: huey on the site's database, where an enqueue rolls back with its act."""

from functools import cached_property

from huey.api import Huey
from huey.contrib.sql_huey import BytesBlobField, SqlStorage
from huey.storage import BaseStorage
from peewee import CharField, CompositeKey, FloatField, IntegerField, TimestampField

from forum.database.connection import database, is_postgresql
from forum.database.tables import Base
from forum.database.transactions import transaction


class JobKeyValue(Base):
    """huey's results and locks."""

    queue = CharField()
    key = CharField()
    value = BytesBlobField()

    class Meta:
        primary_key = CompositeKey("queue", "key")


class JobSchedule(Base):
    """Jobs for later."""

    queue = CharField()
    data = BytesBlobField()
    timestamp = TimestampField(resolution=1000)

    class Meta:
        indexes = ((("queue", "timestamp"), False),)


class JobTask(Base):
    """Jobs for now."""

    queue = CharField()
    data = BytesBlobField()
    priority = FloatField(default=0.0)

    class Meta:
        indexes = ((("queue", "priority"), False),)


class JobCounter(Base):
    """huey's counters."""

    queue = CharField()
    key = CharField()
    value = IntegerField()

    class Meta:
        primary_key = CompositeKey("queue", "key")


class JobStorage(SqlStorage):
    """huey's SQL storage on the site's proxy, whose database is known only when the site starts."""

    KV, Schedule, Task, Counter = JobKeyValue, JobSchedule, JobTask, JobCounter

    def __init__(self, name: str = "huey", **options: object):
        BaseStorage.__init__(self, name)
        self.database = database
        self.atomic = transaction

    @cached_property
    def for_update(self) -> str | None:
        return "FOR UPDATE SKIP LOCKED" if is_postgresql() else None


# Jobs take ids only: their arguments are pickled.
huey = Huey("parvis", results=False, storage_class=JobStorage)
job = huey.task
