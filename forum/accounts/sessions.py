"""Who is signed in: cookies, and the account that each speaks of."""

from datetime import timedelta

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from forum.accounts.models import GUEST, Account
from forum.accounts.queries import account_of_cookie

manager = LoginManager()
# Phones change address while walking: a session bound to an address would end at every street corner.
manager.session_protection = None
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
