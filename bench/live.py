"""How soon a vote is seen where a page asks again and again, and what watching an unmoved tally costs on the line."""

import random
import re
import socket
import threading
import time
from collections.abc import Iterator

from bench.client import PHONE
from bench.figures import Figure, number, p50, p95, within
from bench.site import Site
from bench.weight import decoded, watched
from forum.live import streams
from forum.proposals.models import Proposal

VOTES = 20
SEEN_WITHIN = 2.0
# What htmx adds to a poll besides what a browser says of itself.
HTMX = {"HX-Request": "true", "HX-Target": "div#tally", "HX-Current-URL": "https://parvis.example/p/abcdefgh"}


class Watcher:
    """A page left open: it asks at the page's own interval, and notes when it saw which revision."""

    def __init__(self, site: Site, address: str, interval: float):
        self.browser, self.address, self.interval = site.browser(), address, interval
        self.seen: list[tuple[float, int]] = []
        self.bytes_a_poll = 0
        self.stop = threading.Event()

    def watch(self) -> None:
        while not self.stop.wait(self.interval):
            answer = self.browser.get(self.address, **HTMX)
            if answer.status == 200:
                self.address = _address(decoded(answer).decode())
                self.seen.append((time.perf_counter(), _revision(self.address)))
            elif answer.status in (204, 304):
                self.bytes_a_poll = answer.head + _asked(self.address)

    def saw(self, revision: int) -> float:
        """The moment from which this revision, or a later one, was on the screen."""
        return next(moment for moment, shown in self.seen if shown >= revision)


def measure(site: Site) -> Iterator[Figure]:
    """Twenty votes at odd moments, one watcher."""
    proposal = site.proposal(site.group, "Tenir la réunion dehors quand il fait beau")
    page = decoded(site.browser().get(f"/p/{proposal.key}")).decode()
    interval = int(re.search(r'data-hx-trigger="every (\d+)ms"', page)[1]) / 1_000
    watcher = Watcher(site, watched(site, f"/p/{proposal.key}"), interval)
    thread = threading.Thread(target=watcher.watch, daemon=True)
    thread.start()
    voted = _votes(site, proposal)
    time.sleep(2 * interval + 1)
    watcher.stop.set()
    thread.join()
    delays = [watcher.saw(revision) - moment for moment, revision in voted]
    what = f"vote seen elsewhere without a stream (asked every {interval:g} s)"
    yield within(f"{what}, p95", p95(delays), SEEN_WITHIN, " s", f"p50 {p50(delays):.2f} s")
    yield _idle(watcher)
    yield _idle_stream(site, proposal)


def _votes(site: Site, proposal: Proposal) -> list[tuple[float, int]]:
    """When each vote was answered, and the revision it made."""
    chance = random.Random(87)
    voted = []
    for member in site.members(site.group, VOTES):
        time.sleep(chance.uniform(0.3, 1.3))
        if site.vote(site.browser(member), proposal, "agree").status != 303:
            raise SystemExit("bench: a vote was refused")
        voted.append((time.perf_counter(), Proposal.get_by_id(proposal.id).revision))
    return voted


def _idle(watcher: Watcher) -> Figure:
    polls = 3600 / watcher.interval
    measured = f"{number(polls * watcher.bytes_a_poll / 1000)} kB an hour, {watcher.bytes_a_poll} B a poll both ways"
    return Figure("an idle watcher without a stream over HTTP/1.1, TLS left out", measured)


def _idle_stream(site: Site, proposal: Proposal) -> Figure:
    """What an hour of silence costs: the stream is opened anew now and then, and shows signs of life."""
    address = f"/suivi?t={proposal.key}.{Proposal.get_by_id(proposal.id).revision}"
    with socket.create_connection(("127.0.0.1", site.settings.port), 10) as line:
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = b""
        while b"data: ." not in answer:
            answer += line.recv(4_096)
    # A chunk of three bytes has a size and two ends of line.
    hour = 3600 / streams.LIFE * (len(answer) + _asked(address)) + 3600 / streams.HEARTBEAT * (3 + 5)
    measured = f"{number(hour / 1000)} kB an hour, {3600 / streams.HEARTBEAT:.0f} signs of life"
    return Figure("an idle watcher with a stream over HTTP/1.1, TLS left out", measured)


def _asked(address: str) -> int:
    """Bytes of the request itself."""
    headers = {"Host": "parvis.example", "Connection": "keep-alive"} | PHONE | HTMX
    return len(f"GET {address} HTTP/1.1\r\n\r\n") + sum(len(name) + len(value) + 4 for name, value in headers.items())


def _address(page: str) -> str:
    return re.search(r'data-hx-get="([^"]+)"', page)[1].replace("&amp;", "&")


def _revision(address: str) -> int:
    return int(re.search(r"revision=(\d+)", address)[1])
