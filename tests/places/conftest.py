"""Places as they are loaded, without a copy of the database: what these tests only read."""

from collections.abc import Iterator

import pytest

from forum import db


@pytest.fixture
def loaded(built) -> Iterator[None]:
    """The database that other tests copy, to be read only."""
    db.connect(built.url("original"))
    db.database.connect()
    yield
    db.database.close_all()
