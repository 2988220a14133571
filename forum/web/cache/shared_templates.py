"""Templates rendered once for many readers: they find their facts, and nothing of whoever asks first."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from jinja2 import Environment
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from markupsafe import Markup

from forum.text import dates

# What such a template finds besides its facts: what is the same whoever asks, and whenever.
GLOBALS = ("asset", "base_url", "cycler", "dict", "joiner", "namespace", "range", "site_name", "stylesheet")
FILTERS = (*DEFAULT_FILTERS, "counted", "day", "figure", "iso", "spaced", "up_to")
# Until when a template holds that says nothing of time.
FAR = datetime(9000, 1, 1, tzinfo=UTC)

_noted: ContextVar[list[datetime]] = ContextVar("noted")


def install(app: Flask) -> None:
    """Set such templates apart. Raises KeyError where a filter or a global is still to come."""
    app.extensions["shared_templates"] = _environment(app.jinja_env)


def rendered(template: str, facts: Mapping[str, Any]) -> tuple[Markup, datetime]:
    """The template told these facts alone, and until when what it says of time holds.

    What it asks for besides does not exist: it fails, naming it.
    """
    moments: list[datetime] = []
    noting = _noted.set(moments)
    try:
        html = Markup(environment().get_template(template).render(facts))  # noqa: S704
    finally:
        _noted.reset(noting)
    return html, min(moments, default=FAR)


def environment() -> Environment:
    """Where such templates are found."""
    return current_app.extensions["shared_templates"]


@lru_cache(maxsize=8)
def macros(env: Environment, **known: Any) -> TemplateModule:
    """The macros of the site, which know of their reader no more than this: whether `signed_in`, the `csrf_token`."""
    return env.get_template("ui.html").make_module({name: lambda it=it: it for name, it in known.items()})


def _environment(site: Environment) -> Environment:
    shared = site.overlay()
    shared.globals = {name: site.globals[name] for name in GLOBALS}
    shared.filters = {name: site.filters[name] for name in FILTERS} | {"ago": _ago}
    return shared


def _ago(moment: datetime) -> str:
    """The filter of this name; of those that say how far a moment is, the one that knows how long that holds."""
    _noted.get().append(dates.ago_holds(moment))
    return dates.ago(moment)
