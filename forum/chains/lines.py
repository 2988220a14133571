"""The lines of a chained record: what is hashed, and how a record is checked.

A line is ASCII text of five words, `NUMBER MOMENT ACT CONTENT PREVIOUS`: its rank from 1, the moment in UTC to the
second, what was done, the SHA-256 of `NONCE|TEXT` in UTF-8, the SHA-256 of the line before (64 zeros for the first).
Words and names stand in the text, apart. They may go, with their author or by moderation, and the chain still holds:
that something was done, when, and what it said while it was there cannot be denied nor read from what remains.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Line:
    """A line with, as long as they are there, its nonce (32 hexadecimal digits) and its text; both None once gone."""

    head: str
    nonce: str | None
    text: str | None

    @property
    def sha256(self) -> str:
        """What the next line calls the one before."""
        return sha256(self.head)


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def following(previous: Line | None, moment: str, act: str, text: str) -> Line:
    """The line that comes after this one; `moment` is ISO 8601 in UTC, `act` one word."""
    nonce = secrets.token_hex(16)
    number = int(previous.head.split(" ", 1)[0]) + 1 if previous else 1
    content = sha256(f"{nonce}|{text}")
    return Line(f"{number} {moment} {act} {content} {previous.sha256 if previous else BEGINNING}", nonce, text)


def problems(lines: Iterable[Line]) -> Iterator[str]:
    """What is wrong with a record, in English, a sentence each; nothing for one that holds."""
    before = BEGINNING
    for number, line in enumerate(lines, 1):
        words = line.head.split(" ")
        if len(words) != 5 or words[0] != str(number):
            yield f"line {number} is not the line of that number"
            return
        if words[4] != before:
            yield f"line {number} does not follow the line before it"
        if line.text is not None and words[3] != sha256(f"{line.nonce}|{line.text}"):
            yield f"line {number} does not say what it said"
        before = line.sha256
