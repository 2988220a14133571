"""Places as they are loaded, without a copy of the database: what these tests only read."""

from collections.abc import Iterator

import pytest

from forum.database import connection
from forum.database.connection import database


@pytest.fixture
def loaded(built) -> Iterator[None]:
    """The database that other tests copy, to be read only."""
    connection.connect(built.url("original"))
    database.connect()
    yield
    database.close_all()
