"""What keeps strangers from acting in a member's name."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, current_app, request, session
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf

from forum.errors import Refused

csrf = CSRFProtect()


def install(app: Flask) -> None:
    """Guard every POST."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.before_request(refuse_forged_requests)


def csrf_token() -> str:
    """The token of a form, signed once for each session: it has no time limit."""
    raw = session.get("csrf_token")
    return _signed(str(current_app.secret_key), raw) if isinstance(raw, str) else generate_csrf()


@lru_cache(maxsize=2_000)
def _signed(secret: str, raw: str) -> str:
    return generate_csrf(secret)


def refuse_forged_requests() -> None:
    """Let a write through only from this site's own pages.

    A browser says where a request comes from (Fetch Metadata, RFC 6454 Origin); a signed-in person's forms carry a
    token besides. A guest's forms carry none, so that reading sets no cookie: a guest has nothing to be abused.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if foreign or _source() not in (None, request.host):
        raise Refused("Cette demande vient d’un autre site : elle a été écartée.")
    if current_user.is_authenticated:
        csrf.protect()


def _source() -> str | None:
    """The host that the browser says this comes from, '' where it hides it ("null"), None where it says nothing.

    Older browsers say Origin or Referer alone; text browsers, neither. This site lets its own pages say Referer.
    """
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return urlsplit(said).netloc if said else None
