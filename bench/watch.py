"""Two thousand pages open on one proposal while twenty votes a second arrive, and what other pages notice of it.

The watchers are streams read by one asyncio loop in this process, on the same machine and the same processors as the
site: each message costs it some ten microseconds; its time is told beside the site's own.
"""

import asyncio
import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench import processes
from bench.client import PHONE
from bench.figures import Figure, number, p50, p95, within
from bench.site import Site
from forum.accounts.models import Account
from forum.proposals.models import Ballot, Proposal
from forum.server import supervisor

WATCHERS = 2_000
RATE, SECONDS = 20, 15
IDLE = 6
SEEN_WITHIN = 2.0
# Other pages may take so many times longer than when nobody watches.
SLOWER = 2.0


class Watcher(asyncio.Protocol):
    """A page that watches: when it was told of which revision, and how many bytes it received."""

    def __init__(self, request: bytes, place: int):
        self.request, self.figure = request, re.compile(rb"(?:~tally (?:\d+:\d+,)*?%d:|revision=)(\d+)" % place)
        self.times: list[float] = []
        self.revisions: list[int] = []
        self.bytes = 0
        self.opened = self.lost = False

    def connection_made(self, transport) -> None:
        transport.write(self.request)
        self.line = transport

    def data_received(self, data: bytes) -> None:
        self.opened = self.opened or data.startswith(b"HTTP/1.1 200")
        self.bytes += len(data)
        for told in self.figure.findall(data):
            self.times.append(time.perf_counter())
            self.revisions.append(int(told))

    def connection_lost(self, _: Exception | None) -> None:
        self.lost = True

    def saw(self, revision: int) -> float:
        """When this revision, or a later one, was on the screen; infinity if it never was."""
        place = bisect_left(self.revisions, revision)
        return self.times[place] if place < len(self.times) else float("inf")


