"""The map of the départements, each outline a link, drawn once for each set of départements that have a group."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

SVG = Path(__file__).parent / "data" / "france.svg"
OUTLINE = re.compile(r'<path id="dep-(\w{3})(?:-z)?" (d="[^"]*")><title>([^<]*)</title></path>\s*')
FRAME = re.compile(r'<path d="M(\d+) (\d+)h(\d+)v(\d+)h-\d+z"/>')
LETTERS = 'fill="currentColor" stroke="var(--paper)" stroke-width="7" stroke-linejoin="round" paint-order="stroke"'


class Map(NamedTuple):
    """The SVG, and what names this state of it for caches."""

    svg: Markup
    digest: str


@lru_cache(maxsize=8)
def drawn(codes: frozenset[str], address: str = "/lieux/", told: str = "un groupe") -> Map:
    """The map where the départements of these codes bear the class `has`. Colours are the stylesheet's (.map).

    Each leads to `address` with its code; `told` says what those of the class have.
    """
    # Frames are no outlines, and stay as they are drawn; an outline may be a square too.
    svg = FRAME.sub(r'<rect x="\1" y="\2" width="\3" height="\4"/>', SVG.read_text(encoding="utf-8"))
    svg = OUTLINE.sub(lambda outline: _link(outline, codes, address, told), svg)
    # An image has no links inside: it becomes a group. Texts take the colours of the page, to be read on any of them.
    svg = svg.replace('role="img" aria-label=', 'class="map" role="group" aria-label=', 1)
    svg = svg.replace('<g fill="#ddd" stroke="#fff" stroke-width="2" stroke-linejoin="round">', "<g>", 1)
    svg = svg.replace('font-size="30"', f'font-size="30" {LETTERS} aria-hidden="true"', 1)
    return Map(Markup(svg), hashlib.sha256(svg.encode()).hexdigest()[:16])  # noqa: S704


def _link(found: re.Match[str], codes: frozenset[str], address: str, has: str) -> str:
    code, outline, name = found.groups()
    state, told = (' class="has"', f"{name}, {has}") if code in codes else ("", name)
    return f'<a href="{address}{code}"{state}><title>{told}</title><path {outline}/></a>'
