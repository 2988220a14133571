"""One file with everything: a SQLite database, whichever the site uses, so that it also serves to change over."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peewee import Database, Field, ForeignKeyField, Model, SqliteDatabase, chunked

from peewee import sort_models as sorted_by_reference  # type: ignore[attr-defined]  # isort: skip
from playhouse.migrations import Runner

from forum.database import migrate
from forum.database.connection import database, is_postgresql
from forum.database.tables import Base

# "Prvs": what the header of a backup says that it is.
APPLICATION = 0x50727673
# 500 rows of two dozen columns stay below the 32,766 variables of SQLite.
BATCH = 500


def backup(path: Path) -> None:
    """Write everything, as of one moment, into a new file; the site may go on writing meanwhile.

    The file appears whole or not at all. Raises FileExistsError, OSError, and peewee's errors.
    """
    if path.exists():
        raise FileExistsError(f"{path} exists already")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with database.connection_context():
            _export(unfinished) if is_postgresql() else database.execute_sql("vacuum into ?", (str(unfinished),))
        _sign(unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _sign(path: Path) -> None:
    """Say in the header whose the file is (sqlite.org/pragma.html#pragma_application_id); its owner alone reads it."""
    os.chmod(path, 0o600)
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute(f"pragma application_id = {APPLICATION}")


def models() -> list[type[Model]]:
    """Every table, each after those it refers to."""
    return sorted_by_reference(Base.__subclasses__())


def _export(path: Path) -> None:
    target = SqliteDatabase(str(path))
    with target.connection_context():
        Runner(target, directory=str(migrate.FOLDER)).up()
        with database.atomic():
            database.execute_sql("set transaction isolation level repeatable read")
            with target.atomic():
                for model in models():
                    copied(model, database.obj, target)


def copied(model: type[Model], source: Database, target: Database) -> int:
    """Copy a table; references of a table to itself are written once all its rows are there."""
    fields = model._meta.sorted_fields
    own = [field for field in fields if isinstance(field, ForeignKeyField) and field.rel_model is model]
    count = 0
    for rows in chunked(_rows(model, source), BATCH):
        count += len(rows)
        with model.bind_ctx(target, bind_refs=False, bind_backrefs=False):
            first = [{**row, **dict.fromkeys(own)} for row in rows]
            model.insert_many(first, fields=fields).execute()
    for field in own:
        _refer(model, field, source, target)
    return count


def _rows(model: type[Model], source: Database) -> Iterator["dict[Field[Any], object]"]:
    fields = model._meta.sorted_fields
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    cursor = source.execute_sql(f'select {names} from "{model._meta.table_name}"')  # noqa: S608  names of our own tables
    for values in cursor:
        yield {field: field.python_value(value) for field, value in zip(fields, values, strict=True)}


def _refer(model: type[Model], field: ForeignKeyField, source: Database, target: Database) -> None:
    key: Any = model._meta.primary_key
    with_reference = [(row[key], row[field]) for row in _rows(model, source) if row[field] is not None]
    with model.bind_ctx(target, bind_refs=False, bind_backrefs=False):
        for number, other in with_reference:
            model.update({field: other}).where(key == number).execute()
