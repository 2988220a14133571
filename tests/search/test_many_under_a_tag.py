"""Where very many things bear a tag, the index gives the first of them: its page is the same."""

from datetime import timedelta

import pytest

from forum.database.clock import at, now
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.search.actions import index_changes
from forum.search.queries import tagged
from forum.tags import actions, queries
from tests import world
from tests.tags.made import latest


@pytest.fixture
def many(site, monkeypatch):
    """Open and secret groups and their discussions under one tag, all in the index, which alone is asked for them."""
    alice = world.member("Alice")
    for number in range(3):
        groups.create(alice, groups.GroupSettings(f"Caisse {number}", tags=("retraites",)), f"caisse-{number}")
    secret = groups.create(
        alice, groups.GroupSettings("Chut", tags=("retraite",), visibility="secret", joining="invitation"), "chut"
    )
    for number in range(31):
        with at(now() - timedelta(minutes=31 - number)):
            discussions.open(alice, world.group("caisse-0"), f"Sujet {number}.", "Comment ?", ["retraites"])
    discussions.open(alice, secret, "Entre nous", "Chut.", ["retraite"])
    index()
    monkeypatch.setattr(tagged, "MANY", 0)


def test_each_reads_what_they_may_and_nothing_is_missing(many, guest, alice, bob, monkeypatch):
    monkeypatch.setattr(tagged.discussions, "titles_tagged", None)
    monkeypatch.setattr(tagged.groups, "groups_tagged", None)
    for reader in (guest, bob):
        first, second = (reader.get(f"/t/retraites?page={page}").text for page in (1, 2))
        assert [first.count("Sujet "), second.count("Sujet ")] == [30, 1]
        assert first.count("#caisse-") >= 3
        assert "Entre nous" not in first + second
        assert "#chut" not in first + second
        assert 'href="/t/retraites?page=2"' in first
        assert 'href="/t/retraites?page=3"' not in second
    page = alice.get("/t/retraites").text
    assert "Entre nous" in page
    assert "#chut" in page


def test_the_liveliest_comes_first(many, guest):
    page = guest.get("/t/retraites").text
    assert page.index("Sujet 30.") < page.index("Sujet 29.") < page.index("Sujet 1.")


def test_a_synonym_takes_effect_at_once(many, guest, site):
    discussions.open(world.member("Alice"), world.group("caisse-1"), "Partir plus tôt", "Comment ?", ["pensions"])
    index()
    assert "Partir plus tôt" not in guest.get("/t/retraites").text
    actions.propose(world.member("Alice"), queries.resolve("retraites"), "pensions")
    assert site.visitor("Modeste").post(f"/synonymes/{latest().id}/accepter").status_code == 303
    assert "Partir plus tôt" in guest.get("/t/retraites").text


def test_without_an_index_the_page_is_the_same(many, guest, monkeypatch):
    whole = guest.get("/t/retraites").text

    def unreadable(*_, **__):
        raise tagged.Unreadable

    monkeypatch.setattr(tagged.engine(), "find", unreadable)
    assert guest.get("/t/retraites").text == whole


def index():
    while index_changes():
        pass
