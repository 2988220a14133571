"""The command line: flask --app app …"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from peewee import DatabaseError

from forum.config import WrongSetting
from forum.database import clock, migrate
from forum.database.connection import connected, database
from forum.demo import load as demo
from forum.proposals import queries as proposals
from forum.search import actions as search_actions, queries as search
from forum.server import agreement, backup, restore, setup, supervisor, worker
from forum.tasks import journal, letters, mail
from forum.text.typed import one_line

P = ParamSpec("P")
T = TypeVar("T")
# A letter that waits for longer is worth a look: the first tries are five and fifteen minutes after it was written.
SLOW = timedelta(hours=1)


def install(app: Flask) -> None:
    """Add the commands that belong to no one feature. Call it once the features have added theirs: whatever fails in
    any of them is said in one line."""
    for command in (init, load_demonstration, serve, work, doctor, save, put_back, practise, rekey, migration):
        app.cli.add_command(command)
    _say_errors_in_one_line(app.cli)


def _say_errors_in_one_line(group: click.Group) -> None:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            _say_errors_in_one_line(command)
        elif command.callback and not hasattr(command.callback, "in_one_line"):
            command.callback = one_line_errors(command.callback)


@click.command("init")
@with_appcontext
def init() -> None:
    """Database and places, no demonstration content."""
    for step in setup.init(current_app.config["SETTINGS"]):
        click.echo(step)


@click.command("demo")
@with_appcontext
def load_demonstration() -> None:
    """Load the demonstration content into a site that has neither it nor a group #insoumis."""
    for _ in setup.init(current_app.config["SETTINGS"]):
        pass
    with migrate.alone():
        loaded = demo.load()
    click.echo("demonstration loaded" if loaded else "nothing loaded: there is content already")


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Set up what is missing, then serve with its worker until Ctrl-C."""
    supervisor.serve(current_app.config["SETTINGS"])


@click.command("worker")
@with_appcontext
def work() -> None:
    """The jobs: index, closing of votes, mail."""
    for _ in setup.init(current_app.config["SETTINGS"]):
        pass
    worker.run()


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def save(file: Path) -> None:
    """Write everything into one new FILE, while the site runs."""
    backup.backup(file)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace what a non-empty site holds.")
def put_back(file: Path, force: bool) -> None:
    """Put everything back from FILE; a non-empty site is refused unless --force."""
    try:
        click.echo(f"{restore.restore(file, force, click.echo)} rows restored")
    except restore.NotABackup as problem:
        sys.exit(f"parvis: {problem}")
    except restore.NotEmpty:
        sys.exit("parvis: this site is not empty; --force replaces everything in it")
    search_actions.reindex()


@click.command("drill")
def practise() -> None:
    """Take a backup, restore it beside, compare, and say how long it took; the site goes on."""
    try:
        for step in restore.drill(Path(tempfile.gettempdir())):
            click.echo(step)
    except restore.NotABackup as problem:
        sys.exit(f"parvis: {problem}")


@click.command("rekey")
def rekey() -> None:
    """Agree on the present SECRET_KEY instead of the former one; refused while a secret vote is open.

    What the former one had sealed ends: sessions, invitations that wait, links in letters.
    """
    with connected():
        if proposals.has_open_secret_vote():
            sys.exit("parvis: a secret vote is open: whoever has voted could vote again under another key; wait for it")
        agreement.note({agreement.KEY: agreement.fingerprint()})
    click.echo("this database now goes with the present SECRET_KEY; start every node with it")


@click.command("migration")
@click.argument("name")
def migration(name: str) -> None:
    """Write the next migration step from what the tables lack of the models; read it before committing it."""
    with database.connection_context():
        migrate.up()
        click.echo(migrate.write_next(name) or "schema matches models")


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check database, index, mail, clock and free disk, a line each; exit 1 if anything is wrong. That nobody moderates
    is said besides."""
    wrong = 0
    for name, problem in checks():
        click.echo(f"{name}: {problem or 'ok'}")
        wrong += bool(problem)
    click.echo(f"moderation: {setup.moderation_note() or 'ok'}")
    sys.exit(1 if wrong else 0)


def checks() -> Iterator[tuple[str, str]]:
    """Each part's name and what is wrong with it in English, '' for nothing."""
    yield "database", _database_problem()
    yield "index", search.index_problem()
    yield "mail", mail.problem() or _letters_problem()
    yield "clock", _clock_problem()
    yield "disk", _disk_problem()


def _letters_problem() -> str:
    with suppress(DatabaseError), connected():
        since = letters.oldest()
        if since and since < clock.now() - SLOW:
            return f"letters wait since {since:%Y-%m-%d %H:%M} UTC: is a worker running, and what does its log say?"
    return ""


def _database_problem() -> str:
    try:
        with connected():
            missing = migrate.missing()
            waiting = {name: journal.waiting(name) for name in worker.FOLLOWERS} if not missing else {}
    except DatabaseError as problem:
        return one_line(str(problem))
    if missing:
        return f"migrations not applied: {', '.join(missing)}; run init"
    late = [
        f"{number} lines wait for the {name}: is a worker running?"
        for name, number in waiting.items()
        if number > 1_000
    ]
    return " ".join(late)


def _clock_problem() -> str:
    """A clock set back would reopen votes: nothing that happened lies in the future."""
    try:
        with database.connection_context():
            last = journal.last_moment()
    except DatabaseError:
        return ""
    return f"the last event, {last:%Y-%m-%d %H:%M}, lies in the future" if last and last > clock.now() else ""


def _disk_problem() -> str:
    free = shutil.disk_usage(Path(current_app.root_path)).free
    return "" if free > 200_000_000 else f"only {free // 1_000_000} MB free"


def one_line_errors(command: Callable[P, T]) -> Callable[P, T]:
    """Say what went wrong in one line, with exit status 1: a database or a disk that fails is no fault of the code."""

    @wraps(command)
    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except WrongSetting as problem:
            sys.exit(f"parvis: {problem}")
        except (DatabaseError, migrate.NewerSchema) as problem:
            sys.exit(f"parvis: the database of DATABASE_URL: {_one_line(problem)}")
        except OSError as problem:
            sys.exit(f"parvis: {_one_line(problem)}")

    said.in_one_line = True  # type: ignore[attr-defined]
    return said


def _one_line(problem: Exception) -> str:
    return one_line(str(problem))
