"""Parvis: the application. Read first: the configuration, then the features in their order."""

import logging
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

from flask import Flask, Response, g, request
from peewee import PeeweeException
from werkzeug.middleware.proxy_fix import ProxyFix

from forum import config, limits
from forum.accounts import sessions
from forum.database import connection
from forum.database.connection import connected
from forum.live.streams import Streams
from forum.places.kept import kept
from forum.server import commands
from forum.server.processes import end_with_parent
from forum.tasks import mail, signing
from forum.web import assets, compression, error_pages, forgery, headers, pages, requests
from forum.web.cache import guest_pages, shared_pages
from forum.web.gateway import Gateway

# From the lowest to the highest: a feature imports only those before it.
FEATURES = (
    "chains",
    "places",
    "accounts",
    "offices",
    "tags",
    "groups",
    "discussions",
    "proposals",
    "initiatives",
    "draws",
    "candidacies",
    "live",
    "search",
    "notifications",
    "moderation",
    "arrival",
    "personal_data",
    "reorganisation",
    "sandbox",
    "home",
)

# Endpoints that answer whether or not the database does: a watcher's question, and files.
WITHOUT_DATABASE = ("home.alive", "home.ready", "assets.file", "assets.worker")

# One form, the longest text and its title in four-byte signs, with room to say that a text is too long.
MOST_FORM_BYTES = 2_000_000

P = ParamSpec("P")
T = TypeVar("T")


class Parvis(Flask):
    """Flask, for functions that are all plain."""

    def ensure_sync(self, func: Callable[P, T]) -> Callable[P, T]:
        # Flask looks into each function it calls, some sixteen a request, for a coroutine.
        return func


def create_app(settings: config.Config | None = None) -> Flask:
    """Build the application from these settings, by default the environment's. Raises config.WrongSetting."""
    settings = settings or config.read()
    app = configured(settings)
    connection.connect(settings.database_url)
    signing.install(settings.secret_key)
    mail.install(settings)
    guest_pages.install(app)
    # What is done to each answer after all else, in this order.
    finish(app, headers.adder(assets.style_source(), settings.https), compression.compress, guest_pages.allow_keeping)
    keep_one_connection_a_request(app)
    pages.install(app, settings.site_name, settings.base_url)
    sessions.install(app, settings.https)
    forgery.install(app)
    limits.install(settings)
    requests.install(app)
    error_pages.install(app)
    install_features(app)
    assets.install(app)
    shared_pages.install(app)
    commands.install(app)
    return app


def configured(settings: config.Config) -> Flask:
    """Flask as these settings want it, with nothing of the site yet."""
    app = Parvis(__name__, static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=MOST_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore
    return app


def finish(app: Flask, *steps: Callable[[Response], Response]) -> None:
    """Have each answer go through these steps, the first first, once all else has been done to it.

    Flask does last what is registered first. Raises RuntimeError where something would see answers after them.
    """
    if app.after_request_funcs:
        raise RuntimeError("something else is registered before the last steps, and would be done after them")
    for step in reversed(steps):
        app.after_request(step)


def install_features(app: Flask) -> None:
    """Register each feature's blueprint and command group, where it has them, in their order."""
    for feature in FEATURES:
        if find_spec(f"forum.{feature}.routes"):
            app.register_blueprint(import_module(f"forum.{feature}.routes").bp)
        if find_spec(f"forum.{feature}.commands"):
            app.cli.add_command(import_module(f"forum.{feature}.commands").commands)


def keep_one_connection_a_request(app: Flask) -> None:
    """Take a connection from the pool at the start of a request, give it back at its end."""

    @app.before_request
    def open_database() -> None:
        if request.endpoint in WITHOUT_DATABASE:
            return
        g.connection = ExitStack()
        g.connection.enter_context(connected())

    @app.teardown_request
    def close_database(_: BaseException | None) -> None:
        g.pop("connection", ExitStack()).close()


def read_places() -> None:
    """What every search reads, before the first one asks for it. Nothing depends on it: without it they read it."""
    with suppress(PeeweeException), connected():
        kept()


def __getattr__(name: str) -> Flask | Gateway:
    """`app` for WSGI servers and the flask command, `gate` for granian, which holds streams too: each is built when it
    is first asked for; importing this file builds nothing."""
    if name == "app":
        return _application()
    if name == "gate":
        # Granian's processes wait for their parent's word before they heed a politer signal.
        end_with_parent(signal.SIGKILL)
        gate = Gateway(_application(), MOST_FORM_BYTES, {"/suivi": Streams()})
        gate.pool.submit(read_places)
        return gate
    raise AttributeError(name)


@cache
def _application() -> Flask:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        return create_app()
    except config.WrongSetting as problem:
        sys.exit(f"parvis: {problem}")
