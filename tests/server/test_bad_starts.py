"""A start that cannot succeed says why in one line that names the setting, and touches nothing."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from forum.config import ROOT
from tests.server.running import PATIENCE, command, environment

WRONG = {
    "PORT": ("0", "eighty", "70000", ""),
    "DATABASE_URL": ("mysql://somebody@localhost/forum", "forum.db", "postgresql://nobody:x@127.0.0.1:1/none"),
    "SEARCH_URL": ("elastic:index", "whoosh:"),
    "SECRET_KEY": ("short",),
    "WEB_WORKERS": ("0",),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_stops_the_start_and_is_named(tmp_path, name, value):
    assert name in refusal(tmp_path, **{name: value})
    assert not what_is_there(tmp_path)


def test_a_secret_key_is_asked_for_where_the_site_is_public(tmp_path):
    assert "SECRET_KEY" in refusal(tmp_path, SECRET_KEY="", BASE_URL="https://parvis.example.org")


def test_a_taken_port_stops_the_start_and_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(tmp_path, PORT=str(port))
    assert str(port) in said
    assert "PORT" in said
    assert not what_is_there(tmp_path)


def a_folder(path: Path) -> None:
    path.mkdir()


def nowhere(path: Path) -> None:
    path.parent.rmdir()


def another_file(path: Path) -> None:
    path.write_bytes(b"Notes of somebody else, which are no database at all.\n" * 20)


@pytest.mark.parametrize("make", [a_folder, nowhere, another_file])
def test_a_database_that_cannot_be_opened_stops_the_start_and_is_named(tmp_path, make: Callable[[Path], None]):
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "forum.db"
    make(path)
    before = what_is_there(tmp_path)
    assert "DATABASE_URL" in refusal(tmp_path, DATABASE_URL=f"sqlite:///{path}")
    assert what_is_there(tmp_path) == before


def test_an_index_that_has_no_folder_to_be_in_stops_the_start_and_is_named(folder):
    (folder / "taken").write_text("Somebody else's notes.")
    before = what_is_there(folder)
    assert "SEARCH_URL" in refusal(folder, SEARCH_URL=f"whoosh:{folder / 'taken'}")
    assert what_is_there(folder) == before


def refusal(folder: Path, **settings: str) -> str:
    """The one line that `serve` says when it ends at once with status 1."""
    surroundings = environment(folder, **settings)
    done = subprocess.run(
        command("serve"), cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1, lines
    assert len(lines) == 1, lines
    assert lines[0].startswith("parvis: ")
    return lines[0]


def what_is_there(folder: Path) -> dict[Path, bytes]:
    """Each file with its bytes, but for the locks, which hold nothing."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}
