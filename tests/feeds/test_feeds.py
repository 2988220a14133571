"""Feeds of what is public: well-formed, absolute, and without a word of closed or secret groups."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import time_machine

from forum.database.clock import at, now
from forum.discussions import actions as discussions
from forum.proposals import actions as proposals
from forum.text.dates import iso
from tests.initiatives import planned
from tests.world import group, member

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = "Un texte <b>assez</b> long & lisible."


def entries(visitor, path: str) -> list[str]:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = ElementTree.fromstring(answer.data)
    assert feed.find(f"{ATOM}updated").text.endswith("Z")
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link").get("href").startswith("http://127.0.0.1:8000/d/")
        assert entry.find(f"{ATOM}author/{ATOM}name").text
    return [entry.find(f"{ATOM}title").text for entry in feed.findall(f"{ATOM}entry")]


def test_a_reader_of_feeds_follows_an_open_group(guest, alice):
    discussions.open(member("Alice"), group("insoumis-087"), "Mieux < moins & plus", TEXT)
    assert entries(guest, "/g/insoumis-087.atom") == ["Mieux < moins & plus"]
    assert entries(alice, "/g/insoumis-087.atom") == ["Mieux < moins & plus"]
    assert 'type="application/atom+xml"' in guest.get("/g/insoumis-087").text


def test_a_tag_is_followed_under_all_its_spellings(guest):
    discussions.open(member("Alice"), group("insoumis-087"), "Premier", TEXT, ["lavoir"])
    discussions.open(member("Alice"), group("insoumis-087"), "Second", TEXT, ["lavoirs"])
    assert guest.get("/t/Lavoirs.atom").location == "/t/lavoir.atom"
    assert sorted(entries(guest, "/t/lavoir.atom")) == ["Premier", "Second"]


def test_what_is_not_public_is_in_no_feed_not_even_for_a_member(guest, alice):
    discussions.open(member("Alice"), group("veilleuses"), "Secret", TEXT, ["eau"])
    discussions.open(member("Alice"), group("insoumis-087"), "Public", TEXT, ["eau"])
    for visitor in (guest, alice):
        assert entries(visitor, "/t/eau.atom") == ["Public"]
        assert visitor.get("/g/veilleuses.atom").status_code == 404


def test_links_inside_an_entry_hold_away_from_the_site(guest):
    text = "Voir #lavoir, [les règles](/charte), //ailleurs.example et [un autre](//autre.example/x)."
    discussions.open(member("Alice"), group("insoumis-087"), "Des liens", text)
    feed = ElementTree.fromstring(guest.get("/g/insoumis-087.atom").data)
    links = re.findall(r'href="([^"]*)"', feed.find(f"{ATOM}entry/{ATOM}content").text)
    assert links[:2] == ["http://127.0.0.1:8000/t/lavoir", "http://127.0.0.1:8000/charte"]
    assert "//autre.example/x" in links


def test_an_edited_text_is_shown_as_changed(guest):
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Le lavoir", TEXT)
    discussions.open(member("Alice"), group("insoumis-087"), "Après", TEXT)
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        discussions.edit(member("Alice"), talk, "Le lavoir", "Un tout autre texte, plus long encore.")
        said = iso(now())
    feed = ElementTree.fromstring(guest.get("/g/insoumis-087.atom").data)
    changed = {
        entry.find(f"{ATOM}title").text: entry.find(f"{ATOM}updated").text for entry in feed.iter(f"{ATOM}entry")
    }
    assert changed["Le lavoir"] == feed.find(f"{ATOM}updated").text == said
    assert changed["Après"] < said


def test_a_discussion_has_a_feed_of_its_answers(guest, alice):
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Le pain", "Qui ? Voyez #farine et @alice.")
    discussions.comment(member("Alice"), talk, "Moi, le [samedi](/agenda).")
    feed = guest.get(f"/d/{talk.key}.atom")
    entries = ElementTree.fromstring(feed.data).findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["Réponse de Alice", "Le pain"]
    texts = [entry.find(f"{ATOM}content").text for entry in entries]
    assert 'href="http://127.0.0.1:8000/agenda"' in texts[0]
    assert 'href="http://127.0.0.1:8000/t/farine"' in texts[1]
    assert not any('="/' in text for text in texts)
    assert f'href="/d/{talk.key}.atom"' in guest.get(talk.address).text
    secret = discussions.open(member("Alice"), group("veilleuses"), "Secret", TEXT)
    assert alice.get(f"/d/{secret.key}.atom").status_code == 404


def test_a_calendar_of_a_group_has_its_meetings_and_the_ends_of_its_votes(guest, alice):
    meeting = planned("insoumis-087", title="Balade")
    vote = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Un stand"))
    told = guest.get("/g/insoumis-087.ics").text
    with at(vote.closes_at + timedelta(minutes=1)):
        gone = guest.get("/g/insoumis-087.ics").text
    assert f"UID:{meeting.key}@" in told
    assert "SUMMARY:Fin du vote\u00a0: Un stand" in told
    assert f"URL:http://127.0.0.1:8000/p/{vote.key}" in told
    assert "Fin du vote" not in gone
