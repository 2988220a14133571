"""The command line: flask --app app …"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from peewee import DatabaseError

from forum import db, journal, migrate, serving, setup, worker
from forum.cli import one_line_errors


def install(app: Flask) -> None:
    """Add the commands that belong to no one feature."""
    for command in (init, serve, work, doctor, migration):
        app.cli.add_command(command)


@click.command("init")
@one_line_errors
def init() -> None:
    """Database and places, no demonstration content."""
    for step in setup.init():
        click.echo(step)


@click.command("serve")
@one_line_errors
def serve() -> None:
    """Set up what is missing, then serve with its worker until Ctrl-C."""
    serving.serve(current_app.config["SETTINGS"])


@click.command("worker")
@one_line_errors
def work() -> None:
    """The jobs: index, closing of votes, mail."""
    worker.run()


@click.command("migration")
@click.argument("name")
def migration(name: str) -> None:
    """Write the next migration step from what the tables lack of the models; read it before committing it."""
    with db.database.connection_context():
        migrate.up()
        click.echo(migrate.write_next(name) or "schema matches models")


@click.command("doctor")
def doctor() -> None:
    """Check database, index, mail, clock and free disk, a line each; exit 1 if anything is wrong."""
    wrong = 0
    for name, problem in checks():
        click.echo(f"{name}: {problem or 'ok'}")
        wrong += bool(problem)
    sys.exit(1 if wrong else 0)


def checks() -> Iterator[tuple[str, str]]:
    """Each part's name and what is wrong with it in English, '' for nothing."""
    yield "database", _database_problem()
    yield "disk", _disk_problem()


def _database_problem() -> str:
    try:
        missing = migrate.missing()
        waiting = journal.waiting("index") if not missing else 0
    except DatabaseError as problem:
        return " ".join(str(problem).split())
    finally:
        if not db.database.is_closed():
            db.database.close()
    if missing:
        return f"migrations not applied: {', '.join(missing)}; run init"
    return f"{waiting} lines wait for the index: is a worker running?" if waiting > 1_000 else ""


def _disk_problem() -> str:
    free = shutil.disk_usage(Path(current_app.root_path)).free
    return "" if free > 200_000_000 else f"only {free // 1_000_000} MB free"
