"""Tallies told to open pages the moment they move: one stream a page, thousands of them in each web process.

A stream is what the browser's EventSource reads (html.spec.whatwg.org, server-sent events). A page names what it shows
and at which revision: `/suivi?t=<key>.<revision>&b=<key>.<revision>`, t for a tally, b for its bar. The right to see it
is asked of the application as the page itself asks (/p/<key>/resultat) when the stream is opened and, for what not
everybody may see, before each telling. Streams last some minutes, and are then asked for anew.

A vote is known by the revision in the database, which each process reads a few times a second for all that is watched
in it: it reaches every process on every machine, whichever of them took it.
"""

import asyncio
import logging
import random
import time
from dataclasses import dataclass, field
from typing import Any

from granian.rsgi import ProtocolClosed

from forum.database.clock import now
from forum.live import asking
from forum.live.asking import PUBLIC, Asked, Seen, Watched, Who
from forum.live.patches import moved
from forum.live.queries import Pulse
from forum.web.gateway import Gateway

logger = logging.getLogger("parvis")

# In seconds: between two looks at the revisions; between two signs of life, below the minute after which proxies give
# up a silent line; how long a stream lasts.
LOOK = 0.25
HEARTBEAT = 50.0
LIFE = 600.0
# In one process. A page that is refused asks by itself, again and again.
MOST_STREAMS = 5_000

HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    # nginx would keep the stream back until it has a buffer full.
    ("x-accel-buffering", "no"),
    ("x-content-type-options", "nosniff"),
]


@dataclass(eq=False)
class Page:
    """An open page: its line, who looks at it, what it shows, and what it was last told of each whole text."""

    line: Any
    who: Who
    members: dict[Watched, int] = field(default_factory=dict)
    texts: dict[Watched, str] = field(default_factory=dict)
    left: asyncio.Future | None = None

    async def tell(self, message: str) -> None:
        """Send a message, or note that the page has gone."""
        try:
            await self.line.send_str(message)
        except ProtocolClosed:
            self.end()

    def end(self) -> None:
        """Let the stream end: the page asks for another."""
        if self.left:
            self.left.cancel()


@dataclass(eq=False)
class Tally:
    """What is watched, by which pages, and what was last told of it."""

    pulse: Pulse | None
    text: str = ""
    told_at: float = 0.0
    pages: set[Page] = field(default_factory=set)


class Streams:
    """The streams of one process."""

    def __init__(self) -> None:
        self.tallies: dict[Watched, Tally] = {}
        self.pages: set[Page] = set()
        self.loops: list[asyncio.Task] = []

    async def open(self, gateway: Gateway, scope, protocol) -> None:
        """Answer a page that asks for its stream, and hold it until it leaves or its time is over."""
        if len(self.pages) >= MOST_STREAMS or scope.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            protocol.response_empty(503, [("retry-after", "60")])
            return
        asked, who = asking.read(scope.query_string), asking.who(scope)
        seen = await gateway.in_thread(asking.see_all, gateway.application, asked, who)
        if not seen:
            protocol.response_empty(404, [])
            return
        page = Page(protocol.response_stream(200, HEADERS), who)
        # The page trusts its stream once it has received something: a proxy may keep it all back.
        await page.tell("data: .\n\n")
        for each, found in seen:
            await self._sit(page, each, found)
        await self._hold(gateway, page, protocol)

    async def _sit(self, page: Page, asked: Asked, seen: Seen) -> None:
        watched = asked.watched(seen.audience)
        page.members[watched] = seen.member_id
        tally = self.tallies.setdefault(watched, Tally(seen.pulse))
        tally.pages.add(page)
        if seen.text:
            tally.text = tally.text or seen.text
            page.texts[watched] = seen.text
            await page.tell(_whole(watched, seen.text))

    async def _hold(self, gateway: Gateway, page: Page, protocol) -> None:
        self.pages.add(page)
        self._wake(gateway)
        page.left = asyncio.ensure_future(protocol.client_disconnect())
        # Streams opened together, after a restart say, do not all end at the same moment.
        await asyncio.wait([page.left], timeout=LIFE * random.uniform(0.8, 1.2))  # noqa: S311
        page.end()
        self.pages.discard(page)
        for watched in page.members:
            self._rise(page, watched)

    def _rise(self, page: Page, watched: Watched) -> None:
        tally = self.tallies.get(watched)
        if tally:
            tally.pages.discard(page)
            if not tally.pages:
                del self.tallies[watched]

    def _wake(self, gateway: Gateway) -> None:
        if not any(not task.done() for task in self.loops):
            self.loops = [asyncio.create_task(self._look_on(gateway)), asyncio.create_task(self._beat())]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for page in list(self.pages):
                await page.tell(":\n\n")

    async def _look_on(self, gateway: Gateway) -> None:
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._look(gateway)
            except Exception:
                logger.exception("streams")
                await asyncio.sleep(2)

    async def _look(self, gateway: Gateway) -> None:
        """Tell what has moved since it was last told, each at its pace."""
        if not self.tallies:
            return
        pulses = await gateway.in_thread(asking.pulses, sorted({watched.key for watched in self.tallies}))
        for watched, tally in list(self.tallies.items()):
            pulse = pulses.get(watched.key)
            same = pulse is not None and pulse == tally.pulse and pulse.settled(now())
            if not same and time.monotonic() - tally.told_at >= watched.pace:
                tally.told_at = time.monotonic()
                await self._refresh(gateway, watched, tally)
                tally.pulse = None if asking.is_late(tally.text, pulse) else pulse

    async def _refresh(self, gateway: Gateway, watched: Watched, tally: Tally) -> None:
        pages = list(tally.pages)
        if watched.audience != PUBLIC:
            pages = await self._turn_out(gateway, watched, pages)
        for page in pages:
            seen = await gateway.in_thread(asking.see, gateway.application, watched, page.who)
            if seen and seen.audience in (watched.audience, PUBLIC):
                await _tell(watched, tally, pages, seen.text)
                return
            # Who may see what has changed: they ask anew.
            for other in pages if watched.audience == PUBLIC else [page]:
                other.end()
            if watched.audience == PUBLIC:
                return

    async def _turn_out(self, gateway: Gateway, watched: Watched, pages: list[Page]) -> list[Page]:
        """Those who may still see it; the streams of the others end."""
        ids = {page.members[watched] for page in pages}
        allowed = await gateway.in_thread(asking.allowed, ids, watched.key)
        for page in pages:
            if page.members[watched] not in allowed:
                page.end()
        return [page for page in pages if page.members[watched] in allowed]


async def _tell(watched: Watched, tally: Tally, pages: list[Page], text: str) -> None:
    """Figures for the pages that have the text before, the whole text for the others, nothing for those up to date."""
    figures = moved(tally.text, text) if tally.text else None
    whole = _whole(watched, text)
    patch = f"data: ~{watched.element} {figures}\n\n" if figures else whole
    for page in pages:
        has = page.texts.get(watched)
        if has != text:
            await page.tell(patch if has is not None and has == tally.text else whole)
            page.texts[watched] = text
    tally.text = text


def _whole(watched: Watched, text: str) -> str:
    return f"data: !{watched.element} {text}\n\n"
