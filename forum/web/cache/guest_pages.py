"""Pages kept for visitors without cookies, as long as nothing in the database has changed.

A page is kept, compressed, with the state of the database that was read before it was made, and given out only while
the database is still in that state. So it is never older than a write, whichever process wrote. Pages also age: what
they say of time ("il y a 2 min") is at most LIFE seconds old, and no page outlives the next closing of a vote.
"""

import hashlib
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from flask import Flask, Response, request

from forum.database.clock import now
from forum.database.connection import database, is_postgresql
from forum.web.gateway import Environ, StartResponse, Wsgi
from forum.web.headers import vary

# An address and what else makes the answer differ.
Key = tuple[str | None, ...]
LIFE = timedelta(seconds=20)
MOST_BYTES = 16_000_000
# What an entry takes in memory besides its texts, about.
OVERHEAD = 2_000
# What makes the answer differ besides its address.
ASKED = (
    *("HTTP_ACCEPT_ENCODING", "HTTP_HX_REQUEST", "HTTP_HX_REQUEST_TYPE", "HTTP_HX_BOOSTED"),
    *("HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HOST"),
    "HTTP_SEC_FETCH_SITE",
)
# What an answer without body repeats (RFC 9110, 15.4.5).
UNCHANGED = ("ETag", "Vary", "Cache-Control")
VISITOR = "parvis.visitor"

logger = logging.getLogger("parvis")

_changes: list[Callable[[], datetime | None]] = []


@dataclass
class CachedPage:
    """A kept answer: the state of the database before it was made, until when it holds, and what to send."""

    state: str
    until: datetime
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        return OVERHEAD + len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


def install(app: Flask) -> None:
    """Answer visitors from what was kept, before the application is asked; see `allow_keeping`."""
    app.wsgi_app = app.extensions["guest_pages"] = GuestPages(app.wsgi_app)  # type: ignore[method-assign]


def expire_at(*changes: Callable[[], datetime | None]) -> None:
    """Let no page outlive these moments. Each is asked when a page is kept: the next moment at which pages change by
    themselves, None when there is none."""
    _changes.extend(changes)


def allow_keeping(response: Response) -> Response:
    """Say whether and until when this answer may be kept, while the database is still at hand: the last thing that is
    done to it, as it may not be kept for others once anything has given it orders for caches."""
    if request.environ.get(VISITOR) is None or not _may_be_kept(response):
        return response
    moments = [moment for moment in (change() for change in _changes) if moment]
    request.environ[VISITOR] = min([now() + LIFE, *moments])
    vary(response, "Cookie")
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _may_be_kept(response: Response) -> bool:
    """Whether this is a page for everybody: whole, and without orders of its own to caches."""
    return response.status_code in (200, 204) and not response.is_streamed and "Cache-Control" not in response.headers


class GuestPages:
    """The WSGI application, with what it answered visitors kept in front of it."""

    def __init__(self, application: Wsgi):
        self.application = application
        self.pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()
        self.state = State()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ:
            return self.application(environ, start_response)
        state = self.state.read()
        if state is None:
            return self.application(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), *(environ.get(name) for name in ASKED))
        page = self.pages.get(key)
        if page is None or page.state != state or page.until <= now():
            return self._make(key, state, environ, start_response)
        return self._give(page, environ, start_response)

    def _give(self, page: CachedPage, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [header for header in page.headers if header[0] in UNCHANGED])
            return []
        start_response(page.status, page.headers)
        return [page.body]

    def _make(self, key: Key, state: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started: list[Any] = []
        environ[VISITOR] = False
        answered = self.application(environ, lambda status, headers, _=None: started.extend((status, headers)))
        try:
            body = b"".join(answered)
        finally:
            getattr(answered, "close", lambda: None)()
        status, headers = started
        until = environ[VISITOR]
        if not until or any(name == "Set-Cookie" for name, _ in headers):
            start_response(status, headers)
            return [body]
        etag = next((value for name, value in headers if name == "ETag"), None)
        if etag is None:
            etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
            headers.append(("ETag", etag))
        page = CachedPage(state, until, status, headers, body, etag)
        self._keep(key, page)
        return self._give(page, environ, start_response)

    def _keep(self, key: Key, page: CachedPage) -> None:
        with self.lock:
            former = self.pages.pop(key, None)
            self.bytes += page.size - former.size if former else page.size + _size(key)
            self.pages[key] = page
            while self.bytes > MOST_BYTES:
                other, oldest = self.pages.popitem(last=False)
                self.bytes -= oldest.size + _size(other)


def _size(key: Key) -> int:
    """A key counts too: strangers choose it."""
    return sum(len(part or "") for part in key)


class State:
    """A text that differs whenever anything in the database has changed, read over a connection of its own.

    SQLite: `pragma data_version` (sqlite.org/pragma.html) changes for this connection when another one commits.
    PostgreSQL: the current snapshot names which transactions are visible; two alike see the same rows.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.connection: Any = None

    def read(self) -> str | None:
        """The present state; None when the database does not answer."""
        with self.lock:
            try:
                return self._ask()
            except (sqlite3.Error, psycopg.Error) as problem:
                logger.warning("visitors: %s", problem)
                self.close()
                return None

    def close(self) -> None:
        """Give the connection back; the next question opens another."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def _ask(self) -> str:
        if self.connection is None:
            self.connection = self._connect()
        statement = "select pg_current_snapshot()::text" if is_postgresql() else "pragma data_version"
        return str(self.connection.execute(statement).fetchone()[0])

    def _connect(self) -> sqlite3.Connection | psycopg.Connection:
        if is_postgresql():
            return psycopg.connect(database.obj.database, autocommit=True)
        return sqlite3.connect(f"file:{database.obj.database}?mode=ro", uri=True, check_same_thread=False)
