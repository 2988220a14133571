"""What is installed in another order than app.py's fails as the application starts."""

import pytest
from flask import Flask, Response
from jinja2 import TemplateAssertionError

import app as application
from forum.web import assets
from forum.web.cache import shared_pages


@pytest.fixture
def bare() -> Flask:
    flask = Flask("app", root_path=application.__file__.rpartition("/")[0], static_folder=None)
    # Nothing compiled by another test, which would not ask for its filters again.
    flask.jinja_options = {}
    return flask


def test_nothing_is_done_to_an_answer_after_the_last_steps(bare):
    bare.after_request(lambda response: response)
    with pytest.raises(RuntimeError, match="would be done after them"):
        application.finish(bare, lambda response: response)


def test_the_last_steps_are_taken_in_the_order_in_which_they_are_named(bare):
    taken: list[str] = []

    def step(name: str):
        return lambda response: taken.append(name) or response

    application.finish(bare, step("first"), step("second"))
    bare.after_request(step("before"))
    bare.add_url_rule("/", view_func=lambda: "oui")
    bare.test_client().get("/")
    assert taken == ["before", "first", "second"]


def test_macros_are_not_compiled_before_their_filters(bare):
    with pytest.raises(TemplateAssertionError, match="ago"):
        assets.install(bare)


def test_shared_templates_are_not_set_apart_before_their_globals(bare):
    with pytest.raises(KeyError):
        shared_pages.install(bare)


@pytest.mark.parametrize("orders", ["private", "no-store"])
def test_an_answer_is_not_kept_for_others_once_anything_forbids_it(site, guest, orders):
    """Whatever forbids it, and whenever that was registered: all of it comes before the answer may be kept."""

    def forbid(response: Response) -> Response:
        response.headers["Cache-Control"] = orders
        return response

    site.app.after_request(forbid)
    guest.get("/charte")
    assert not site.app.wsgi_app.pages


def test_a_page_is_kept_with_its_headers_and_compressed(site, guest):
    guest.get("/charte", headers={"Accept-Encoding": "br"})
    (page,) = site.app.wsgi_app.pages.values()
    names = {name for name, _ in page.headers}
    assert {"Content-Security-Policy", "Content-Encoding"} <= names
