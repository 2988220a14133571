"""Two web workers are one site: what is written through one is read through the other at once."""

import pytest

from tests.server.running import RunningSite
from tests.server.visitor import Visitor

CONNECTIONS = 40


@pytest.fixture
def doors(run) -> tuple[Visitor, Visitor]:
    """One member on two connections, each held by another worker."""
    site = run(WEB_WORKERS="2")
    cookies = site.visitor().sign_up("Aubépine").cookies
    opened = [site.visitor(cookies) for _ in range(CONNECTIONS)]
    by_worker = {worker_of(site, visitor): visitor for visitor in opened}
    assert len(by_worker) == 2
    one, other = by_worker.values()
    return one, other


def worker_of(site: RunningSite, visitor: Visitor) -> int:
    """The number of the process at the other end of this connection."""
    visitor.get("/healthz")
    port = visitor.connection.sock.getsockname()[1]
    for process in site.processes():
        for connection in process.net_connections("tcp4"):
            if connection.raddr and connection.raddr.port == port:
                return process.pid
    raise AssertionError("nobody is at the other end")


def test_what_is_written_through_one_worker_is_read_through_the_other_at_once(doors):
    one, other = doors
    assert other.get("/g/insoumis-023").status == 404
    one.found("Creuse", "insoumis-023", "023")
    assert other.get("/g/insoumis-023").status == 200
    for turn in range(5):
        writer, reader = (one, other) if turn % 2 else (other, one)
        assert f"Tour {turn}." not in reader.get("/g/insoumis-023").text
        key = writer.open("insoumis-023", f"Tour {turn}.", "Bonjour à vous.")
        assert f"Tour {turn}." in reader.get("/g/insoumis-023").text
        assert reader.json(f"/d/{key}.json")["title"] == f"Tour {turn}."


def test_guests_and_members_of_the_other_worker_read_the_new_answer_at_once(doors):
    """A worker may keep pages of guests, and comments as members are shown them; never beyond a write of the other."""
    one, other = doors
    one.found("Creuse", "insoumis-023", "023")
    key = one.open("insoumis-023", "Un lieu", "Lequel ?")
    readers = ({}, other.cookies)
    for turn in range(5):
        for other.cookies in readers:
            assert f"Réponse {turn}." not in other.get(f"/d/{key}").text
        assert one.say(key, f"Réponse {turn}.").status == 303
        for other.cookies in readers:
            assert f"Réponse {turn}." in other.get(f"/d/{key}").text
