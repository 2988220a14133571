"""A poster with a code to point a phone at: its drawing, as numbers and lines that a template sets in place."""

import textwrap
from typing import NamedTuple

import segno


class Code(NamedTuple):
    """A QR code (ISO/IEC 18004): its side in modules, without margin, and the SVG path of its dark ones."""

    side: int
    path: str


def code(address: str) -> Code:
    """The code of an address; a seventh of it may be soiled or torn."""
    rows = segno.make(address, error="m", micro=False).matrix
    return Code(len(rows), "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(rows) for x, n in _runs(row)))


def lines(words: str, width: int, most: int) -> list[str]:
    """A text cut between words into at most so many lines, an ellipsis where some of it is left out."""
    return textwrap.wrap(words, width, max_lines=most, placeholder=" …")


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow one another."""
    text = "".join("1" if module else " " for module in row)
    found, place = [], 0
    for run in text.split(" "):
        if run:
            found.append((place, len(run)))
        place += len(run) + 1
    return found
