"""A browser that keeps its connection open, and bursts of requests; loopback only."""

import http.client
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode
from weakref import WeakSet

# What a phone's browser sends with each request, so that what is counted on the wire is what would travel.
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile "
    "Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "fr-FR,fr;q=0.9",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}

# A server told to end waits for its open connections.
OPEN: WeakSet[http.client.HTTPConnection] = WeakSet()


class Answer(NamedTuple):
    """An answer as it came: the body is still encoded. `head` counts the bytes of its status line and headers."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    head: int


class Browser:
    """One open connection to the site on this port, with this person's cookie."""

    def __init__(self, port: int, cookie: str = ""):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        OPEN.add(self.line)
        self.headers = PHONE | ({"Cookie": cookie} if cookie else {})

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields).encode(), form)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self.line.request(method, path, body, self.headers | headers)
        answer = self.line.getresponse()
        head = 15 + len(answer.reason) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        return Answer(answer.status, answer.headers, answer.read(), head)


def hang_up() -> None:
    """Close every connection; a browser that asks again opens its own anew."""
    for line in list(OPEN):
        line.close()


def burst(browsers: Iterable[Browser], ask: Callable[[Browser], Answer], requests: int, expected: int) -> float:
    """Share so many requests among the browsers, all at once; the seconds taken. Any other status stops the run."""
    turns = iter(range(requests))
    wrong: list[int] = []

    def work(browser: Browser) -> None:
        for _ in turns:
            status = ask(browser).status
            if status != expected:
                wrong.append(status)
                return

    started = time.perf_counter()
    together([lambda browser=browser: work(browser) for browser in browsers])
    if wrong:
        raise SystemExit(f"bench: expected {expected}, answered {wrong[0]}")
    return time.perf_counter() - started


def together(works: list[Callable[[], object]]) -> None:
    """Run all of these at once, a thread each, to the end; the first error is raised again here."""
    problems: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as problem:  # noqa: BLE001  raised again below
            problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
