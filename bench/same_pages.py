"""The same pages of two checkouts, once what differs by chance is folded: what else differs, and what each weighs.

`python -m bench.same_pages BEFORE AFTER` starts both sites at the same moment, each with its own code on a database of
its own that holds its own demonstration, and asks both for the same pages: as a guest, then as the member `demo`.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from bench import processes
from bench.client import Answer, Browser
from bench.site import free_port
from bench.weight import decoded

GROUP = "/g/insoumis-087"
# What is in braces is the first of its kind on the page of the group.
PAGES = {
    "home": "/",
    "directory": "/groupes?q=87",
    "group": GROUP,
    "discussion": "{d}",
    "proposal": "{p}",
    "initiative": "{i}",
    "places": "/lieux",
    "place": "/lieux/087",
    "search": "/recherche?q=jardin",
    "tag": "/t/informatique",
    "synonyms": "/synonymes",
    "agenda": "/agenda",
    "record": f"{GROUP}/journal",
    "members": f"{GROUP}/membres",
    "new discussion": f"{GROUP}/discussions/nouvelle",
    "new proposal": f"{GROUP}/propositions/nouvelle",
    "sheet of a vote": "{p}/imprimer",
    "report": "/signaler/groupe/insoumis-087",
    "my page": "/moi",
    "my notices": "/moi/notifications",
    "my settings": "/moi/reglages",
    "sign up": "/inscription",
    "sign in": "/connexion",
    "charter": "/charte",
    "data": "/donnees",
    "not found": "/g/nulle-part",
}
# White space beside these is seen, beside any other tag it is not.
INLINE = "a|b|br|button|code|em|img|input|label|mark|select|small|span|strong|svg|textarea|time"
FOLDED = (
    (re.compile(r"\s+"), " "),
    (re.compile(rf" ?(<(?!/?(?:{INLINE})\b)[^>]*>) ?"), r"\1"),
    (re.compile(r"(<button\b[^>]*>) "), r"\1"),
    (re.compile(r" </button>"), "</button>"),
    (re.compile(r"(/[dpci]/|/signaler/\w+/|\b(?:bar|c|seat)-|reponse=|name=\"once\" value=\")[a-z0-9]{8}\b"), r"\1KEY"),
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
    (re.compile(r"(/static/build/[a-z]+)[^\"]*?(\.[a-z]+\")"), r"\1\2"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)"), "MOMENT"),
    (re.compile(r"\b(il y a|dans) \d+ \w+"), r"\1 N"),
    (re.compile(r"value=\"[\w.-]{16,}\""), 'value="TOKEN"'),
    (re.compile(r"revision=\d+"), "revision=N"),
)


class Weight(NamedTuple):
    """One page in both checkouts, for one reader: bytes as sent, compressed."""

    page: str
    before: int
    after: int

    def __str__(self) -> str:
        more = 100 * (self.after - self.before) / self.before
        return f"{self.page:32}{self.before:>9,}{self.after:>9,}{more:>+8.1f} %"


class Site(NamedTuple):
    """A site that runs, and what is first in its group."""

    port: int
    firsts: dict[str, str]

    def ask(self, browser: Browser, path: str) -> Answer:
        return browser.get(path.format(**self.firsts))


@contextmanager
def running(checkout: Path) -> Iterator[int]:
    """The site of this checkout on a free port, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="parvis-pages-") as folder:
        port = free_port()
        environ = {
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "DATABASE_URL": f"sqlite:///{folder}/forum.db",
            "SEARCH_URL": f"whoosh:{folder}/index",
            "SECRET_KEY": "a secret for benchmarks only",
            "RATE_LIMITS": "0",
            "DEMO": "1",
            "WEB_WORKERS": "1",
        }
        with processes.started([sys.executable, "-m", "flask", "--app", "app", "serve"], environ, checkout):
            yield port


def ready(port: int) -> Site:
    """The site once it answers and its group is found."""
    processes.wait_for(port, "/readyz", seconds=180)
    processes.wait_for(port, GROUP, seconds=60)
    page = decoded(Browser(port).get(GROUP)).decode()
    firsts = {kind: re.search(rf'"(/{kind}/[a-z0-9]{{8}})', page) for kind in "dpi"}
    settle(port)
    return Site(port, {kind: found[1] for kind, found in firsts.items() if found})


def settle(port: int) -> None:
    """Wait until the worker has told the member of all that the demonstration holds."""
    browser, before = member(port), [""]
    while (page := folded(browser.get("/moi/notifications"))) != before:
        before = page
        time.sleep(4)


def member(port: int) -> Browser:
    """A browser signed in as the visitor of the demonstration."""
    answer = Browser(port).post("/connexion", {"username": "demo", "password": "demo"})
    cookies = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", [])]
    if answer.status != 303:
        raise SystemExit(f"bench: signing in was answered {answer.status}")
    return Browser(port, "; ".join(cookies))


def folded(answer: Answer) -> list[str]:
    """The page a tag a line, without what differs by chance."""
    page = decoded(answer).decode()
    for pattern, instead in FOLDED:
        page = pattern.sub(instead, page)
    return [f"{answer.status}", *page.replace("<", "\n<").split("\n")]


def compare(before: Site, after: Site) -> Iterator[Weight]:
    """Each page as each reader has it; what differs is printed."""
    for reader, visit in (("guest", Browser), ("member", member)):
        browsers = visit(before.port), visit(after.port)
        for page, path in PAGES.items():
            answers = before.ask(browsers[0], path), after.ask(browsers[1], path)
            show(f"{page}, {reader}", [*unified_diff(*map(folded, answers), "before", "after", n=1, lineterm="")][2:])
            if all(answer.body for answer in answers):
                yield Weight(f"{page}, {reader}", *(len(answer.body) for answer in answers))


def show(title: str, differences: list[str], most: int = 40) -> None:
    """Print what differs in a page, so many lines at most."""
    if differences:
        print(f"== {title}", *differences[:most], sep="\n")
    if len(differences) > most:
        print(f"(and {len(differences) - most} lines more)")


def main(before: str, after: str) -> None:
    """Compare two checkouts."""
    with ExitStack() as stack:
        ports = [stack.enter_context(running(Path(checkout).resolve())) for checkout in (before, after)]
        weights = list(compare(*map(ready, ports)))
    print(f"\n{'bytes as sent':32}{'before':>9}{'after':>9}", *weights, sep="\n")
    print(Weight("together", sum(one.before for one in weights), sum(one.after for one in weights)))


if __name__ == "__main__":
    main(*sys.argv[1:])
