"""One file with everything: a SQLite database, whichever the site uses, so that it also serves to change over."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from peewee import AutoField, Database, ForeignKeyField, Model, SqliteDatabase, chunked

from peewee import sort_models as sorted_by_reference  # type: ignore[attr-defined]  # isort: skip
from playhouse.migrations import Runner

from forum.accounts.models import Account
from forum.database import migrate
from forum.database.connection import database, is_postgresql
from forum.database.tables import Base
from forum.database.transactions import transaction

# 500 rows of two dozen columns stay below the 32,766 variables of SQLite.
BATCH = 500


class NotEmpty(Exception):
    """The site holds accounts already; restoring would lose them."""


class NotABackup(Exception):
    """The file cannot be read as a backup."""


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
        os.chmod(unfinished, 0o600)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(path: Path, force: bool = False) -> int:
    """Put a backup back, in one transaction, and return how many rows it held.

    A backup of an older version is brought to the present schema first. Raises NotABackup, and NotEmpty unless `force`.
    """
    with tempfile.TemporaryDirectory() as folder, database.connection_context():
        copy = Path(folder) / "backup.db"
        shutil.copyfile(path, copy)
        source = SqliteDatabase(str(copy))
        with _read_as_backup(path), source.connection_context():
            Runner(source, directory=str(migrate.FOLDER)).up()
        migrate.up()
        if Account.select().exists() and not force:
            raise NotEmpty
        with source.connection_context(), transaction():
            return _replace_all(source)


@contextlib.contextmanager
def _read_as_backup(path: Path) -> Iterator[None]:
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise NotABackup(f"{path} is not a backup")
    yield


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
                    _copy(model, database.obj, target)


def _replace_all(source: Database) -> int:
    for model in reversed(models()):
        _forget_own_references(model)
        model.delete().execute()
    copied = sum(_copy(model, source, database.obj) for model in models())
    if is_postgresql():
        _continue_numbering()
    return copied


def _copy(model: type[Model], source: Database, target: Database) -> int:
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


def _rows(model: type[Model], source: Database) -> Iterator[dict]:
    fields = model._meta.sorted_fields
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    cursor = source.execute_sql(f'select {names} from "{model._meta.table_name}"')  # noqa: S608  names of our own tables
    for values in cursor:
        yield {field: field.python_value(value) for field, value in zip(fields, values, strict=True)}


def _refer(model: type[Model], field: ForeignKeyField, source: Database, target: Database) -> None:
    key = model._meta.primary_key
    with_reference = [(row[key], row[field]) for row in _rows(model, source) if row[field] is not None]
    with model.bind_ctx(target, bind_refs=False, bind_backrefs=False):
        for number, other in with_reference:
            model.update({field: other}).where(key == number).execute()


def _forget_own_references(model: type[Model]) -> None:
    for field in model._meta.sorted_fields:
        if isinstance(field, ForeignKeyField) and field.rel_model is model:
            model.update({field: None}).execute()


def _continue_numbering() -> None:
    """The next row of each table gets a number after those just written."""
    for model in models():
        table, key = model._meta.table_name, model._meta.primary_key
        if isinstance(key, AutoField):
            next_number = f'coalesce((select max("{key.column_name}") from "{table}"), 0) + 1'  # noqa: S608
            statement = f"select setval(pg_get_serial_sequence(%s, %s), {next_number}, false)"
            database.execute_sql(statement, (f'"{table}"', key.column_name))
