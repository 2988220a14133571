"""Pages and fragments: the one place that knows htmx."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Flask, Response, abort, current_app, make_response, render_template, request
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from jinja2_fragments.flask import render_block

from forum.text import dates
from forum.text.french import spaced
from forum.text.numbers import counted, figure
from forum.text.typed import parse_key
from forum.web.headers import PRIVATE, vary
from forum.web.hues import Accents, policy_of, style_of
from forum.web.requests import followed, here, me, must_leave, reader, wants_fragment

# Of notices, "99+" is said.
MANY = 100

LONGEST_ADDRESS = 8_000

# Tells the pages of a phone whose they are; and, once, which draft has become a text.
READER = "Parvis-Reader"
SENT, SENT_LIFE = "sent", 300


class Bell(NamedTuple):
    """How many notices wait, as the header says it: '' for none."""

    number: str
    several: bool


def install(app: Flask, site_name: str, base_url: str) -> None:
    """Make templates strict, give them what every page needs, and let requests know about htmx."""
    Htmx(app)
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
    """No page has an address with NUL, which PostgreSQL takes in no text, nor one longer than RFC 9110 (4.1) asks."""
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)
    if "\0" in request.path or "%00" in request.query_string.decode("ascii", "replace"):
        abort(404)


def bell() -> Bell:
    """What waits for whoever is signed in."""
    unseen = current_app.jinja_env.globals["count_unseen"]()  # type: ignore[operator]
    return Bell(("99+" if unseen >= MANY else str(unseen)) if unseen else "", unseen > 1)


def show(template: str, fragment: str | None = None, status: int = 200, **facts: Any) -> Response:
    """The page, or its block named `fragment` when htmx asks for a part. Caches are told that the two differ.

    Where one of the facts is the `group` whose page it is, the page has its hue. A form that comes back because what it
    was made from has moved (errors.Moved) is a 409.
    """
    if "errors" in facts:
        facts["errors"] = Sentences(facts["errors"])
        status = 409 if facts["errors"]["moved"] else status
    part, hue = fragment is not None and wants_fragment(), hue_of(facts)
    facts["hue_style"] = style_of(hue)
    body = render_block(template, fragment, **facts) if part else render_template(template, **facts)  # type: ignore[arg-type]
    return Response(body, status, headers_of(part, hue))


def hue_of(facts: Mapping[str, Any]) -> Accents | None:
    """The hue of the page of these facts, None for the site's own."""
    group = facts.get("group")
    return group.hue if group else None


def headers_of(part: bool, hue: Accents | None = None) -> dict[str, str]:
    """What a page, or a part of one, tells caches, whose it is, and what it needs of the browser."""
    styles = {"Content-Security-Policy": policy_of(hue)} if hue and not part else {}
    return styles | _about_caches(part)


def _about_caches(part: bool) -> dict[str, str]:
    varies = "HX-Request" if part else "HX-Request, Sec-Fetch-Site"
    if me().is_guest:
        return {"Vary": varies}
    told = {"Vary": f"{varies}, Cookie"} | PRIVATE
    return told if part else told | {READER: reader()}


def told_at(response: Response, address: str) -> Response:
    """The answer to a form that asks as one types, with the address it is shared by: without the empty fields."""
    if wants_fragment():
        response.headers["HX-Replace-Url"] = address
    return response


def unchanged() -> Response:
    """For htmx: what is on the screen stays."""
    return Response(status=204, headers={"Vary": "HX-Request"})


class Sentences(dict[str, str]):
    """What is wrong with each field of a form; nothing is wrong with a field that is not named."""

    def __missing__(self, field: str) -> str:
        return ""


def see_other(path: str) -> Response:
    """After a form: 303 to a page of this site. htmx, which would not leave the page, is told to go there itself.

    The cookie tells the phone's script, on the next page, that the draft of this form may go.
    """
    leaves = must_leave(path)
    response = make_response("", 204 if leaves else 303)
    response.headers["HX-Redirect" if leaves else "Location"] = path
    vary(response, "HX-Request")
    if draft := parse_key(request.form.get("draft", "")):
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(SENT, draft, max_age=SENT_LIFE, samesite="Lax", secure=secure)
    return response