class Line:
    """One connection on which requests follow one another."""

    def __init__(self, port: int, member: str = ""):
        self.port, self.headers = port, PHONE | {"Host": "127.0.0.1", **({"Cookie": member} if member else {})}

    async def ask(self, path: str, form: dict[str, str] | None = None) -> int:
        """The status of the answer, read to its end."""
        if not hasattr(self, "reader"):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form).encode() if form else b""
        posted = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))} if form else {}
        head = "".join(f"{name}: {value}\r\n" for name, value in (self.headers | posted).items())
        self.writer.write(f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        answer = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", answer, re.I)
        await self.reader.readexactly(int(length[1]) if length else 0)
        return int(answer[9:12])


@dataclass
class Run:
    """What happened: when each vote was acknowledged and the revision it made, and how long other pages took."""

    votes: list[tuple[float, int]] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0
    watchers: list[Watcher] = field(default_factory=list)


def measure(site: Site) -> Iterator[Figure]:
    """Idle pages, then the watchers, then the votes."""
    supervisor.allow_many_connections()
    proposal = site.proposal(site.group, "Planter des haies autour du local")
    members = site.members(site.group, RATE * SECONDS + 1)
    idle, run = asyncio.run(_together(site, proposal, members))
    delays = [max(0.0, watcher.saw(revision) - moment) for watcher in run.watchers for moment, revision in run.votes]
    rate = len(run.votes) / (run.votes[-1][0] - run.votes[0][0])
    what = f"{number(WATCHERS)} watchers, {rate:.0f} votes a second"
    yield within(f"{what}: vote seen, p95", p95(delays), SEEN_WITHIN, " s", f"p50 {p50(delays):.2f} s")
    yield within("votes refused, watchers lost", run.refused + run.lost, 0)
    kept = Ballot.select().where(Ballot.proposal == proposal.id).count()
    yield Figure("votes kept", f"{kept} of {len(run.votes)}", "all", kept == len(run.votes))
    slower = p50(run.pages) / p50(idle)
    note = f"p50 {p50(idle):.1f} ms, then {p50(run.pages):.1f} ms; p95 {p95(idle):.1f}, {p95(run.pages):.1f} ms"
    yield within("a member's page meanwhile, beside its time before", slower, SLOWER, " x", note)
    yield from _costs


_costs: list[Figure] = []


async def _together(site: Site, proposal: Proposal, members: list[Account]) -> tuple[list[float], Run]:
    reader = Line(site.settings.port, site._cookie(members.pop()))
    idle = await _read(reader, site.discussion().address, IDLE)
    before = _memory(site)
    run = Run(watchers=await _watch(site, proposal))
    if not all(each.opened for each in run.watchers):
        raise SystemExit(f"bench: {sum(not each.opened for each in run.watchers)} streams were refused")
    held = _memory(site)
    spent, own, begun = processes.processor_seconds(site.web), time.process_time(), time.perf_counter()
    await asyncio.sleep(IDLE)
    resting = (processes.processor_seconds(site.web) - spent) / (time.perf_counter() - begun)
    spent, own, begun = processes.processor_seconds(site.web), time.process_time(), time.perf_counter()
    sizes = [each.bytes for each in run.watchers]
    pages, _ = await asyncio.gather(
        _read(reader, site.discussion().address, SECONDS), _vote(site, proposal, members, run)
    )
    busy = (processes.processor_seconds(site.web) - spent) / (time.perf_counter() - begun)
    client = (time.process_time() - own) / (time.perf_counter() - begun)
    await asyncio.sleep(SEEN_WITHIN + 1)
    run.pages = pages
    messages = sum(len(each.times) for each in run.watchers)
    moved = (sum(each.bytes for each in run.watchers) - sum(sizes)) / max(1, messages)
    run.lost = sum(each.lost for each in run.watchers)
    for each in run.watchers:
        each.line.abort()
    _costs[:] = [
        Figure(
            "processors of the site: watchers at rest / voting",
            f"{resting:.2f} / {busy:.2f} (this client {client:.2f})",
        ),
        Figure("memory of the web processes: before / with the watchers", f"{before:.0f} / {held:.0f} MB"),
        Figure("bytes of a telling in a stream, on average", f"{moved:.0f} B"),
    ]
    return idle, run


async def _watch(site: Site, proposal: Proposal) -> list[Watcher]:
    """Open every stream, some dozens at once, as people arrive."""
    loop, place = asyncio.get_running_loop(), len(re.findall(r"\d+", proposal.key))
    request = (
        f"GET /suivi?t={proposal.key}.0 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
        f"User-Agent: {PHONE['User-Agent']}\r\n\r\n"
    ).encode()
    watchers = []
    for _ in range(WATCHERS // 50):
        made = [
            loop.create_connection(lambda: Watcher(request, place), "127.0.0.1", site.settings.port) for _ in range(50)
        ]
        watchers += [watcher for _, watcher in await asyncio.gather(*made)]
    await asyncio.sleep(3)
    return watchers


async def _vote(site: Site, proposal: Proposal, members: list[Account], run: Run) -> None:
    """One vote after the other, at the rate, by members who vote once."""
    line, begun = Line(site.settings.port), time.perf_counter()
    for count, member in enumerate(members):
        await asyncio.sleep(max(0.0, begun + count / RATE - time.perf_counter()))
        line.headers["Cookie"] = site._cookie(member)
        status = await line.ask(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": "", "csrf_token": site.token})
        if status == 303:
            run.votes.append((time.perf_counter(), len(run.votes) + 1))
        else:
            run.refused += 1


async def _read(line: Line, path: str, seconds: float) -> list[float]:
    """How long a page takes, in milliseconds, asked ten times a second."""
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        if await line.ask(path) != 200:
            raise SystemExit(f"bench: {path} was refused")
        taken.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.1)
    return taken


def _memory(site: Site) -> float:
    return sum(processes.megabytes(pid)[0] for pid in processes.family(site.web)[1:])
