"""An empty site, made once by the site's own command, and copies of it to be run."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from forum.config import ROOT
from tests.server.running import RunningSite, command, copy_files, environment


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A folder with the database of a site where nobody has been yet."""
    folder = tmp_path_factory.mktemp("prepared")
    subprocess.run(command("init"), cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def folder(prepared, tmp_path) -> Path:
    """The files of a site of this test's own, which is not running."""
    copy_files(prepared, tmp_path)
    return tmp_path


@pytest.fixture
def run(folder) -> Iterator[Callable[..., RunningSite]]:
    """Starts the site with these settings; it is ended with the test."""
    with ExitStack() as running:
        yield lambda **settings: running.enter_context(RunningSite(folder, **settings))
