"""Everything back from one file, which is checked before anything is touched; what is replaced is kept beside."""

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from peewee import AutoField, Database, ForeignKeyField, Model, SqliteDatabase
from playhouse.migrations import Runner

from forum.accounts.models import Account
from forum.database import migrate
from forum.database.connection import database, is_postgresql
from forum.database.transactions import transaction
from forum.discussions.models import Comment
from forum.server.backup import APPLICATION, backup, copied, models


class NotEmpty(Exception):
    """The site holds accounts already; restoring would lose them."""


class NotABackup(Exception):
    """The file cannot be put back; the text says why, in English."""


@dataclass(frozen=True)
class Contents:
    """How much a site or a backup holds of what people would miss first."""

    accounts: int
    comments: int

    def __str__(self) -> str:
        return f"{self.accounts} accounts and {self.comments} comments"


def restore(path: Path, force: bool = False, say: Callable[[str], None] = lambda _: None) -> int:
    """Put a backup back, in one transaction, and return how many rows it held.

    The file is checked whole before anything is touched; an older one is brought to the present schema. What is
    replaced is saved beside it first, and how much goes and comes is said. Raises NotABackup, NotEmpty unless `force`.
    """
    check(path)
    with _opened(path) as source, database.connection_context():
        migrate.up()
        here = _contents(database.obj)
        if here.accounts and not force:
            raise NotEmpty
        if here.accounts:
            say(f"replacing {here} by {_contents(source)}")
            say(f"what was here is in {_save_beside(path)}")
        with transaction():
            return _replace_all(source)


def check(path: Path) -> None:
    """Read all of a backup. Raises NotABackup for any other file, one damaged or cut short, one of a newer version."""
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise NotABackup(f"{path} is not a backup")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
            _check_origin(path, file)
            (sound,) = file.execute("pragma integrity_check(1)").fetchone()
            if sound != "ok" or file.execute("pragma foreign_key_check").fetchone():
                raise NotABackup(f"{path} is damaged or cut short")
    except sqlite3.DatabaseError as problem:
        raise NotABackup(f"{path} is damaged or cut short: {problem}") from None


def _check_origin(path: Path, file: sqlite3.Connection) -> None:
    """Ours by what its header says or, of a backup older than that, by its tables; and no newer than we are."""
    (origin,) = file.execute("pragma application_id").fetchone()
    tables = {name for (name,) in file.execute("select name from sqlite_master where type = 'table'")}
    if origin not in (0, APPLICATION) or not {"schema_migration", Account._meta.table_name} <= tables:
        raise NotABackup(f"{path} is the file of another program, not a backup of this one")
    known = {step.stem for step in migrate.FOLDER.glob("[0-9]*.py")}
    newer = sorted({name for (name,) in file.execute("select name from schema_migration")} - known)
    if newer:
        raise NotABackup(f"{path} was written by a newer version: {newer[0]} is unknown here")


def drill(folder: Path) -> Iterator[str]:
    """Take a backup, put it back into an empty database beside, compare every table, and say how long each took.

    Raises NotABackup where a table differs. The site goes on meanwhile; nothing of it is touched.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        taken, back = Path(name) / "taken.db", SqliteDatabase(str(Path(name) / "back.db"))
        begun = time.monotonic()
        backup(taken)
        saved = time.monotonic()
        yield f"backup: {taken.stat().st_size / 1e6:.1f} MB in {saved - begun:.1f} s"
        check(taken)
        checked = time.monotonic()
        yield f"check: {checked - saved:.1f} s"
        with _opened(taken) as source, back.connection_context():
            Runner(back, directory=str(migrate.FOLDER)).up()
            with back.atomic():
                rows = sum(copied(model, source, back) for model in models())
            yield f"restore: {rows} rows in {time.monotonic() - checked:.1f} s"
            differing = [model._meta.table_name for model in models() if _sum(model, source) != _sum(model, back)]
    if differing:
        raise NotABackup(f"what came back differs in: {', '.join(differing)}")
    yield f"compare: {len(models())} tables, all alike"


def _sum(model: type[Model], held: Database) -> tuple[int, int]:
    """How many rows a table has, and a sum of them that does not depend on their order."""
    names = ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
    rows = held.execute_sql(f'select {names} from "{model._meta.table_name}"').fetchall()  # noqa: S608  our own names
    return len(rows), sum(hash(tuple(row)) for row in rows)


def _contents(held: Database) -> Contents:
    with Account.bind_ctx(held, bind_refs=False, bind_backrefs=False), Comment.bind_ctx(held, False, False):
        return Contents(Account.select().count(), Comment.select().count())


def _save_beside(path: Path) -> Path:
    beside = path.with_name(f"{path.stem}.replaced-{time.strftime('%Y%m%d-%H%M%S')}.db")
    backup(beside)
    return beside


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """A copy of a backup, brought to the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(path, copy)
        source = SqliteDatabase(str(copy))
        with source.connection_context():
            Runner(source, directory=str(migrate.FOLDER)).up()
            yield source


def _replace_all(source: Database) -> int:
    for model in reversed(models()):
        _forget_own_references(model)
        model.delete().execute()
    rows = sum(copied(model, source, database.obj) for model in models())
    if is_postgresql():
        _continue_numbering()
    return rows


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
