"""Open pages in a test: streams held by the gateway itself, as granian would hand them to it."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace

from granian.rsgi import ProtocolClosed

from forum.live import streams
from forum.web.gateway import Gateway
from tests.world import Site, Visitor


class Page:
    """An open page and what it has received."""

    def __init__(self, gateway: Gateway, path: str, visitor: Visitor | None = None, **headers: str):
        self.told: list[str] = []
        self.status: int | None = None
        self.gone = asyncio.Event()
        sent = {"host": "localhost", **headers, **(_cookie(visitor) if visitor else {})}
        pathname, _, query = path.partition("?")
        self.scope = SimpleNamespace(
            method="GET", path=pathname, query_string=query, scheme="http", authority=None, server="127.0.0.1:1",
            client="127.0.0.1:2", http_version="1.1", headers=sent,
        )  # fmt: skip
        self.task = asyncio.create_task(gateway.__rsgi__(self.scope, self))

    def response_stream(self, status: int, headers) -> "Page":
        self.status, self.headers = status, dict(headers)
        return self

    def response_empty(self, status: int, headers) -> None:
        self.status = status

    def response_bytes(self, status: int, headers, body: bytes) -> None:
        self.status, self.body = status, body

    async def send_str(self, message: str) -> None:
        if self.gone.is_set():
            raise ProtocolClosed
        self.told.append(message)

    async def client_disconnect(self) -> None:
        await self.gone.wait()

    async def leave(self) -> None:
        self.gone.set()
        await self.task

    async def receives(self, what: str, seconds: float = 10) -> str:
        """The next message that holds this text."""
        return await until(lambda: next((told for told in self.told if what in told), None), seconds, self.told)


def _cookie(visitor: Visitor) -> dict[str, str]:
    value = visitor.browser.get_cookie("session")
    return {"cookie": f"session={value.value}"} if value else {}


async def until(found: Callable, seconds: float = 10, told: object = ""):
    """Wait until this is found, and return it."""
    for _ in range(int(seconds / 0.02)):
        if result := found():
            return result
        await asyncio.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {told}")


def gate(site: Site) -> tuple[Gateway, streams.Streams]:
    """The gateway in front of this site, and the streams that it holds."""
    held = streams.Streams()
    return Gateway(site.app, 2_000_000, {"/suivi": held}), held


def listen(test: Callable) -> None:
    """Run a test that listens, and end what it left open."""

    async def whole() -> None:
        try:
            await test()
        finally:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    asyncio.run(whole())
