"""Mail addresses as an address book, a letter or a spreadsheet gives them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from forum.text.fields import is_seen

# One address and no more: what may stand between commas or brackets in a letter's head is left out.
ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@(?:[^@\s<>,;:\"()\[\]\\.]+\.)+[^@\s<>,;:\"()\[\]\\.]+")
# What follows an address and has lost its @: jeanne.example.org; an initial before a name has its point at the end.
_TORN = re.compile(r"(?<!\S)[^\s<>()@]{2,}\.[^\s<>()@.]{2,}(?!\S)")
HEADING = re.compile(r"mail|courriel|adresse", re.IGNORECASE)


class Pasted(NamedTuple):
    """The addresses found, each once, in their order; and what was meant as one and is none, as it was pasted."""

    addresses: list[str]
    wrong: list[str]


def read(pasted: str) -> Pasted:
    """What was pasted: `Jeanne <jeanne@example.org>; paul@example.org`, a column with its heading, mailto: links."""
    seen = "".join(sign for sign in pasted if sign.isspace() or is_seen(sign))
    lines = [line.strip() for line in seen.splitlines() if line.strip()]
    if len(lines) > 1 and "@" not in lines[0] and HEADING.search(lines[0]):
        lines.pop(0)
    addresses: dict[str, str] = {}
    wrong: list[str] = []
    for line in lines:
        for part in _parts(line):
            found = [address.rstrip(".") for address in ADDRESS.findall(part)]
            addresses |= {address.casefold(): address for address in found if address.casefold() not in addresses}
            if not found or part.count("@") > len(found):
                wrong.append(part)
            wrong += _TORN.findall(ADDRESS.sub(" ", part))
    return Pasted(list(addresses.values()), wrong)


def _parts(line: str) -> Iterator[str]:
    """What may each be an address: of a spreadsheet's row the cells that have one, of a name with a comma one part."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > 1:
        yield from [cell for cell in cells if "@" in cell] or [line]
        return
    name = ""
    for part in re.split(r"[;,]|(?<=[^\s<])\s+(?=[^\s<>@]+@)", line):
        part = f"{name}, {part}".strip(" ,") if name else part.strip()
        name = ""
        if part and "@" not in part:
            name = part
        elif part:
            yield part
    if name:
        yield name
