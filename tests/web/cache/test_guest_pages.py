"""Pages kept for visitors: the same as made anew, never older than a write, never for whoever has a cookie."""

import sqlite3
from datetime import timedelta

import pytest

from forum.database.clock import at, now
from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.proposals import actions as proposals
from forum.web.cache import guest_pages
from tests.world import group, member

PATH = "/g/insoumis-087"


@pytest.fixture
def asked():
    """How many statements were asked so far."""
    counted: list = []

    def hook(*args, **_) -> None:
        counted.append(args)

    database.obj.query_hooks.append(hook)
    yield lambda: len(counted)
    database.obj.query_hooks.remove(hook)


def test_a_second_visit_asks_the_database_nothing_and_gets_the_same(guest, site, asked):
    first = guest.get(PATH)
    before = asked()
    second = site.visitor().get(PATH)
    assert asked() == before
    assert second.data == first.data
    assert dict(second.headers) == dict(first.headers)
    assert second.headers["Content-Security-Policy"]


def test_what_is_written_is_read_at_once(guest, alice):
    assert "Un sujet tout neuf" not in guest.get(PATH).text
    alice.post(f"{PATH}/discussions/nouvelle", {"title": "Un sujet tout neuf", "body": "Voilà."})
    assert "Un sujet tout neuf" in guest.get(PATH).text
    alice.post(f"{PATH}/reglages", {"name": "Autre nom", "description": "", "tags": ""})
    assert "Autre nom" in guest.get(PATH).text


def test_a_page_made_while_somebody_writes_is_not_kept_as_the_newer_one(guest, site, monkeypatch):
    """A write that commits after the page was read but before it is kept: the page belongs to the state before."""
    inner = site.app.wsgi_app.application

    def slow(environ, start_response):
        answer = b"".join(inner(environ, start_response))
        discussions.open(member("Alice"), group("insoumis-087"), "Entre-temps", "Écrit pendant la lecture.")
        return [answer]

    monkeypatch.setattr(site.app.wsgi_app, "application", slow)
    guest.get(PATH)
    monkeypatch.setattr(site.app.wsgi_app, "application", inner)
    assert "Entre-temps" in guest.get(PATH).text


def test_who_has_a_cookie_is_never_given_a_kept_page_nor_keeps_one(guest, alice, site):
    assert "Ouvrir une discussion" not in guest.get(PATH).text
    assert "Ouvrir une discussion" in alice.get(PATH).text
    assert "Ouvrir une discussion" not in site.visitor().get(PATH).text
    assert all("Alice" not in str(page.body) for page in site.app.wsgi_app.pages.values())


def test_a_page_with_a_vote_is_not_kept_beyond_its_closing(guest):
    start = now()
    closes = (start + timedelta(minutes=10)).isoformat()
    with at(start):
        asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("À voter", closes_at=closes))
    with at(start + timedelta(minutes=10, seconds=-5)):
        assert guest.get(f"/p/{asked.key}.json").json["state"] == "open"
    with at(start + timedelta(minutes=10, seconds=1)):
        assert guest.get(f"/p/{asked.key}.json").json["state"] == "closed"


def test_what_a_page_says_of_time_ages_little(guest, asked):
    guest.get(PATH)
    before = asked()
    with at(now() + guest_pages.LIFE + timedelta(seconds=1)):
        guest.get(PATH)
    assert asked() > before


def test_an_unchanged_page_is_not_sent_again(guest):
    first = guest.get(PATH)
    assert first.headers["Cache-Control"] == "no-cache"
    assert {"HX-Request", "Cookie"} <= set(first.headers["Vary"].split(", "))
    again = guest.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_part_and_page_and_coding_are_kept_apart(guest):
    path = "/groupes?q=insoumis"
    page = guest.get(path).data
    part = guest.get(path, htmx=True).data
    small = guest.get(path, headers={"Accept-Encoding": "br"})
    assert len(part) < len(page)
    assert small.headers["Content-Encoding"] == "br"
    assert guest.get(path).data == page
    assert guest.get(path, htmx=True).data == part


@pytest.mark.parametrize("path", ["/g/veilleuses", "/nulle-part", "/moi", "/healthz", "/static/build/none.js"])
def test_what_is_not_a_public_page_is_not_kept(guest, site, path):
    guest.get(path)
    assert not site.app.wsgi_app.pages


def test_a_database_that_does_not_answer_gives_no_kept_page(guest, site, monkeypatch):
    guest.get(PATH)

    def fail():
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(site.app.wsgi_app.state, "_ask", fail)
    called = []
    inner = site.app.wsgi_app.application
    monkeypatch.setattr(site.app.wsgi_app, "application", lambda *args: called.append(1) or inner(*args))
    assert guest.get(PATH).status_code == 200
    assert called


def test_what_a_stranger_makes_it_keep_has_a_bound_addresses_included(guest, site, monkeypatch):
    """Answers without a body, asked for with addresses that mean nothing and have no end."""
    monkeypatch.setattr(guest_pages, "MOST_BYTES", 100_000)
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("À voter"))
    revision = guest.get(f"/p/{asked.key}.json").json["revision"]
    for number in range(60):
        address = f"/p/{asked.key}/resultat?revision={revision}&x={number}{'y' * 5_000}"
        assert guest.get(address, htmx=True).status_code in (200, 204)
    kept = site.app.wsgi_app
    assert kept.bytes <= 100_000
    assert 0 < len(kept.pages) <= 100_000 // 5_000
    assert kept.bytes == sum(page.size + sum(len(part or "") for part in key) for key, page in kept.pages.items())


def test_an_address_of_no_end_is_refused(guest):
    answer = guest.get(f"/groupes?q={'y' * 9_000}")
    assert answer.status_code == 414
    assert "trop longue" in answer.text
