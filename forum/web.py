"""Pages and fragments: the one place that knows htmx."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request
from flask_login import current_user
from htmx_flask import Htmx
from jinja2 import Environment, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2_fragments.flask import render_block
from markupsafe import Markup, escape

from forum import dates
from forum.compress import Framed
from forum.frames import Frames
from forum.once import read_key
from forum.text.french import spaced
from forum.text.numbers import counted, figure
from forum.tints import tinted
from forum.vary import vary

# The address bar of an htmx request: ?page= beyond this is a machine's, not a reader's.
LAST_PAGE = 10_000

# Of notices, "99+" is said.
MANY = 100

# Some hundred pages in each process, without what members say in them.
MOST_FRAMED = 1_000_000

# Tells the pages of a phone whose they are; and, once, which draft has become a text.
READER = "Parvis-Reader"
SENT, SENT_LIFE = "sent", 300


class Bell(NamedTuple):
    """How many notices wait, as the header says it: '' for none."""

    number: str
    several: bool


class Reader(NamedTuple):
    """What the layout is told of who is signed in."""

    username: str
    trial: bool
    is_guest: bool = False


def install(app: Flask, site_name: str, base_url: str) -> None:
    """Make templates strict, give them what every page needs, and let requests know about htmx."""
    Htmx(app)
    app.extensions["frames"] = Frames(MOST_FRAMED)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(site_name=site_name, base_url=base_url, bell=bell)
    app.jinja_env.filters.update(
        moment=dates.moment,
        day=dates.day,
        ago=dates.ago,
        opening=dates.opening,
        closing=dates.closing,
        iso=dates.iso,
        up_to=dates.up_to,
        wait=dates.wait,
        figure=figure,
        counted=counted,
        spaced=spaced,
    )
    app.context_processor(lambda: {"me": me(), "here": here(), "reader": reader(), "followed": followed()})
    app.before_request(refuse_unreadable_addresses)


def refuse_unreadable_addresses() -> None:
    """No page has an address with NUL, which PostgreSQL takes in no text."""
    if "\0" in request.path or "%00" in request.query_string.decode("ascii", "replace"):
        abort(404)


def me():
    """Who is looking: an account, or the guest."""
    # Where Flask-Login keeps who it has loaded: its own way there costs ten times as much, and pages ask twenty times.
    account = g.get("_login_user")
    return current_user._get_current_object() if account is None else account


def reader() -> str:
    """What a phone calls the account that is signed in, to keep things apart by it; '' for a guest. It tells no id."""
    return "" if me().is_guest else _reader(current_app.config["SECRET_KEY"], me().id)


@lru_cache(maxsize=2_000)
def _reader(secret: str, account_id: int) -> str:
    return hmac.new(secret.encode(), f"reader {account_id}".encode(), hashlib.sha256).hexdigest()[:12]


def here() -> str:
    """The address of this page as a local path, for `next`; of a form, the page that held it."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    form = urlsplit(request.referrer or "")
    return local_path(f"{form.path}?{form.query}".rstrip("?")) if form.netloc == request.host else "/"


