"""A bad line in front of the site: it goes down, loses answers, and cuts them in the middle."""

import random
import socket
import socketserver
import threading
import time
from contextlib import suppress


class Line(socketserver.ThreadingTCPServer):
    """Listens on a port of its own and passes each request on, one a connection, until the context ends.

    `down` drops everything. Of 100 answers, `lost` never come back though the site has done what was asked, and `cut`
    stop half-way. Each takes `delay` seconds more.
    """

    allow_reuse_address = daemon_threads = True
    request_queue_size = 50

    def __init__(self, port: int):
        super().__init__(("127.0.0.1", 0), Passing)
        self.site = port
        self.restore()
        self.dice = random.Random(7)
        self.counts = {"passed": 0, "lost": 0, "cut": 0}

    def restore(self) -> None:
        """A good line again."""
        self.down, self.lost, self.cut, self.delay = False, 0, 0, 0.0

    def __enter__(self) -> "Line":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fate(self) -> str:
        """What becomes of the next answer."""
        thrown = self.dice.random() * 100
        fate = "lost" if thrown < self.lost else "cut" if thrown < self.lost + self.cut else "passed"
        self.counts[fate] += 1
        return fate


class Passing(socketserver.BaseRequestHandler):
    """One request and its answer."""

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            asked = self.read_request()
            if self.server.down or not asked:
                return
            answer = self.ask_site(asked)
            fate = self.server.fate()
            time.sleep(self.server.delay)
            if not self.server.down and fate != "lost":
                self.request.sendall(answer if fate == "passed" else answer[: len(answer) // 2])

    def read_request(self) -> bytes:
        head, _, body = b"", b"", b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65_536)
            if not piece:
                return b""
            head += piece
        head, _, body = head.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self.request.recv(65_536)
        kept = [line for line in lines if not line.lower().startswith((b"connection:", b"keep-alive:"))]
        return b"\r\n".join([*kept, b"Connection: close", b"", b""]) + body

    def ask_site(self, asked: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.server.site), timeout=30) as site:
            site.sendall(asked)
            answer = b""
            while piece := site.recv(65_536):
                answer += piece
        return answer
