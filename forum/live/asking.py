"""What a stream asks of the site: the application, as the page itself would, and the database for what moved."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

from granian.rsgi import Scope

from forum.database.connection import database
from forum.database.tables import OnlyId
from forum.live import queries, spectators
from forum.live.queries import Pulse
from forum.live.spectators import PUBLIC
from forum.web.gateway import Wsgi, answer_of, environ_for
from forum.web.requests import AS_FRAGMENT

# In seconds, between two tellings of the same tally; with Save-Data.
PACE, SLOW_PACE = 1.0, 15.0
MOST_TALLIES = 60

_ASKED = re.compile(r"([a-z0-9]{1,16})\.([0-9]{1,12})")


class Topic(NamedTuple):
    """A tally or its bar, as an audience sees it, told at most every `pace` seconds."""

    key: str
    bar: bool
    audience: str
    pace: float

    @property
    def element(self) -> str:
        """The id of the element that shows it."""
        return f"bar-{self.key}" if self.bar else "tally"


class WatchRequest(NamedTuple):
    """What a page asks to be told of: a tally or its bar, and the revision that it shows."""

    key: str
    bar: bool
    revision: str
    pace: float

    def topic(self, audience: str) -> Topic:
        return Topic(self.key, self.bar, audience, self.pace)


class Client(NamedTuple):
    """Who asks: what the application needs to know of a request."""

    host: str
    scheme: str
    cookie: str


class Snapshot(NamedTuple):
    """What somebody is shown: nothing ("") where what they have is the present state. No pulse: more is to come."""

    member_id: int
    audience: str
    text: str
    pulse: Pulse | None


def read(query: str) -> list[WatchRequest]:
    """What the address of a stream asks for; what makes no sense in it is left out."""
    fields = parse_qsl(query, max_num_fields=2 * MOST_TALLIES) if len(query) < 50 * MOST_TALLIES else []
    pace = SLOW_PACE if ("lent", "1") in fields else PACE
    matches = [(name, _ASKED.fullmatch(value)) for name, value in fields if name in ("t", "b")]
    return [WatchRequest(match[1], name == "b", match[2], pace) for name, match in matches[:MOST_TALLIES] if match]


def client_of(scope: Scope) -> Client:
    """Who asks for a stream."""
    headers = scope.headers
    return Client(headers.get("host") or scope.authority or scope.server, scope.scheme, headers.get("cookie") or "")


def see_all(application: Wsgi, requests: Iterable[WatchRequest], client: Client) -> list[tuple[WatchRequest, Snapshot]]:
    """What this person is shown of all that they ask for; what they may not read is left out."""
    with database.connection_context():
        snapshots = [(each, _see(application, each.key, each.bar, client, each.revision)) for each in requests]
    return [(request, snapshot) for request, snapshot in snapshots if snapshot]


def see(application: Wsgi, topic: Topic, client: Client) -> Snapshot | None:
    """The present state of what is watched, as this person is shown it, or anybody where it is public."""
    if topic.audience == PUBLIC:
        client = client._replace(cookie="")
    with database.connection_context():
        return _see(application, topic.key, topic.bar, client, "")


def pulses(keys: Collection[str]) -> dict[str, Pulse]:
    """The pulses of these proposals."""
    with database.connection_context():
        return queries.pulses(keys)


def allowed(member_ids: Iterable[int], key: str) -> set[int]:
    """Those of these people who may read the proposal."""
    with database.connection_context():
        return {member_id for member_id in member_ids if queries.pulse(OnlyId(member_id), key)}


def _see(application: Wsgi, key: str, bar: bool, client: Client, revision: str) -> Snapshot | None:
    pulse = queries.pulses([key]).get(key)
    headers = AS_FRAGMENT | ({"cookie": client.cookie} if client.cookie else {})
    query = f"{'forme=barre&' if bar else ''}revision={revision}"
    environ = environ_for(f"/p/{key}/resultat", query, headers.items(), client.host, client.scheme) | spectators.ask()
    response = answer_of(application, environ)
    if pulse is None or response.status not in (200, 204):
        return None
    spectator = spectators.told(environ)
    text = " ".join(response.body.decode().split("\n")).strip()
    return Snapshot(spectator.member_id, spectator.audience, text, None if spectator.late else pulse)
