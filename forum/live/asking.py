"""What a stream asks of the site: the application, as the page itself would, and the database for what moved."""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

from granian.rsgi import Scope

from forum.database.connection import database
from forum.database.tables import OnlyId
from forum.live import queries, spectators
from forum.live.queries import Answers, Pulse
from forum.live.spectators import PUBLIC
from forum.web.gateway import Wsgi, answer_of, environ_for
from forum.web.requests import AS_FRAGMENT

# In seconds, between two tellings of the same tally; with Save-Data.
PACE, SLOW_PACE = 1.0, 15.0
MOST_TALLIES = 60

_ASKED = re.compile(r"([a-z0-9]{1,16})\.([0-9]{1,12})")


# What is watched: a tally, its bar, how many answers a discussion has.
TALLY, BAR, ANSWERS = "t", "b", "d"
# Where each is asked for, and the id of the element that shows it.
_ADDRESSES = {
    TALLY: ("/p/{key}/resultat", "revision={shown}", "tally"),
    BAR: ("/p/{key}/resultat", "forme=barre&revision={shown}", "bar-{key}"),
    ANSWERS: ("/d/{key}/reponses", "depuis={shown}", "answers"),
}


class Watched(NamedTuple):
    """What is watched, by its kind and the key of the proposal or of the discussion."""

    kind: str
    key: str


class Topic(NamedTuple):
    """A subject as an audience sees it, told at most every `pace` seconds."""

    subject: Watched
    audience: str
    pace: float

    @property
    def element(self) -> str:
        """The id of the element that shows it."""
        return _ADDRESSES[self.subject.kind][2].format(key=self.subject.key)


class WatchRequest(NamedTuple):
    """What a page asks to be told of, and the revision, or the number of answers, that it shows."""

    subject: Watched
    shown: str
    pace: float

    def topic(self, audience: str) -> Topic:
        return Topic(self.subject, audience, self.pace)


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
    pulse: Pulse | Answers | None


def read(query: str) -> list[WatchRequest]:
    """What the address of a stream asks for; what makes no sense in it is left out."""
    fields = parse_qsl(query, max_num_fields=2 * MOST_TALLIES) if len(query) < 50 * MOST_TALLIES else []
    pace = SLOW_PACE if ("lent", "1") in fields else PACE
    matches = [(name, _ASKED.fullmatch(value)) for name, value in fields if name in _ADDRESSES]
    return [WatchRequest(Watched(name, match[1]), match[2], pace) for name, match in matches[:MOST_TALLIES] if match]


def client_of(scope: Scope) -> Client:
    """Who asks for a stream."""
    headers = scope.headers
    return Client(headers.get("host") or scope.authority or scope.server, scope.scheme, headers.get("cookie") or "")


def see_all(application: Wsgi, requests: Iterable[WatchRequest], client: Client) -> list[tuple[WatchRequest, Snapshot]]:
    """What this person is shown of all that they ask for; what they may not read is left out."""
    with database.connection_context():
        snapshots = [(each, _see(application, each.subject, client, each.shown)) for each in requests]
    return [(request, snapshot) for request, snapshot in snapshots if snapshot]


def see(application: Wsgi, topic: Topic, client: Client) -> Snapshot | None:
    """The present state of what is watched, as this person is shown it, or anybody where it is public."""
    if topic.audience == PUBLIC:
        client = client._replace(cookie="")
    with database.connection_context():
        return _see(application, topic.subject, client, "")


def pulses(subjects: Collection[Watched]) -> dict[Watched, Pulse | Answers]:
    """The pulses of these subjects."""
    with database.connection_context():
        return _pulses(subjects)


def _pulses(subjects: Collection[Watched]) -> dict[Watched, Pulse | Answers]:
    voted = {key for kind, key in subjects if kind != ANSWERS}
    answered = {key for kind, key in subjects if kind == ANSWERS}
    tallies = queries.pulses(voted) if voted else {}
    talks = queries.answers_of(answered) if answered else {}
    found = {each: (talks if each.kind == ANSWERS else tallies).get(each.key) for each in subjects}
    return {subject: pulse for subject, pulse in found.items() if pulse}


def allowed(member_ids: Iterable[int], subject: Watched) -> set[int]:
    """Those of these people who may read the proposal or the discussion."""
    ask = queries.answers if subject.kind == ANSWERS else queries.pulse
    with database.connection_context():
        return {member_id for member_id in member_ids if ask(OnlyId(member_id), subject.key)}


def _see(application: Wsgi, subject: Watched, client: Client, shown: str) -> Snapshot | None:
    pulse = _pulses([subject]).get(subject)
    headers = AS_FRAGMENT | ({"cookie": client.cookie} if client.cookie else {})
    path, query, _ = (text.format(key=subject.key, shown=shown) for text in _ADDRESSES[subject.kind])
    environ = environ_for(path, query, headers.items(), client.host, client.scheme) | spectators.ask()
    response = answer_of(application, environ)
    if pulse is None or response.status not in (200, 204):
        return None
    spectator = spectators.told(environ)
    text = " ".join(response.body.decode().split("\n")).strip()
    return Snapshot(spectator.member_id, spectator.audience, text, None if spectator.late else pulse)
