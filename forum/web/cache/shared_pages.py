"""Pages for members rendered once for all who are shown the same: the one door to them, by `show_shared`."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from flask import Flask, Response, current_app
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape
from peewee import Model

from forum.web import compression
from forum.web.cache import fragments as fragment_cache, shared_templates
from forum.web.cache.placeholders import PageCache, SharedPage
from forum.web.cache.shared_templates import macros, rendered
from forum.web.forgery import csrf_token
from forum.web.headers import vary
from forum.web.hues import style_of
from forum.web.pages import Bell, bell, headers_of, hue_of
from forum.web.requests import followed, me, reader

# Signs of HTML in each process, without what members say: some hundred pages.
MOST = 1_000_000


class Reader(NamedTuple):
    """What a shared page is told of whoever is signed in."""

    username: Markup
    trial: bool
    is_guest: bool = False


class Layout(NamedTuple):
    """What layouts/base.html is told of a shared page: besides its own facts, all that its template finds."""

    me: Reader
    reader: Markup
    bell: Callable[[], Bell]
    followed: bool
    hue_style: Markup
    ui: TemplateModule


class Variant(NamedTuple):
    """Which of its few looks the layout has for a reader; beyond one, the number of notices is a word of their own."""

    followed: bool
    trial: bool
    waiting: Bell


def install(app: Flask) -> None:
    """Keep the shared pages and fragments of this process. Raises KeyError where a filter is still to come."""
    shared_templates.install(app)
    fragment_cache.install(app)
    app.extensions["shared_pages"] = PageCache(MOST)


def show_shared(template: str, own: Collection[str], fragments: Collection[str], **facts: Any) -> Response:
    """As `show`, a whole page for somebody who is signed in; rendered once for all to whom its facts are the same.

    The facts are plain values. Put in at each request, as the HTML that they are: of them, those named in `own`, words
    that are this reader's alone, and those named in `fragments`, which other pages have too.
    """
    pages: PageCache = current_app.extensions["shared_pages"]
    parts, waiting = {name: facts.pop(name) for name in fragments}, bell()
    words = {name: facts.pop(name) for name in own}
    words |= {"username": _name(), "reader": reader(), "csrf_token": csrf_token(), "unseen": waiting.number}
    variant = Variant(followed(), bool(me().trial), waiting._replace(number="") if waiting.several else waiting)
    marks = {name: pages.placeholder(name) for name in (*parts, *words)}
    page = pages.page(
        (template, variant, *facts.items()), lambda: rendered(template, _told(facts, variant, marks)), parts
    )
    return _answer(page, [words[name].encode() for name in page.names], headers_of(part=False, hue=hue_of(facts)))


def _name() -> str:
    """Who is signed in, as the layout tells who listens. White space, which is not read aloud, leaves few lengths, for
    each of which a page is compressed; not on trial, where the name stands in a sentence too."""
    name = escape(me().username)
    return name if me().trial else name + " " * (-len(name.encode()) % 8)


def _told(facts: dict[str, Any], variant: Variant, marks: dict[str, Markup]) -> dict[str, Any]:
    """All that the template is told: what is not here does not exist for it. Raises TypeError for a row among facts."""
    for name, fact in facts.items():
        if isinstance(fact, Model):
            raise TypeError(f"{name} is a row, which equals any other of its id: name what is shown of it")
    waiting = variant.waiting
    layout = Layout(
        me=Reader(marks["username"], variant.trial),
        reader=marks["reader"],
        bell=lambda: waiting._replace(number=marks["unseen"]) if waiting.several else waiting,
        followed=variant.followed,
        hue_style=style_of(hue_of(facts)),
        ui=macros(shared_templates.environment(), signed_in=True, csrf_token=marks["csrf_token"]),
    )
    return marks | facts | layout._asdict()


def _answer(page: SharedPage, words: Sequence[bytes], headers: dict[str, str]) -> Response:
    """The page with these words, in brotli already where that is at hand and wanted."""
    ready = page.in_brotli(words) if compression.coding() == "br" else None
    if ready is None:
        return Response(page.filled(words), headers=headers)
    response = Response(ready, headers={**headers, "Content-Encoding": "br"})
    vary(response, "Accept-Encoding")
    return response
