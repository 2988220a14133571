"""What can go wrong, as HTTP says it: a page in French, or for htmx the sentence alone.

These pages ask nothing of database, index or mail: one of them may be what failed.
"""

import logging
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, request, session
from flask_login import COOKIE_NAME
from flask_wtf.csrf import CSRFError
from peewee import DataError, InterfaceError, OperationalError, PeeweeException
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from forum.database.connection import is_postgresql
from forum.errors import Invalid, Moved, NotFound, Refused, SignInNeeded, TooMany, Unavailable
from forum.web.pages import see_other, show
from forum.web.requests import wants_fragment

# Fields that hold what somebody wrote, however short.
WRITTEN = ("title", "name", "options", "body", "reason", "word", "message", "description")
# Fields that are never shown again, however long: what opens something.
SECRET = ("password", "current", "csrf_token", "jeton", "invitation", "code", "once", "seen", "draft")

logger = logging.getLogger("parvis")


def install(app: Flask) -> None:
    """Give each error its HTTP answer: a page in French, or for htmx the sentence alone."""
    app.register_error_handler(NotFound, lambda _: _answer(404))
    app.register_error_handler(404, lambda _: _answer(404))
    app.register_error_handler(405, _not_read_so)
    app.register_error_handler(413, lambda _: _answer(413, reason="C’est trop long : raccourcissez, puis renvoyez."))
    app.register_error_handler(414, lambda _: _answer(414, reason="Cette adresse est trop longue."))
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(Refused, lambda error: _answer(403, reason=error.reason))
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Moved, lambda error: _answer(409, reason=error.fields["moved"]))
    app.register_error_handler(Invalid, lambda error: _answer(422, reason=" ".join(error.fields.values())))
    # PostgreSQL refuses NUL in a text, which no field that is checked lets through: an address or a hidden field may.
    app.register_error_handler(DataError, lambda _: _answer(422, reason="Cette adresse ou ce texte est illisible."))
    # What SQLite says of a number beyond 64 bits; PostgreSQL's word for it is the one above.
    app.register_error_handler(OverflowError, lambda _: _answer(422, reason="Ce nombre est trop grand."))
    app.register_error_handler(400, lambda _: _answer(400, reason="Cette demande est incomplète ou mal formée."))
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(Unavailable, lambda error: _answer(503, reason=error.reason))
    app.register_error_handler(OperationalError, _database_down)
    # What psycopg says of a connection that was closed under it.
    app.register_error_handler(InterfaceError, _database_down)
    app.register_error_handler(500, lambda _: _answer(500))


def _answer(status: int, reason: str = "", sign_in: bool = False, **more: Any) -> Response:
    page = f"errors/{status if status in (403, 404, 422, 429) else 500 if status >= 500 else 422}.html"
    # For htmx the sentence alone: the layout's script shows it, and what was typed stays where it is.
    template = "errors/_reason.html" if wants_fragment() else page
    # Whoever has not been read yet stays unread.
    g.setdefault("_login_user", current_app.login_manager.anonymous_user())  # type: ignore[attr-defined]
    facts: dict[str, Any] = {
        "reason": reason,
        "kept": _typed_texts(),
        "sign_in": sign_in,
        "signed_in": _says_signed_in(),
        **more,
    }
    response = show(template, status=status, **facts)
    response.headers["Cache-Control"] = "no-store"
    return response


def _says_signed_in() -> bool:
    """Whether the browser bears what whoever signed in is given; whether it still opens anything is not asked."""
    return "_user_id" in session or COOKIE_NAME in request.cookies


def _typed_texts() -> list[str]:
    """What was written in the refused form, given back so that nothing is lost; none of a form too large to be read."""
    if (request.content_length or 0) > (request.max_content_length or 0):
        return []
    try:
        sent = request.form.items()
    except RequestEntityTooLarge:
        return []
    told = [(name, value) for name, value in sent if name not in SECRET and value.strip()]
    return [value for name, value in told if name in WRITTEN or len(value) > 30]


def _not_read_so(_: MethodNotAllowed) -> Response:
    """The address of an act that somebody reads, say from a tab that the phone brings back, leads to its page."""
    path = request.path
    while request.method in ("GET", "HEAD") and path.strip("/"):
        path = path.rpartition("/")[0] or "/"
        with suppress(HTTPException):
            current_app.url_map.bind_to_environ(request.environ).match(path, method="GET")
            return see_other(quote(path))
    return _answer(405, reason="Cette adresse ne se lit pas ainsi.")


def _sign_in_needed(error: SignInNeeded) -> Response:
    if request.method == "GET":
        return see_other(f"/connexion?next={quote(request.full_path.rstrip('?'))}")
    return _answer(403, reason=error.reason, sign_in=True)


def _stale_form(_: CSRFError) -> Response:
    return _answer(
        403,
        reason="Ce formulaire vient d’une autre session. Revenez en arrière, rechargez la page, puis renvoyez.",
    )


def _too_many(error: TooMany) -> Response:
    again = f"C’est beaucoup en peu de temps. Réessayez dans {_duration(error.wait)}."
    response = _answer(429, reason=f"{again} {error.why}".strip(), sent=_sent())
    response.headers["Retry-After"] = str(error.wait)
    return response


def _sent() -> list[tuple[str, str]]:
    """The form as it was sent, to be sent again, without what opens something; its key stays: it is done once."""
    opens = set(SECRET) - {"once", "seen", "draft"}
    return [(name, value) for name, value in request.form.items(multi=True) if name not in opens]


def _duration(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} secondes"
    if seconds < 5400:
        return f"{-(-seconds // 60)} minutes"
    return f"{-(-seconds // 3600)} heures"


def _first(error: BaseException) -> BaseException:
    """What went wrong to begin with: a full disk, say, and not the rollback that failed after it."""
    while error.__context__:
        error = error.__context__
    return error


def _database_down(error: PeeweeException) -> Response:
    logger.error("database: %s", _first(error))
    return _answer(503, reason=f"La base de données ne répond pas : {_what_became_of_it()}")


def _what_became_of_it() -> str:
    """A line to PostgreSQL may be lost between the commit and the answer: of an act nobody knows, but its key makes it
    once. What SQLite does not do it has not done."""
    if request.method in ("GET", "HEAD"):
        return "réessayez dans un instant."
    if not is_postgresql():
        return "rien n’a été enregistré. Réessayez dans un instant."
    if request.form.get("once"):
        return "nous ne savons pas si c’est enregistré. Renvoyez dans un instant ; cela ne comptera qu’une fois."
    return "nous ne savons pas si c’est enregistré. Vérifiez dans un instant avant de renvoyer."
