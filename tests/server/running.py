"""The real site in processes of its own, web server and worker, on files and on a port of its own."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from forum.config import ROOT
from tests.server.visitor import Visitor

SETTINGS = (
    *("HOST", "PORT", "DATABASE_URL", "SEARCH_URL", "SECRET_KEY", "BASE_URL", "SITE_NAME", "MAIL_URL", "DEMO"),
    *("WEB_WORKERS", "PROXIES", "RATE_LIMITS"),
)
SECRET = "a secret for tests only"
# Generous: what is measured in these tests is never how fast a busy machine starts Python.
PATIENCE = 60


class RunningSite:
    """`flask --app app serve` on the files of a folder; used as a context it is started, and ended whatever happens."""

    def __init__(self, folder: Path, **settings: str):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = environment(folder, PORT=str(self.port), **settings)
        self.process: subprocess.Popen | None = None
        self.visitors: list[Visitor] = []

    def __enter__(self) -> "RunningSite":
        return self.start()

    def __exit__(self, *_) -> None:
        for visitor in self.visitors:
            visitor.connection.close()
        self.stop()

    def visitor(self, cookies: dict[str, str] | None = None) -> Visitor:
        """Somebody's browser, on a connection of its own: a guest's, or that of whoever has these cookies."""
        self.visitors.append(Visitor(self.address, cookies))
        return self.visitors[-1]

    def start(self) -> "RunningSite":
        """Start, and wait until /readyz says so."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command("serve"),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=hear_interrupts,
            )
        try:
            wait_until(self.is_ready, PATIENCE, lambda: f"the site is not ready:\n{self.said()}")
        except BaseException:
            self.kill()
            raise
        return self

    def is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the site ended by itself:\n{self.said()}"
        try:
            with urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        """End it as Ctrl-C does; by force when that does not help."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        finally:
            self.kill()

    def kill(self) -> None:
        """End each of its processes at once, without a word of warning."""
        if self.process is None:
            return
        for process in (everyone := self.processes()):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(everyone, 10)
        self.process.wait(10)
        self.process = None

    def processes(self) -> list[psutil.Process]:
        """The process that was started, and all that it has started, the eldest first."""
        assert self.process is not None
        try:
            eldest = psutil.Process(self.process.pid)
            return [eldest, *eldest.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def said(self) -> str:
        """The end of what the processes wrote."""
        return self.log.read_text("utf-8", "replace")[-3_000:]

    @contextlib.contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """A connection of the test's own to the site's database; what is written is committed at the end."""
        with contextlib.closing(sqlite3.connect(self.folder / "forum.db", timeout=10)) as connection, connection:
            yield connection


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a site on this folder; none of the machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **kept,
        "DATABASE_URL": f"sqlite:///{folder / 'forum.db'}",
        "SEARCH_URL": f"whoosh:{folder / 'index'}",
        "SECRET_KEY": SECRET,
        "RATE_LIMITS": "0",
        "DEMO": "0",
        **settings,
    }


def command(*words: str) -> list[str]:
    """The command line of one of the site's commands."""
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def hear_interrupts() -> None:
    """A process started in the background may inherit that SIGINT is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def copy_files(built: Path, folder: Path) -> None:
    """Put the database and the index of a site that is not running into another folder."""
    for file in built.glob("forum.db*"):
        shutil.copy(file, folder)
    if (built / "index").exists():
        shutil.copytree(built / "index", folder / "index")


def wait_until(done: Callable[[], object], seconds: float, otherwise: Callable[[], str] | str) -> float:
    """Ask again and again until `done` answers yes, and return after how many seconds; fails when time is up."""
    started = time.monotonic()
    while not done():
        if time.monotonic() - started > seconds:
            raise AssertionError(otherwise if isinstance(otherwise, str) else otherwise())
        time.sleep(0.05)
    return time.monotonic() - started
