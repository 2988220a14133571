"""What parvis.js adds in a real browser: polls that rest, forms that leave once, a sentence when a request fails."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from forum.web import assets

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not BROWSER and not os.environ.get("CI"), reason="no Chromium on this machine"),
]

PAGE = """<!doctype html><html lang="fr"><title>Place</title>
<meta name="htmx-config" content='{"noSwap":[204,403,"5xx"]}'>
<div id="flash" role="alert"></div>
<div id="tally" data-hx-get="/tally" data-hx-trigger="every 100ms">0</div>
<button id="join" data-hx-post="/refused">Rejoindre</button>
<form method="post" action="/vote"><input name="method" value="consent">
<button name="choice" value="agree">Oui</button></form>
<form method="post" action="/asked" data-hx-post="/asked/part"><button id="ask">Demander</button></form>
<script src="/script.js" defer></script>"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """A page of a site that exists only in this test, and the requests that it sends as (method, path, body)."""
    context = browser.new_context()
    page, sent = context.new_page(), []

    def answer(route):
        request = route.request
        path = request.url.removeprefix("http://place.test")
        sent.append((request.method, path, request.post_data))
        if path == "/script.js":
            route.fulfill(
                body=assets._assets()[assets._names()["parvis.js"]].bodies[""], content_type="text/javascript"
            )
        elif path == "/":
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        elif path == "/refused":
            refusal = '<p id="reason">Seuls les membres votent.</p>'
            route.fulfill(status=403, body=refusal, content_type="text/html; charset=utf-8")
        else:
            # 204 leaves the page where it is, after the form as after the poll.
            route.fulfill(status=204)

    page.route("**/*", answer)
    page.goto("http://place.test/")
    yield page, sent
    context.close()


def polls(sent) -> int:
    return sum(path == "/tally" for _, path, _ in sent)


def test_a_tally_is_asked_for_while_somebody_looks_and_not_otherwise(visit):
    page, sent = visit
    within(page, lambda: polls(sent) >= 2)
    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})")
    within(page, lambda: rests(page, sent))


def within(page, done) -> None:
    """A busy machine is given ten seconds."""
    for _ in range(100):
        if done():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it has not come to be")


def rests(page, sent) -> bool:
    """Whether nothing is asked for in half a second; what had left before may still be on its way."""
    before = polls(sent)
    page.wait_for_timeout(500)
    return polls(sent) == before


def test_who_saves_data_is_asked_for_less(visit):
    page, sent = visit
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.reload()
    sent.clear()
    page.wait_for_timeout(900)
    assert polls(sent) <= 1


def test_a_refusal_is_said_at_the_top_and_the_button_stays(visit):
    page, _ = visit
    page.click("#join")
    page.wait_for_selector("#flash.bad")
    assert page.inner_text("#flash") == "Seuls les membres votent."
    assert page.inner_text("#join") == "Rejoindre"


def test_a_form_pressed_twice_leaves_once_with_the_choice_pressed(visit):
    page, sent = visit
    page.evaluate("() => { const b = document.querySelector('form button'); b.click(); b.click(); }")
    page.wait_for_timeout(300)
    assert [body for _, path, body in sent if path == "/vote"] == ["method=consent&choice=agree"]
    assert page.is_disabled("form button")


def test_where_nothing_can_be_fetched_forms_are_left_to_the_browser(visit):
    page, sent = visit
    page.add_init_script(
        "for (const name of ['fetch', 'EventSource']) Object.defineProperty(window, name, {value: undefined})"
    )
    page.reload()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sent.clear()
    page.click("#ask")
    page.wait_for_timeout(300)
    assert [path for method, path, _ in sent if method == "POST"] == ["/asked"]
    assert wrong == []
