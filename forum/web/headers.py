"""The headers of every answer: what a browser may do with it, and what else of a request it depends on."""

import base64
import hashlib
from collections.abc import Callable

from flask import Response

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
# What the policy of a page says that other sites may embed (frames).
FRAMED = "frame-ancestors *"
# What is one reader's own, and may be shown again if it is still so.
PRIVATE = {"Cache-Control": "private, no-cache"}
# For a year; other names of the domain are no business of this site.
ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def adder(style_hash: str, https: bool) -> Callable[[Response], Response]:
    """What adds the headers to an answer that has a body, but for those it has already.

    `style_hash` is the CSP source of the one stylesheet; over `https` browsers are told to use nothing else (RFC 6797).
    """
    headers = {"Content-Security-Policy": content_policy(style_hash)} | HEADERS | (ONLY_HTTPS if https else {})

    def add_headers(response: Response) -> Response:
        # An unmoved tally, asked for all day: they would be two thirds of it and guard nothing.
        if response.status_code in (204, 304):
            return response
        given = {name.lower() for name, _ in response.headers}
        if FRAMED in response.headers.get("Content-Security-Policy", ""):
            # It says so itself; the older header knows no "anywhere".
            given.add("x-frame-options")
        response.headers.extend((name, value) for name, value in headers.items() if name.lower() not in given)
        return response

    return add_headers


def content_policy(*style_hashes: str) -> str:
    """The Content-Security-Policy: everything from this site only, no inline script, known styles alone."""
    return (
        f"default-src 'none'; script-src 'self'; style-src {' '.join(style_hashes)}; "
        "img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def source_of(style: str) -> str:
    """The source expression that lets exactly this style through a Content-Security-Policy (CSP 3, 6.7.3.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def vary(response: Response, *names: str) -> None:
    """Tell caches that this answer differs by these headers of the request, besides those it names already."""
    # werkzeug's own set of names is read and written whole at each name: four of them cost as much as a question to the
    # database.
    known = response.headers.get("Vary", "")
    listed = {name.strip().lower() for name in known.split(",")}
    new = [name for name in names if name.lower() not in listed]
    if new:
        response.headers["Vary"] = ", ".join([known, *new] if known else new)
