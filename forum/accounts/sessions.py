"""Who is signed in: cookies, and the account that each speaks of."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, login_user, logout_user
from itsdangerous import BadSignature

from forum.accounts.models import GUEST, Account
from forum.accounts.queries import account_of_cookie
from forum.web.headers import vary


class Manager(LoginManager):
    """Flask-Login, whose sessions are bound to no address."""

    def _session_protection_failed(self) -> bool:
        # Phones change address while walking: a session bound to an address would end at every street corner. With its
        # protection switched off, Flask-Login still hashes address and browser at each request.
        return False


manager = Manager()
manager.anonymous_user = lambda: GUEST
manager.user_loader(account_of_cookie)


def install(app: Flask, https: bool) -> None:
    """Set the cookies' rules and load the account of each request that needs one."""
    app.config.update(
        REMEMBER_COOKIE_DURATION=timedelta(days=180),
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=https,
    )
    manager.init_app(app)
    app.session_interface = Sessions()


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions; the signature of a cookie, which comes with each request, is checked once in each process.

    What a cookie says of an account is asked of the database each time all the same.
    """

    def __init__(self) -> None:
        # What is refused raises, and is not remembered.
        self._known = lru_cache(maxsize=2_000)(self._read)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        try:
            told, signed_at = self._known(app, value)
        except BadSignature:
            return self.session_class()
        if datetime.now(UTC) - signed_at > app.permanent_session_lifetime:
            return self.session_class()
        # A copy: what this request writes into its session is not for the next.
        return self.session_class(deepcopy(told))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            # All that Flask does then: sessions are not prolonged (those that last are begun anew by another cookie).
            vary(response, "Cookie")

    def _read(self, app: Flask, value: str) -> tuple[dict[str, Any], datetime]:
        """What a cookie says, and when it was signed. Raises BadSignature."""
        serializer = self.get_signing_serializer(app)
        assert serializer is not None
        return serializer.loads(value, return_timestamp=True)


def begin(account: Account, remember: bool) -> None:
    """Sign this person in on this device. The session starts empty: nothing of a visitor's is carried over."""
    session.clear()
    login_user(account, remember=remember)
    # A fingerprint of address and browser, unused without session protection: 130 bytes on every request.
    session.pop("_id", None)


def end() -> None:
    """Sign out on this device."""
    logout_user()
    session.pop("csrf_token", None)
