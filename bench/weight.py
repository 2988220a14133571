"""What a page weighs on the line: bytes of body as the site really sends them, requests, cookies."""

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import brotli

from bench.client import Answer
from bench.figures import Figure, number, within
from bench.site import Site

PAGE, NEXT_PAGE = 10_000, 8_000
FIRST_VISIT, REQUESTS = 30_000, 4
TALLY = 400

# An address typed, or a link from elsewhere: the stylesheet is in the page, and is fetched as a file for the next.
FIRST = {"Sec-Fetch-Site": "none"}
# What a browser fetches by itself when it reads a page.
FETCHED = re.compile(r'<(?:script|img|iframe)\b[^>]*?\bsrc="([^"]+)"|<link\b([^>]*)>')
FETCHED_LINKS = ("icon", "stylesheet", "manifest", "preload", "modulepreload", "apple-touch-icon")


def measure(site: Site) -> Iterator[Figure]:
    """Each page as a guest with a phone sees it, one as a member does, then the tally that pages watch."""
    for name, path in site.pages.items():
        yield from _page(site, name, path)
    yield from _member(site)
    yield from _tally(site)


def _page(site: Site, name: str, path: str) -> Iterator[Figure]:
    answer = site.browser().get(path, **FIRST)
    plain = decoded(answer)
    sent, coding = len(answer.body), answer.headers.get("Content-Encoding", "not compressed")
    yield within(f"{name}: HTML and CSS, as sent", sent, PAGE, " B", coding)
    yield Figure(f"{name}: the same, plain / gzip 6 / brotli 5", " / ".join(number(size) for size in _sizes(plain)))
    followed = len(site.browser().get(path).body)
    yield within(f"{name}: as a next page, for whoever has the stylesheet", followed, NEXT_PAGE, " B")
    visit = [answer, *(site.browser().get(address) for address in fetched(plain.decode(), path))]
    yield within(f"{name}: first visit", sum(len(each.body) for each in visit), FIRST_VISIT, " B")
    yield within(f"{name}: requests of a first visit", len(visit), REQUESTS)
    yield within(f"{name}: cookies set", sum(len(each.headers.get_all("Set-Cookie", [])) for each in visit), 0)


def _member(site: Site) -> Iterator[Figure]:
    """The discussion as a member has it, with what they may do beside each comment."""
    browser, path = site.browser(site.members(site.group, 1)[0]), site.pages["discussion"]
    yield within("discussion, a member: as a first page", len(browser.get(path, **FIRST).body), PAGE, " B")
    yield within("discussion, a member: as a next page", len(browser.get(path).body), NEXT_PAGE, " B")


def _tally(site: Site) -> Iterator[Figure]:
    browser, address = site.browser(), watched(site)
    unchanged = browser.get(address)
    changed = browser.get(re.sub(r"revision=\d+", "revision=0", address))
    yield within("tally: an update", len(changed.body), TALLY, " B", changed.headers.get("Content-Encoding", "plain"))
    yield within("tally: unchanged", len(unchanged.body), 0, " B", f"{unchanged.status}, {unchanged.head} B of headers")


def watched(site: Site, path: str = "") -> str:
    """The address that the page of a proposal asks for its tally."""
    page = decoded(site.browser().get(path or site.pages["proposal"])).decode()
    return re.search(r'data-hx-get="(/p/[^"]+/resultat[^"]*)"', page)[1].replace("&amp;", "&")


def fetched(page: str, path: str) -> list[str]:
    """The addresses that a browser fetches with this page, each once. Raises SystemExit for one of another site."""
    found = []
    for source, link in FETCHED.findall(page):
        relation = re.search(r'\brel="([^"]+)"', link)
        if source or (relation and relation[1] in FETCHED_LINKS):
            found.append(source or re.search(r'\bhref="([^"]+)"', link)[1])
    strangers = [address for address in found if urlsplit(address).netloc]
    if strangers:
        raise SystemExit(f"bench: {path} fetches from elsewhere: {strangers[0]}")
    return [address for address in dict.fromkeys(found) if not address.startswith("data:")]


def decoded(answer: Answer) -> bytes:
    """The body without its content coding."""
    coding = answer.headers.get("Content-Encoding", "")
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding, bytes)(answer.body)


def _sizes(plain: bytes) -> tuple[int, int, int]:
    return len(plain), len(gzip.compress(plain, 6)), len(brotli.compress(plain, quality=5))
