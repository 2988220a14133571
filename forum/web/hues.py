"""The hue of a page that is not the site's own: its few lines of style, and leave to let them through."""

from functools import cache
from typing import Protocol

from markupsafe import Markup

from forum.web.assets import style_source
from forum.web.headers import content_policy, source_of


class Accents(Protocol):
    """The accent on the light page, the accent on the dark page, and the text upon the latter, as CSS colours."""

    @property
    def light(self) -> str: ...
    @property
    def dark(self) -> str: ...
    @property
    def on(self) -> str: ...


def style_of(hue: Accents | None) -> Markup:
    """The lines that give a page this hue, nothing for none. They come after the stylesheet, and leave paper alone."""
    return Markup(f"<style>{_rules(hue.light, hue.dark, hue.on)}</style>") if hue else Markup()  # noqa: S704


def policy_of(hue: Accents) -> str:
    """The Content-Security-Policy of a page of this hue."""
    return _policy(_rules(hue.light, hue.dark, hue.on))


@cache
def _policy(rules: str) -> str:
    return content_policy(style_source(), source_of(rules))


def _rules(light: str, dark: str, on: str) -> str:
    return (
        f"@media screen{{:root{{--accent:{light}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark};--on:{on}}}}}"
    )
