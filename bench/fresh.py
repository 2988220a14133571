"""How soon a new text is found, at 20 writes a second, while somebody searches without pause."""

import threading
import time
from collections.abc import Iterator

from bench.client import Browser, together
from bench.figures import Figure, p50, p95, within
from bench.site import Site
from forum.accounts.models import Account
from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.groups.models import Membership
from forum.search.engines.in_use import engine
from forum.search.engines.protocol import Query, Word

WRITES, SECONDS, PATIENCE = 20, 10, 15
BUDGET = 2
WORD = "perceneige"


def measure(site: Site) -> Iterator[Figure]:
    """From the commit of a discussion until a search finds it; the worker indexes as it does for members."""
    written: dict[int, float] = {}
    seen: dict[int, float] = {}
    over = threading.Event()
    reader, answers = site.browser(), [0]
    together(
        [
            lambda: _write(site, written),
            lambda: _watch(written, seen, over),
            lambda: _search(reader, over, answers),
        ]
    )
    delays = [seen.get(number, time.perf_counter()) - moment for number, moment in written.items()]
    note = f"p50 {p50(delays):.2f}, {len(written)} written, {answers[0]} searches meanwhile"
    yield within(f"a new text is found, {WRITES} writes a second, p95", p95(delays), BUDGET, " s", note)


def _write(site: Site, written: dict[int, float]) -> None:
    with database.connection_context():
        seat = Membership.get(Membership.group == site.group.id, Membership.role == "animator")
        author, started = Account.get_by_id(seat.member_id), time.perf_counter()
        for turn in range(WRITES * SECONDS):
            time.sleep(max(0.0, started + turn / WRITES - time.perf_counter()))
            opened = discussions.open(author, site.group, f"Une {WORD} {turn}", "Elle pousse sous la neige.")
            written[opened.id] = time.perf_counter()


def _watch(written: dict[int, float], seen: dict[int, float], over: threading.Event) -> None:
    """Ask the index itself, again and again, until everything is found or patience ends."""
    asked, most = Query((Word((WORD,)),), frozenset({"discussion"})), WRITES * SECONDS
    until = time.perf_counter() + SECONDS + PATIENCE
    with database.connection_context():
        while len(seen) < most and time.perf_counter() < until:
            for hit in engine().find(asked, frozenset(), most):
                seen.setdefault(hit.id, time.perf_counter())
            time.sleep(0.02)
    over.set()


def _search(reader: Browser, over: threading.Event, answers: list[int]) -> None:
    while not over.is_set():
        if reader.get("/recherche?q=jardin", **{"HX-Request": "true"}).status != 200:
            raise SystemExit("bench: a search failed while the index was written")
        answers[0] += 1
