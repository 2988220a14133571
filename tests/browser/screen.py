"""A browser on a small phone, that notes what no page may do."""

import itertools
import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, expect

PASSWORD = "une phrase courte"
BIRDS = ("Bouvreuil", "Circaète", "Échasse", "Foulque", "Guêpier", "Harle", "Jaseur", "Milan", "Niverolle", "Outarde")
_numbers = itertools.count(1)


class Screen:
    """One visitor's browser. Every page reached by `open` and `press` is looked at; `faults` says what was wrong."""

    def __init__(self, context: BrowserContext, address: str):
        self.faults: list[str] = []
        self.page = context.new_page()
        self.name = ""
        self.host = urlsplit(address).netloc
        context.on("console", lambda message: self.note(message.type == "error", message.text))
        context.on("weberror", lambda error: self.note(True, str(error.error)))
        context.on("request", lambda request: self.note(self.is_elsewhere(request.url), f"asked {request.url}"))
        context.on("requestfailed", lambda request: self.note(request.failure != "net::ERR_ABORTED", request.url))

    def note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.faults.append(f"{self.page.url}: {what}")

    def forgive(self, what: str) -> None:
        """The fault that the test brought about on purpose: it must have happened, and does not count.

        The browser's console tells of it some moments after its answer.
        """
        for _ in range(50):
            expected = [fault for fault in self.faults if what in fault]
            if expected:
                break
            self.page.wait_for_timeout(100)
        assert expected, self.faults
        self.faults = [fault for fault in self.faults if fault not in expected]

    def is_elsewhere(self, url: str) -> bool:
        return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != self.host

    def open(self, path: str) -> "Screen":
        """Go to an address of the site."""
        answer = self.page.goto(path)
        assert answer is not None
        self.note(answer.status != 200, f"{path} answered {answer.status}")
        return self.look()

    def press(self, target: Locator | str) -> "Screen":
        """Press a button or follow a link, found by its name or given, and wait for what follows."""
        (self.act(target) if isinstance(target, str) else target).click()
        self.page.wait_for_load_state("load")
        return self.look()

    def act(self, name: str) -> Locator:
        """The first button or link of this name in the page itself, between its header and its footer."""
        main = self.page.get_by_role("main")
        button, link = (main.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        return button.or_(link).first

    def fill(self, **fields: str) -> "Screen":
        """Type into the fields of these names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)
        return self

    def look(self) -> "Screen":
        """Nothing may stand beyond the right edge."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.note(width > 360, f"{width} pixels wide")
        return self

    def says(self, text: str | re.Pattern, **options) -> None:
        expect(self.page.locator("main")).to_contain_text(text, **options)

    def signed_up(self) -> "Screen":
        """Become a member of the site, under a name of one's own."""
        self.open("/inscription").enrol()
        return self.press("Créer mon compte")

    def enrol(self) -> "Screen":
        """Fill in the form of those who have no account yet."""
        number = next(_numbers)
        self.name = f"{BIRDS[number % len(BIRDS)]}{number}"
        return self.fill(username=self.name, password=PASSWORD)
