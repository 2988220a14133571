"""Pages for somebody who is signed in, rendered once for all to whom their facts are the same."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Response, current_app
from jinja2 import Environment
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from forum.web.cache.placeholders import PageCache
from forum.web.compression import Framed
from forum.web.hues import style_of
from forum.web.pages import Bell, bell, headers_of, hue_of
from forum.web.requests import followed, me, reader


class Reader(NamedTuple):
    """What the layout is told of whoever is signed in."""

    username: str
    trial: bool
    is_guest: bool = False


def show_shared(
    template: str, until: Callable[[], datetime], shared: dict[str, str], own: dict[str, str], **facts
) -> Response:
    """A whole page for somebody who is signed in, rendered once for all readers to whom `facts` are the same.

    They are all that the template is told, and plain values: a model equals any other of its id. In the place of the
    HTML of `shared`, kept apart, and of what is this reader's `own`, it is given marks. `until` is asked how long what
    the page says of time holds.
    """
    frames: PageCache = current_app.extensions["frames"]
    layout: dict[str, Any] = current_app.jinja_env.globals
    waiting = bell()
    own |= {"username": _name(), "reader": reader(), "csrf_token": layout["csrf_token"](), "unseen": waiting.number}
    facts |= {"followed": followed(), "trial": bool(me().trial), "waiting": _apart(waiting)}
    make = lambda: (_frame(template, frames, (*shared, *own), facts), until())  # noqa: E731
    sheet = frames.sheet((template, *facts.items()), make, shared)
    words = [own[name].encode() for name in sheet.names]
    response = Framed(sheet.filled(words), headers=headers_of(part=False, hue=hue_of(facts)))
    response.in_brotli = lambda: sheet.in_brotli(words)
    return response


def _apart(waiting: Bell) -> Bell:
    """Without the number where it is the reader's own, beyond one."""
    return waiting._replace(number="") if waiting.several else waiting


def _name() -> str:
    """Who is signed in, as the layout tells who listens. White space, which is not read aloud, leaves few lengths, for
    each of which a page is packed; not on trial, where the name stands in a sentence too."""
    name = escape(me().username)
    return name if me().trial else name + " " * (-len(name.encode()) % 8)


def _frame(template: str, frames: PageCache, names: Iterable[str], facts: dict) -> str:
    """Rendered without Flask's context: what is neither a fact nor a mark does not exist for the template."""
    marks = {name: frames.mark(name) for name in names}
    known = facts | marks
    known["hue_style"] = style_of(hue_of(facts))
    known["me"] = Reader(marks["username"], facts["trial"])
    waiting = facts["waiting"]
    known["bell"] = lambda: waiting._replace(number=marks["unseen"]) if waiting.several else waiting
    env = current_app.jinja_env
    return env.get_template(template).render(known, ui=_macros(env, marks["csrf_token"]))


@lru_cache(maxsize=8)
def _macros(env: Environment, token: Markup) -> TemplateModule:
    """The macros of the site, whose forms bear this mark."""
    of_forms = {"signed_in": lambda: True, "csrf_token": lambda: token}
    return env.get_template("ui.html").make_module(of_forms)
