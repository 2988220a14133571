"""Bring the database to the present schema, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import Runner, template
from playhouse.schema_diff import diff_models

from forum.database.connection import connected, database, is_postgresql
from forum.database.tables import Base

FOLDER = Path(__file__).parent / "migrations"

# Any number that nothing else on this database uses.
ADVISORY_LOCK = 7_241_653


class NewerSchema(Exception):
    """The database has been through steps that this version does not know."""


def up() -> list[str]:
    """Apply the steps not applied yet, in order, and return their names. Two processes at once: the second waits.

    Raises NewerSchema.
    """
    with alone():
        return apply()


def apply() -> list[str]:
    """As `up`, for who is `alone` already."""
    runner = Runner(database.obj, directory=str(FOLDER))
    unknown = [step.name for step in runner.status() if step.path is None]
    if unknown:
        raise NewerSchema(f"it was brought up to date by a newer version: {unknown[0]} is unknown here")
    return runner.up()


def missing() -> list[str]:
    """The steps that the database still lacks."""
    runner = Runner(database.obj, directory=str(FOLDER))
    return [step.name for step in runner.status() if not step.applied]


def write_next(name: str) -> str | None:
    """Write a step that brings the present schema to the models, and return its file; None when nothing is missing.

    The writer sees tables, columns and indexes, not changes of type, nullability or length; it forgets index=False.
    """
    difference = diff_models(database.obj, Base.__subclasses__())
    if not difference:
        return None
    # Defaults are Python's (a function of the time, say): the writer's reminders to add them to the schema go.
    body = "".join(line for line in template(difference).splitlines(True) if not line.startswith("# TODO"))
    return Runner(database.obj, directory=str(FOLDER)).create(name, body=body)


@contextmanager
def alone() -> Iterator[None]:
    """Hold what one process at a time may do to a whole site: change its schema, fill it. Not to be nested."""
    with connected(), _locked():
        yield


@contextmanager
def _locked() -> Iterator[None]:
    if is_postgresql():
        database.execute_sql("select pg_advisory_lock(%s)", (ADVISORY_LOCK,))
        try:
            yield
        finally:
            database.execute_sql("select pg_advisory_unlock(%s)", (ADVISORY_LOCK,))
    else:
        with Path(f"{database.obj.database}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