def followed() -> bool:
    """Whether the page asked for was led to from another of this site (w3.org/TR/fetch-metadata): the browser has the
    stylesheet by then, or fetches it once. Who does not say so is given it in the page."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def bell() -> Bell:
    """What waits for who is signed in."""
    unseen = current_app.jinja_env.globals["count_unseen"]()  # type: ignore[operator]
    return Bell(("99+" if unseen >= MANY else str(unseen)) if unseen else "", unseen > 1)


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page; not so for boosted links and restored history, which want it whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show(template: str, fragment: str | None = None, status: int = 200, **facts) -> Response:
    """The page, or its block named `fragment` when htmx asks for a part. Caches are told that the two differ."""
    if "errors" in facts:
        facts["errors"] = Sentences(facts["errors"])
    part = fragment is not None and wants_fragment()
    body = render_block(template, fragment, **facts) if part else render_template(template, **facts)  # type: ignore[arg-type]
    return Response(body, status, _headers(part))


def show_framed(
    template: str, tint: str, until: Callable[[], datetime], shared: dict[str, str], own: dict[str, str], **facts
) -> Response:
    """A whole page for somebody who is signed in, rendered once for all readers to whom `facts` are the same.

    They are all that the template is told, and plain values: a model equals any other of its id. In the place of the
    HTML of `shared`, kept apart, and of what is this reader's `own`, it is given marks. `until` is asked how long what
    the page says of time holds; `tint` is its hue.
    """
    frames: Frames = current_app.extensions["frames"]
    layout: dict[str, Any] = current_app.jinja_env.globals
    waiting = bell()
    own |= {"username": _name(), "reader": reader(), "csrf_token": layout["csrf_token"](), "unseen": waiting.number}
    facts |= {"followed": followed(), "trial": bool(me().trial), "waiting": _apart(waiting)}
    # The page's own style is let through by the answer, not by the page.
    tinted(tint)
    make = lambda: (_frame(template, frames, (*shared, *own), facts), until())  # noqa: E731
    sheet = frames.sheet((template, *facts.items()), make, shared)
    words = [own[name].encode() for name in sheet.names]
    response = Framed(sheet.filled(words), headers=_headers(part=False))
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


def _frame(template: str, frames: Frames, names: Iterable[str], facts: dict) -> str:
    """Rendered without Flask's context: what is neither a fact nor a mark does not exist for the template."""
    marks = {name: frames.mark(name) for name in names}
    known = facts | marks
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


def _headers(part: bool) -> dict[str, str]:
    """What a page, or a part of one, tells caches, and whose it is."""
    varies = "HX-Request" if part else "HX-Request, Sec-Fetch-Site"
    if me().is_guest:
        return {"Vary": varies}
    told = {"Vary": f"{varies}, Cookie", "Cache-Control": "private, no-cache"}
    return told if part else told | {READER: reader()}


def told_at(response: Response, address: str) -> Response:
    """The answer to a form that asks as one types, with the address it is shared by: without the empty fields."""
    if wants_fragment():
        response.headers["HX-Replace-Url"] = address
    return response


def feed_of(name: str, address: str, since: datetime, discussions: list) -> Response:
    """An Atom feed (RFC 4287) of discussions that a guest may read, newest first; `since` is its date while empty."""
    base = current_app.config["SETTINGS"].base_url
    response = show("layouts/feed.xml", name=name, address=address, since=since, discussions=discussions, base=base)
    response.mimetype = "application/atom+xml"
    return response


class Sentences(dict):
    """What is wrong with each field of a form; nothing is wrong with a field that is not named."""

    def __missing__(self, field: str) -> str:
        return ""


def see_other(path: str) -> Response:
    """After a form: 303 to a page of this site. htmx is told to go there itself, as it would not leave the page.

    The cookie tells the phone's script, on the next page, that the draft of this form may go.
    """
    response = make_response("", 204 if wants_fragment() else 303)
    response.headers["HX-Redirect" if wants_fragment() else "Location"] = path
    vary(response, "HX-Request")
    if draft := read_key(request.form.get("draft", "")):
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(SENT, draft, max_age=SENT_LIFE, samesite="Lax", secure=secure)
    return response


def local_path(value: str | None, default: str = "/") -> str:
    """The address if it lies on this site, otherwise the default: nobody is sent elsewhere by a link to this site."""
    if not value or len(value) > 500 or any(sign < " " or sign == "\\" for sign in value):
        return default
    parts = urlsplit(value)
    if parts.scheme or parts.netloc or not value.startswith("/") or value.startswith("//"):
        return default
    return value


def page_number() -> int:
    """The ?page= asked for, from 1; anything that is not a number is the first."""
    text = request.args.get("page", "1")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and int(text) > 0 else 1


def typed(*fields: str) -> dict[str, str]:
    """What the form sent for these fields, '' where it sent nothing."""
    return {field: request.form.get(field, "") for field in fields}
