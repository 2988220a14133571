"""The demonstration, built once and copied; Chromium on a small phone, with and without JavaScript."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screen import Screen
from tests.server.running import RunningSite, copy_files, wait_until

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def program(*names: str) -> str:
    """The path of the first of these programs found. Without any the test is skipped; under CI=true it fails."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"no {' nor '.join(names)} on this machine")
    return found


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Path:
    """A folder with the database and the index of a site that has loaded the demonstration, and is not running."""
    folder = tmp_path_factory.mktemp("demonstration")
    with RunningSite(folder, DEMO="1", WEB_WORKERS="1") as site:
        reader = site.visitor()
        wait_until(lambda: reader.json("/recherche.json?q=consentement")["results"], 60, "nothing is found")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    """Whether pages may run JavaScript: each test runs both ways."""
    return request.param


@pytest.fixture(scope="module")
def site(demonstration, javascript, tmp_path_factory) -> Iterator[RunningSite]:
    """The running demonstration: one with JavaScript, a fresh one without."""
    folder = tmp_path_factory.mktemp("site")
    copy_files(demonstration, folder)
    with RunningSite(folder) as site:
        yield site


@pytest.fixture
def phone(chromium, site, javascript) -> Iterator[Callable[[], Screen]]:
    """Unpacks another phone, each with cookies of its own; what its pages did wrong fails the test at its end."""
    screens = []

    def unpack() -> Screen:
        context = chromium.new_context(
            base_url=site.address,
            viewport={"width": 360, "height": 640},
            has_touch=True,
            locale="fr-FR",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        screens.append(Screen(context, site.address))
        return screens[-1]

    yield unpack
    wrong = [fault for screen in screens for fault in screen.faults]
    for screen in screens:
        screen.page.context.close()
    assert not wrong


@pytest.fixture
def guest(phone) -> Screen:
    """The phone of somebody without an account."""
    return phone()


@pytest.fixture
def member(phone) -> Screen:
    """The phone of somebody who has just signed up, and belongs to no group."""
    return phone().signed_up()
