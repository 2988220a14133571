"""The hues a group may give its pages instead of the site's own: a handful, legible in light and in dark."""

import base64
import hashlib
from functools import cache

from flask import g, has_request_context
from markupsafe import Markup

# Name: (what members read, accent on the light page, accent on the dark page, text upon the latter).
TINTS = {
    "sapin": ("Sapin", "#1d6340", "#63cd98", "#03200f"),
    "ocean": ("Océan", "#14588c", "#6fb6f0", "#031a2e"),
    "prune": ("Prune", "#6a3290", "#c79bf2", "#20053a"),
    "ocre": ("Ocre", "#7f4b00", "#e2ab55", "#241300"),
    "ardoise": ("Ardoise", "#46525f", "#aab9c9", "#10161c"),
}


def tinted(name: str | None) -> Markup:
    """The few lines of style that give the page this hue, and leave to let them through; nothing for any other name.

    They come after the stylesheet, and leave paper alone.
    """
    if name not in TINTS:
        return Markup()
    if has_request_context():
        g.style_sources = [_source(name)]
    return Markup(f"<style>{_style(name)}</style>")  # noqa: S704


@cache
def _style(name: str) -> str:
    _, light, dark, on = TINTS[name]
    return (
        f"@media screen{{:root{{--accent:{light}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark};--on:{on}}}}}"
    )


@cache
def _source(name: str) -> str:
    return source_of(_style(name))


def source_of(style: str) -> str:
    """The source expression that lets exactly this style through a Content-Security-Policy (CSP 3, 6.7.3.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
