"""Tallies, and answers, told to open pages the moment they move: thousands of streams in each web process.

A stream is what the browser's EventSource reads (html.spec.whatwg.org, server-sent events). A page names what it shows
and at which revision: `/suivi?t=<key>.<revision>&b=<key>.<revision>`, t for a tally, b for its bar; d for the answers
of a discussion, by their number. The right to see it is asked of the application as the page itself asks
(/p/<key>/resultat, /d/<key>/reponses) when the stream is opened and, for what not everybody may see, before each
telling. Streams last some minutes, and are then asked for anew.

A vote is known by the revision in the database, which each process reads a few times a second for all that is watched
in it: it reaches every process on every machine, whichever of them took it.
"""

import asyncio
import logging
import random
import time
from dataclasses import dataclass, field
from typing import Any

from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope

from forum.database.clock import now
from forum.live import asking
from forum.live.asking import Client, Snapshot, Topic, WatchRequest
from forum.live.patches import moved
from forum.live.queries import Answers, Pulse
from forum.live.spectators import PUBLIC
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
class Connection:
    """The stream of an open page: its line, who looks at it, what it shows, and what it was last told of each text."""

    line: Any
    client: Client
    members: dict[Topic, int] = field(default_factory=dict)
    texts: dict[Topic, str] = field(default_factory=dict)
    left: asyncio.Future[None] | None = None

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
class Channel:
    """What is known of a topic: who listens, and what they were last told."""

    pulse: Pulse | Answers | None
    text: str = ""
    told_at: float = 0.0
    connections: set[Connection] = field(default_factory=set)


class Streams:
    """The streams of one process."""

    def __init__(self) -> None:
        self.channels: dict[Topic, Channel] = {}
        self.connections: set[Connection] = set()
        self.loops: list[asyncio.Task[None]] = []

    async def open(self, gateway: Gateway, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer a page that asks for its stream, and hold it until it leaves or its time is over."""
        if len(self.connections) >= MOST_STREAMS or scope.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            protocol.response_empty(503, [("retry-after", "60")])
            return
        requests, client = asking.read(scope.query_string), asking.client_of(scope)
        snapshots = await gateway.in_thread(asking.see_all, gateway.application, requests, client)
        if not snapshots:
            protocol.response_empty(404, [])
            return
        connection = Connection(protocol.response_stream(200, HEADERS), client)
        # The page trusts its stream once it has received something: a proxy may keep it all back.
        await connection.tell("data: .\n\n")
        for request, snapshot in snapshots:
            await self._join(connection, request, snapshot)
        await self._hold(gateway, connection, protocol)

    async def _join(self, connection: Connection, request: WatchRequest, snapshot: Snapshot) -> None:
        topic = request.topic(snapshot.audience)
        connection.members[topic] = snapshot.member_id
        channel = self.channels.setdefault(topic, Channel(snapshot.pulse))
        channel.connections.add(connection)
        if snapshot.text:
            channel.text = channel.text or snapshot.text
            connection.texts[topic] = snapshot.text
            await connection.tell(_whole(topic, snapshot.text))

    async def _hold(self, gateway: Gateway, connection: Connection, protocol: HTTPProtocol) -> None:
        self.connections.add(connection)
        self._wake(gateway)
        connection.left = asyncio.ensure_future(protocol.client_disconnect())
        # Streams opened together, after a restart say, do not all end at the same moment.
        await asyncio.wait([connection.left], timeout=LIFE * random.uniform(0.8, 1.2))  # noqa: S311
        connection.end()
        self.connections.discard(connection)
        for topic in connection.members:
            self._leave(connection, topic)

    def _leave(self, connection: Connection, topic: Topic) -> None:
        channel = self.channels.get(topic)
        if channel:
            channel.connections.discard(connection)
            if not channel.connections:
                del self.channels[topic]

    def _wake(self, gateway: Gateway) -> None:
        if not any(not task.done() for task in self.loops):
            self.loops = [asyncio.create_task(self._look_on(gateway)), asyncio.create_task(self._beat())]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for connection in list(self.connections):
                await connection.tell(":\n\n")

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
        if not self.channels:
            return
        pulses = await gateway.in_thread(asking.pulses, sorted({topic.subject for topic in self.channels}))
        for topic, channel in list(self.channels.items()):
            pulse = pulses.get(topic.subject)
            same = pulse is not None and pulse == channel.pulse and pulse.settled(now())
            if not same and time.monotonic() - channel.told_at >= topic.pace:
                channel.told_at = time.monotonic()
                late = await self._refresh(gateway, topic, channel)
                channel.pulse = None if late else pulse

    async def _refresh(self, gateway: Gateway, topic: Topic, channel: Channel) -> bool:
        """Tell the present state; whether more is to come, though nothing moves."""
        connections = list(channel.connections)
        if topic.audience != PUBLIC:
            connections = await self._turn_out(gateway, topic, connections)
        for connection in connections:
            snapshot = await gateway.in_thread(asking.see, gateway.application, topic, connection.client)
            if snapshot and snapshot.audience in (topic.audience, PUBLIC):
                await _tell(topic, channel, connections, snapshot.text)
                return snapshot.pulse is None
            # Who may see what has changed: they ask anew.
            for other in connections if topic.audience == PUBLIC else [connection]:
                other.end()
            if topic.audience == PUBLIC:
                break
        return False

    async def _turn_out(self, gateway: Gateway, topic: Topic, connections: list[Connection]) -> list[Connection]:
        """Those who may still see it; the streams of the others end."""
        ids = {connection.members[topic] for connection in connections}
        allowed = await gateway.in_thread(asking.allowed, ids, topic.subject)
        for connection in connections:
            if connection.members[topic] not in allowed:
                connection.end()
        return [connection for connection in connections if connection.members[topic] in allowed]


async def _tell(topic: Topic, channel: Channel, connections: list[Connection], text: str) -> None:
    """Figures for the pages that have the text before, the whole text for the others, nothing for those up to date."""
    figures = moved(channel.text, text) if channel.text else None
    whole = _whole(topic, text)
    patch = f"data: ~{topic.element} {figures}\n\n" if figures else whole
    for connection in connections:
        has = connection.texts.get(topic)
        if has != text:
            await connection.tell(patch if has is not None and has == channel.text else whole)
            connection.texts[topic] = text
    channel.text = text


def _whole(topic: Topic, text: str) -> str:
    return f"data: !{topic.element} {text}\n\n"
