"""What can go wrong, in the words of the member; this file alone knows how HTTP says it."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from peewee import DataError, OperationalError

from forum.web import see_other, show, wants_fragment

# Fields that hold what somebody wrote, however short.
WRITTEN = ("body", "reason", "word", "message", "description")

logger = logging.getLogger("parvis")


class NotFound(Exception):
    """Absent, or not to be read by this person: the two are one and the same answer."""


class Refused(Exception):
    """Readable but forbidden; `reason` is a French sentence for the member."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class SignInNeeded(Refused):
    """Refused to a guest only: signing in would open it."""


class Invalid(Exception):
    """What was typed cannot be used: `fields` maps a field's name to one French sentence.

    `facts` go to the page that shows the form again (a group that exists already, say).
    """

    def __init__(self, fields: dict[str, str], **facts):
        super().__init__(fields)
        self.fields = fields
        self.facts = facts


class TooMany(Exception):
    """Too often; `wait` is the number of seconds until the next try can succeed, `why` a French sentence or ''."""

    def __init__(self, wait: int, why: str = ""):
        super().__init__(wait)
        self.wait = wait
        self.why = why


class Unavailable(Exception):
    """A part of the site does not answer just now; `reason` is a French sentence."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, and if not why, as the member will read it."""

    reason: str = ""
    to_guest: bool = False

    @property
    def allowed(self) -> bool:
        return not self.reason

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Pass, or raise Refused with the reason (SignInNeeded when it is for want of an account)."""
        if not self.allowed:
            raise (SignInNeeded if self.to_guest else Refused)(self.reason)


ALLOWED = Verdict()


def refused(reason: str) -> Verdict:
    """The verdict that says no, with its reason in French."""
    return Verdict(reason)


def sign_in_first(reason: str = "Connectez-vous ou créez un compte pour faire cela.") -> Verdict:
    """The verdict for a guest whom an account would let in."""
    return Verdict(reason, to_guest=True)


def check(**problems: str | None) -> None:
    """Raise Invalid with the sentences that are not None, one a field."""
    fields = {field: sentence for field, sentence in problems.items() if sentence}
    if fields:
        raise Invalid(fields)


def install(app: Flask) -> None:
    """Give each error its HTTP answer: a page in French, or for htmx the sentence alone."""
    app.register_error_handler(NotFound, lambda _: _answer(404))
    app.register_error_handler(404, lambda _: _answer(404))
    app.register_error_handler(405, lambda _: _answer(405, reason="Cette adresse ne se lit pas ainsi."))
    app.register_error_handler(413, lambda _: _answer(413, reason="C’est trop long : raccourcissez, puis renvoyez."))
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(Refused, lambda error: _answer(403, reason=error.reason))
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Invalid, lambda error: _answer(422, reason=" ".join(error.fields.values())))
    # PostgreSQL refuses NUL in a text, which no field that is checked lets through: an address or a hidden field may.
    app.register_error_handler(DataError, lambda _: _answer(422, reason="Cette adresse ou ce texte est illisible."))
    # What SQLite says of a number beyond 64 bits; PostgreSQL's word for it is the one above.
    app.register_error_handler(OverflowError, lambda _: _answer(422, reason="Ce nombre est trop grand."))
    app.register_error_handler(400, lambda _: _answer(400, reason="Cette demande est incomplète ou mal formée."))
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(Unavailable, lambda error: _answer(503, reason=error.reason))
    app.register_error_handler(OperationalError, _database_down)
    app.register_error_handler(500, lambda _: _answer(500))


def _answer(status: int, reason: str = "", sign_in: bool = False) -> Response:
    page = f"errors/{status if status in (403, 404, 422, 429) else 500 if status >= 500 else 422}.html"
    # For htmx the sentence alone: the layout's script shows it, and what was typed stays where it is.
    template = "errors/_reason.html" if wants_fragment() else page
    response = show(template, status=status, reason=reason, kept=_typed_texts(), sign_in=sign_in)
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed_texts() -> list[str]:
    """What was written in the refused form, given back so that nothing is lost; none of a form too large to be read."""
    if (request.content_length or 0) > (request.max_content_length or 0):
        return []
    sent = request.form.items()
    return [value for name, value in sent if name in WRITTEN or (name != "csrf_token" and len(value) > 30)]


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
    response = _answer(429, reason=f"{again} {error.why}".strip())
    response.headers["Retry-After"] = str(error.wait)
    return response


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


def _database_down(error: OperationalError) -> Response:
    logger.error("database: %s", _first(error))
    return _answer(503, reason="La base de données ne répond pas : rien n’a été enregistré. Réessayez dans un instant.")
