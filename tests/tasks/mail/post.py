"""A post office for tests: the jobs run at once, and the letters that come out."""

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

from forum.tasks import mail
from forum.tasks.jobs import huey


def run_jobs() -> None:
    """Do what waits, as the worker would: the jobs, then the letters that are due."""
    while task := huey.dequeue():
        huey.execute(task)
    while mail.run_once():
        pass


def letters() -> list[EmailMessage]:
    """The letters of the outbox, once what waits is done."""
    run_jobs()
    return [read(path.read_bytes()) for path in sorted(mail.OUTBOX.glob("*.eml"))]


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


class MailServer:
    """A mail server that keeps the letters it is told (RFC 5321), and says something else where a test wants it to.

    `says` is the answer by the first letters of a command, "." for the end of a letter; an empty one drops the line.
    `meanwhile` is done while a letter is on its way.
    """

    def __init__(self, says: dict[str, str] | None = None, meanwhile: Callable[[], object] | None = None) -> None:
        self.says, self.meanwhile = dict(says or {}), meanwhile
        self.heard: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._answer_all, daemon=True)
        self.thread.start()

    def close(self) -> None:
        # Wakes up who waits for somebody to call; closing alone would not.
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def _answer_all(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"220 here\r\n")
                    self._converse(connection, lines)

    def _converse(self, connection: socket.socket, lines: Iterable[bytes]) -> None:
        letter: list[bytes] | None = None
        for line in lines:
            if letter is not None and line != b".\r\n":
                letter.append(line)
                continue
            answer = self._answer(line.decode().strip())
            if letter is not None and answer.startswith("2"):
                self.heard.append(b"".join(letter))
            letter = [] if answer.startswith("354") else None
            if not answer:
                return
            connection.sendall(f"{answer}\r\n".encode())

    def _answer(self, line: str) -> str:
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}
        if line.upper().startswith("DATA") and self.meanwhile:
            self.meanwhile()
        answers = {**usual, **self.says}
        return next((said for command, said in answers.items() if line.upper().startswith(command)), "250 done")
