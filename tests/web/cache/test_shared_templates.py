"""What many readers are shown is made of its facts alone: a template that asks for more fails, and says for what."""

from datetime import UTC, datetime

import pytest
from jinja2 import TemplateAssertionError, UndefinedError

from forum.text import dates
from forum.web.cache.fragments import fragment
from forum.web.cache.shared_pages import show_shared
from forum.web.cache.shared_templates import rendered
from tests.world import group


@pytest.fixture
def templates(site, monkeypatch):
    """Templates by name, in the place of those of the site."""
    found: dict[str, str] = {}
    env = site.app.extensions["shared_templates"]
    monkeypatch.setattr(env, "get_template", lambda name: env.from_string(found[name]))
    with site.app.test_request_context("/d/abcdefgh"):
        yield found


@pytest.mark.parametrize(
    "name", ["csrf_token()", "request.path", "me.username", "session", "bell()", "config", "ui.csrf()"]
)
def test_it_finds_nothing_of_whoever_asks_first(templates, name):
    templates["x.html"] = "{{ " + name + " }}"
    with pytest.raises(UndefinedError, match=name.partition(".")[0].strip("()")):
        rendered("x.html", {})


@pytest.mark.parametrize("name", ["closing", "opening", "moment", "wait", "members"])
def test_it_has_no_filter_that_looks_at_the_clock_or_at_the_reader(templates, name):
    templates["x.html"] = "{{ x|" + name + " }}"
    with pytest.raises(TemplateAssertionError, match=name):
        rendered("x.html", {})


def test_it_holds_until_the_first_of_its_moments_would_be_said_otherwise(templates):
    old, new = datetime(2020, 11, 22, tzinfo=UTC), dates.present()
    templates["x.html"] = "{{ old|ago }}, {{ new|ago }}"
    html, until = rendered("x.html", {"old": old, "new": new})
    assert html.endswith("à l’instant")
    assert until == dates.ago_holds(new)


def test_a_row_is_no_fact(templates):
    with pytest.raises(TypeError, match="group is a row"):
        show_shared("x.html", (), (), group=group("insoumis-087"))


def test_a_fragment_is_made_once_of_the_same(templates):
    templates["x.html"] = "{{ name }}"
    assert fragment("x.html", 1, lambda: {"name": "Alice"}) == "Alice"
    assert fragment("x.html", 1, lambda: {"name": "Bob"}) == "Alice"
    assert fragment("x.html", 2, lambda: {"name": "Bob"}) == "Bob"
