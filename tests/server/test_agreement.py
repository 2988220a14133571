"""Nodes on one database have the same key and the same schema, and may start at the same moment."""

import itertools
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from forum.config import ROOT
from forum.proposals.actions import Terms
from forum.server import agreement
from tests.proposals.ballots import put
from tests.server.running import PATIENCE, command, environment

OTHER = "another key of some length"
names = (f"started{number}" for number in itertools.count())


def done(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(*words),
        cwd=ROOT,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("start", ["serve", "worker", "init"])
def test_another_key_starts_nothing_and_is_named(folder, start):
    refused = done(folder, start, SECRET_KEY=OTHER)
    assert refused.returncode == 1
    assert refused.stderr == (
        "parvis: SECRET_KEY is not the one of this database: give every node the same, "
        "or change it for good by flask --app app rekey.\n"
    )


def test_a_key_is_changed_by_a_command(folder):
    assert done(folder, "rekey", SECRET_KEY=OTHER).returncode == 0
    assert done(folder, "init", SECRET_KEY=OTHER).returncode == 0
    assert done(folder, "init").returncode == 1


def test_no_key_is_changed_while_a_secret_vote_is_open(site):
    put(terms=Terms(secret=True))
    refused = site.app.test_cli_runner().invoke(args=["rekey"])
    assert refused.exit_code == 1
    assert "secret vote is open" in str(refused.exception)
    assert not agreement.AgreedSetting.select().exists()


def test_another_address_is_said_and_taken(folder):
    moved = done(folder, "init", BASE_URL="http://ailleurs.example")
    assert moved.returncode == 0
    assert "BASE_URL was" in moved.stderr
    assert "BASE_URL" not in done(folder, "init", BASE_URL="http://ailleurs.example").stderr


def test_a_schema_of_a_newer_version_is_left_alone(folder):
    with closing(sqlite3.connect(folder / "forum.db")) as file, file:
        file.execute("insert into schema_migration (name, applied) values ('9999_later', '2030-01-01 00:00:00')")
    refused = done(folder, "init")
    assert refused.returncode == 1
    assert "newer version: 9999_later is unknown here" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.fixture
def empty(database_kind, builds, tmp_path) -> str:
    """The URL of a database with nothing in it."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server, name = builds(database_kind).server, next(names)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"create database {name}")  # type: ignore[call-overload]
    return server.get_uri(database=name)


def test_two_nodes_start_at_once_on_an_empty_database(tmp_path, empty):
    surroundings = environment(tmp_path, DATABASE_URL=empty)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    nodes = [subprocess.Popen(command("demo"), cwd=ROOT, env=surroundings, **pipes) for _ in range(2)]
    said = sorted(node.communicate(timeout=2 * PATIENCE)[0].splitlines()[-1] for node in nodes)
    assert [node.returncode for node in nodes] == [0, 0], said
    assert said == ["demonstration loaded", "nothing loaded: there is content already"]
