"""What a request says: who asks, from which page, for what."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, g, request
from flask_login import current_user

from forum import limits
from forum.database.select import Cursor
from forum.text.typed import parse_whole

# What a request bears that wants a part of a page, as htmx would ask.
AS_FRAGMENT = {"hx-request": "true"}
# The address bar of an htmx request: ?page= beyond this is a machine's, not a reader's.
LAST_PAGE = 10_000


def install(app: Flask) -> None:
    """Let whatever limits how often one acts know from where each request comes."""

    @app.before_request
    def note_address() -> None:
        limits.address.set(request.remote_addr or "")


def me() -> Any:
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
    stylesheet by then, or fetches it once. Whoever does not say so is given it in the page."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page; not so for boosted links and restored history, which want it whole, nor
    for an act, after which htmx takes the main part out of the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request and not _takes_main()


def must_leave(path: str) -> bool:
    """Whether htmx, told to see another address, has to leave the page that it asks from."""
    if not _takes_main():
        return wants_fragment()
    return unquote(urlsplit(request.headers.get("HX-Current-URL", "")).path) != unquote(urlsplit(path).path)


def _takes_main() -> bool:
    return request.headers.get("HX-Request-Type") == "full" and bool(request.htmx)  # type: ignore[attr-defined]


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
    return min(parse_whole(request.args.get("page", "")) or 1, LAST_PAGE)


def cursor() -> Cursor:
    """After which row of a list in order of time the page begins: ?avant=, as the page before named it."""
    return Cursor.read(request.args.get("avant", ""))


def typed(*fields: str) -> dict[str, str]:
    """What the form sent for these fields, '' where it sent nothing."""
    return {field: request.form.get(field, "") for field in fields}
