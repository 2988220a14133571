"""A visitor who reads and writes over HTTP as a browser does without JavaScript, but follows no redirect."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PASSWORD = "une phrase courte"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(repr=False)
class Answer:
    """What the site answered."""

    status: int
    text: str
    location: str

    def __repr__(self) -> str:
        """The page's own words, for whoever reads why a test failed."""
        words = re.sub(r"<[^>]*>", " ", self.text.partition("<main")[2].partition("</main")[0])
        return f"<{self.status} {self.location} {' '.join(words.split())[:500]}>"

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page, '' without one."""
        return next((unescape(value) for field, value in _HIDDEN.findall(self.text) if field == name), "")


class Visitor:
    """Somebody's browser, on one connection that stays open. Raises OSError or HTTPException without an answer."""

    def __init__(self, address: str, cookies: dict[str, str] | None = None):
        self.address = address
        self.cookies = {} if cookies is None else cookies
        self.connection = HTTPConnection(urlsplit(address).netloc, timeout=15)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def json(self, path: str):
        return json.loads(self.get(path).text)

    def post(self, path: str, page: str | None = None, **fields: str) -> Answer:
        """Send a form with the token and the key that its page carries (`page`, by default the form's own address)."""
        form = self.get(page or path)
        hidden = {name: value for name in ("csrf_token", "once") if (value := form.hidden(name))}
        return self._ask("POST", path, urlencode({**hidden, **fields}))

    def sign_up(self, name: str, group: str = "") -> "Visitor":
        """Become a member of the site, and of this group."""
        answer = self.post("/inscription", username=name, password=PASSWORD, groupe=group)
        assert answer.status == 303, answer
        return self

    def found(self, name: str, handle: str, place: str = "") -> None:
        """Found a group."""
        answer = self.post("/groupes/nouveau", name=name, handle=handle, place=place)
        assert answer.status == 303, answer

    def open(self, handle: str, title: str, body: str) -> str:
        """Open a discussion in a group, and return its key."""
        answer = self.post(f"/g/{handle}/discussions/nouvelle", title=title, body=body)
        assert answer.status == 303, answer
        return key_in(answer.location)

    def propose(self, handle: str, title: str) -> str:
        """Put a proposal to the vote of a group by consent, for two days, and return its key."""
        closes_at = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="seconds")
        path = f"/g/{handle}/propositions/nouvelle"
        answer = self.post(path, title=title, method="consent", closes_at=closes_at)
        assert answer.status == 303, answer
        return key_in(answer.location)

    def say(self, discussion: str, body: str) -> Answer:
        """Answer in a discussion."""
        return self.post(f"/d/{discussion}/commentaires", f"/d/{discussion}", body=body)

    def vote(self, proposal: str, choice: str) -> Answer:
        """Vote on a proposal."""
        return self.post(f"/p/{proposal}/vote", f"/p/{proposal}", choice=choice)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, text, response.headers.get("Location", ""))


def key_in(address: str) -> str:
    """The key in /d/<key>-<slug> or /p/<key>."""
    return address.split("/")[2].partition("-")[0].partition("?")[0]
