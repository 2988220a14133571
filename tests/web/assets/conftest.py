"""The look alone: the layout and the macros in a bare application, without a database."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from forum.text import dates
from forum.web import assets

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.fixture(scope="session")
def look() -> Flask:
    app = Flask("look", template_folder=str(TEMPLATES), static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(ago=dates.ago)
    assets.install(app)
    return app


@pytest.fixture
def ui(look, monkeypatch):
    """The macros as a signed-in person's page has them."""
    monkeypatch.setitem(look.jinja_env.globals, "signed_in", lambda: True)
    monkeypatch.setitem(look.jinja_env.globals, "csrf_token", lambda: "a-token")
    return look.jinja_env.get_template("ui.html").make_module()
