"""The door of the web server: pages, which take a thread each, and streams, of which one process holds thousands.

Granian speaks RSGI (github.com/emmett-framework/granian, docs/spec/RSGI.md): a coroutine a request. Pages are handed to
the WSGI application in a thread; streams stay in the event loop, where one that waits costs some kilobytes.
"""

import asyncio
import io
import sys
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from granian.rsgi import HTTPProtocol, Scope

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
# Pages made at the same time in one process.
THREADS = 8

NAMED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class WsgiResponse(NamedTuple):
    """What the application answered; `environ` may bear what it left there for whoever asked."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    environ: Environ


class Gateway:
    """An RSGI application around a WSGI one. `streams` maps a path to what holds the streams asked for there."""

    def __init__(self, application: Wsgi, most_bytes: int, streams: dict[str, Any] | None = None):
        self.application, self.most_bytes = application, most_bytes
        self.streams = streams or {}
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        holder = self.streams.get(scope.path) if scope.method == "GET" else None
        if holder:
            await holder.open(self, scope, protocol)
            return
        body = b"" if scope.method in ("GET", "HEAD") else await self._read(scope, protocol)
        answer = await self.ask(environ_of(scope, body))
        protocol.response_bytes(answer.status, answer.headers, answer.body)

    async def ask(self, environ: Environ) -> WsgiResponse:
        """What the application answers to this, in a thread of its own."""
        return await self.in_thread(answer_of, self.application, environ)

    def in_thread(self, work: Callable[..., Any], *arguments: Any) -> Coroutine[Any, Any, Any]:
        """The result of this work, which may wait for the database, done in one of the threads of pages."""
        return asyncio.get_running_loop().run_in_executor(self.pool, work, *arguments)  # type: ignore[return-value]

    async def _read(self, scope: Scope, protocol: HTTPProtocol) -> bytes:
        """The body. Of one too long no more is kept than tells the application so: it refuses it by its length."""
        parts, size = [], 0
        async for part in protocol:
            size += len(part)
            if size <= self.most_bytes + 1:
                parts.append(part)
        return b"".join(parts) if size <= self.most_bytes else b"\0" * (self.most_bytes + 1)


def environ_of(scope: Scope, body: bytes = b"") -> Environ:
    """The environ of a request to the server."""
    host = scope.authority or scope.server
    environ = environ_for(scope.path, scope.query_string, scope.headers.items(), host, scope.scheme)
    server, _, port = scope.server.rpartition(":")
    environ |= {
        "REQUEST_METHOD": scope.method,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.input": io.BytesIO(body),
    }
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def environ_for(path: str, query: str, headers: Iterable[tuple[str, str]], host: str, scheme: str) -> Environ:
    """The environ (PEP 3333) of a GET as this process asks it of its own application. Names of headers are in lower
    case; `host` is as in an address, where no header says another."""
    server, _, port = host.partition(":")
    environ: Environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": server,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        if "_" in name:
            # It would pass for the one with a hyphen, which a proxy in front may vouch for.
            continue
        key = NAMED.get(name) or "HTTP_" + name.upper().replace("-", "_")
        # Several of one name are one, as RFC 9110 (5.3) and, for cookies, RFC 9113 (8.2.3) join them.
        environ[key] = f"{environ[key]}{'; ' if name == 'cookie' else ', '}{value}" if key in environ else value
    environ.setdefault("HTTP_HOST", host)
    return environ


def answer_of(application: Wsgi, environ: Environ) -> WsgiResponse:
    """What a WSGI application answers, whole."""
    started: list[Any] = []
    parts = application(environ, lambda status, headers, _=None: started.extend((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = started
    return WsgiResponse(int(status[:3]), headers, body, environ)
