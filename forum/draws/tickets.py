"""Tickets: each line of the frozen list binds a number to somebody without naming them."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

# Random bits and hexadecimal digits of a nonce. A bare hash of a pseudonym would be found by trying pseudonyms.
NONCE_BITS = 128
NONCE_DIGITS = NONCE_BITS // 4
COMMITMENT_DIGITS = 32


@dataclass(frozen=True)
class Ticket:
    """A place in the frozen list: `label` is the pseudonym, or what is drawn; `college` is '' where there are none."""

    number: int
    nonce: str
    label: str
    college: str = ""

    @property
    def commitment(self) -> str:
        """What the list shows in the place of the label."""
        return commitment(self.number, self.nonce, self.label)

    @property
    def line(self) -> str:
        """As it stands in the list: number, commitment and, where there are any, college."""
        return " ".join(filter(None, (str(self.number), self.commitment, self.college)))


def commitment(number: int, nonce: str, label: str) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of `NUMBER|NONCE|LABEL` in UTF-8."""
    return hashlib.sha256(f"{number}|{nonce}|{label}".encode()).hexdigest()[:COMMITMENT_DIGITS]


def shuffled(labels: Sequence[tuple[str, str]]) -> list[Ticket]:
    """A ticket for each (label, college), numbered from 1 in an order that nobody chose: a place in the list tells
    nothing of when somebody joined or what their name begins with."""
    order = list(labels)
    secrets.SystemRandom().shuffle(order)
    return [
        Ticket(number, secrets.token_hex(NONCE_BITS // 8), label, college)
        for number, (label, college) in enumerate(order, 1)
    ]


def listed(lines: Sequence[str]) -> bytes:
    """The file of the frozen list: ASCII, each line ended by LF, the last too."""
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def digest(lines: Sequence[str]) -> str:
    """The SHA-256 of that file, 64 hexadecimal digits: what is published at the freeze."""
    return hashlib.sha256(listed(lines)).hexdigest()
