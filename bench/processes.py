"""Servers started for the benchmarks, their descendants, and what the kernel says of them. Linux only (/proc)."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Browser, hang_up
from forum.config import ROOT, Config
from forum.server import supervisor
from forum.server.processes import end_with_parent, stop

TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def started(command: list[str], environ: dict[str, str], folder: Path = ROOT) -> Iterator[int]:
    """Run this command in this checkout until the block ends, and give its process id; it is ended by that id alone.

    What it says is kept back, and told only when the block ends in an error.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environ,
            start_new_session=True,
            preexec_fn=end_with_parent,
            stdout=said,
            stderr=said,
        )
        try:
            yield process.pid
        except SystemExit:
            said.seek(0)
            sys.stderr.write(said.read()[-2_000:].decode(errors="replace"))
            raise
        finally:
            hang_up()
            stop([process])


@contextmanager
def hello(settings: Config) -> Iterator[int]:
    """The unit, under the site's own server and options, on the port of these settings."""
    with started([*supervisor.web_command(settings)[:-1], "bench.hello:gate"], {}) as pid:
        wait_for(settings.port, "/")
        yield pid


def wait_for(port: int, path: str, seconds: float = 30) -> None:
    """Wait until this address answers 200."""
    for _ in range(int(seconds / 0.1)):
        try:
            if Browser(port).get(path).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"bench: nothing answers on 127.0.0.1:{port}{path}")


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return [pid, *(other for child in children for other in family(int(child)))]


def processor_seconds(pid: int) -> float:
    """Seconds of processor, in user and in system, that the family has used, its dead children's included."""
    return sum(_ticks(each) for each in family(pid)) / TICKS


def _ticks(pid: int) -> int:
    # After the name in parentheses, which may hold anything: utime, stime, cutime, cstime are 14 to 17 in proc(5).
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15])


def megabytes(pid: int) -> tuple[float, float]:
    """Resident memory of one process: whole (RSS), and with shared pages divided among those who share them (PSS)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    rss, pss = (int(re.search(rf"^{name}:\s+(\d+)", told, re.M)[1]) / 1024 for name in ("Rss", "Pss"))
    return rss, pss
