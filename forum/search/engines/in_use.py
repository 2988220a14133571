"""Which engine the site uses, chosen by SEARCH_URL when it starts."""

import atexit
from pathlib import Path

from forum.config import ROOT
from forum.search.engines.postgres.engine import PostgresEngine
from forum.search.engines.protocol import Engine
from forum.search.engines.whoosh.engine import WhooshEngine

_chosen: list[Engine] = []


def connect(url: str) -> Engine:
    """Use the engine of this URL from now on: whoosh:folder, from the project's root, or postgresql: for the site's
    own database.
    """
    close()
    _chosen[:] = [PostgresEngine() if url == "postgresql:" else WhooshEngine(ROOT / Path(url.removeprefix("whoosh:")))]
    return _chosen[0]


@atexit.register
def close() -> None:
    """Release what this thread keeps open of the engine in use."""
    for former in _chosen:
        former.close()


def engine() -> Engine:
    """The engine in use."""
    return _chosen[0]
