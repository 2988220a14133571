"""A post office for tests: the jobs run at once, and the letters that come out."""

import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

from forum.tasks import mail
from forum.tasks.jobs import huey


def run_jobs() -> None:
    """Do what waits in the queue, as the worker would."""
    while task := huey.dequeue():
        huey.execute(task)


def letters() -> list[EmailMessage]:
    """The letters of the outbox, once what waits is done."""
    run_jobs()
    return [read(path.read_bytes()) for path in sorted(mail.OUTBOX.glob("*.eml"))]


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


class MailServer:
    """A mail server of one conversation, which keeps what it is told (RFC 5321), and refuses `refused` recipients."""

    def __init__(self, refused: str = "") -> None:
        self.refused, self.heard = refused, b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._converse, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.thread.join(5)
        self.socket.close()

    def _converse(self) -> None:
        connection, _ = self.socket.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 here\r\n")
            writing = False
            for line in lines:
                writing, answer = self._hear(line, writing)
                connection.sendall(answer)

    def _hear(self, line: bytes, writing: bool) -> tuple[bool, bytes]:
        """Whether a letter is being written now, and what to answer to this line."""
        if writing and line != b".\r\n":
            self.heard += line
            return True, b""
        if line.upper().startswith(b"DATA"):
            return True, b"354 go on\r\n"
        if line.upper().startswith(b"QUIT"):
            return False, b"221 bye\r\n"
        refused = self.refused and self.refused.encode() in line
        return False, b"550 unknown\r\n" if refused else b"250 done\r\n"
