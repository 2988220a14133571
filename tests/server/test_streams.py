"""A vote reaches every open page, whichever process holds it: two workers on one machine, two nodes on one database."""

import socket
import time
from contextlib import ExitStack

from tests.server.running import RunningSite, wait_until

PAGES = 12
PATIENCE = 20


class Page:
    """An open page: what came through its stream."""

    def __init__(self, site: RunningSite, proposal: str):
        self.line = socket.create_connection(("127.0.0.1", site.port), PATIENCE)
        self.line.sendall(f"GET /suivi?t={proposal}.0 HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        self.line.settimeout(0.05)
        self.told = b""

    def has(self, what: bytes) -> bool:
        try:
            self.told += self.line.recv(65_536)
        except TimeoutError:
            pass
        return what in self.told


def watch_a_vote(opened: ExitStack, one: RunningSite, other: RunningSite) -> None:
    """Pages open on both sites, a vote through the first."""
    member = one.visitor().sign_up("Aubépine")
    member.found("Corrèze", "insoumis-019", "019")
    proposal = member.propose("insoumis-019", "Tenir un stand")
    pages = [Page(site, proposal) for site in (one, other) for _ in range(PAGES // 2)]
    for page in pages:
        opened.enter_context(page.line)
        wait_until(lambda page=page: page.has(b"data: ."), PATIENCE, "no stream")
    assert member.vote(proposal, "agree").status == 303
    voted = time.monotonic()
    for page in pages:
        wait_until(lambda page=page: page.has(b"<b>1</b>"), PATIENCE, "not told of the vote")
    print(f"told after {time.monotonic() - voted:.2f} s")


def test_two_workers_tell_their_pages_of_one_vote(run):
    site = run(WEB_WORKERS="2")
    with ExitStack() as opened:
        watch_a_vote(opened, site, site)


def test_two_nodes_on_one_postgresql_tell_their_pages_of_one_vote(builds, tmp_path):
    built = builds("postgresql")
    url = built.copy()
    with ExitStack() as opened:
        one, other = (
            opened.enter_context(RunningSite(folder, DATABASE_URL=url, WEB_WORKERS="1"))
            for folder in (tmp_path / "one", tmp_path / "other")
            if folder.mkdir() is None
        )
        watch_a_vote(opened, one, other)
    built.drop(url)
