"""Counts of many whole ballots are not made again with each vote; what is shown says how many it counts."""

import pytest

from forum.proposals import actions, queries
from forum.proposals.models import Option, Proposal
from forum.proposals.queries import tallies
from tests.proposals.ballots import newcomers, put


@pytest.fixture
def counted(monkeypatch):
    """How many times ballots were counted."""
    made = []
    count = tallies._count
    monkeypatch.setattr(tallies, "_count", lambda proposal: made.append(1) or count(proposal))
    return made


def test_votes_that_follow_one_another_are_counted_together(site, guest, counted, monkeypatch):
    monkeypatch.setattr(tallies, "CHEAP", 0)
    monkeypatch.setattr(tallies, "SHARE", 10**9)
    proposal, people = put(method="stv", options="Bellac\nLe Dorat\nGuéret"), newcomers(3)
    address = f"/p/{proposal.key}/resultat?revision="
    for number, person in enumerate(people):
        actions.vote(person, proposal, {"option-1": "1", "option-2": "2"})
        shown = guest.get(f"{address}0").text
        assert "1 fois en tête" in shown
        assert "revision=1" in shown
        assert ("1 dépouillée" in shown) == (number > 0)
    assert len(counted) == 1
    assert guest.get(f"{address}1").status_code == 204, "it is too soon for another"
    monkeypatch.setattr(tallies, "SHARE", 0)
    assert "3 fois en tête" in guest.get(f"{address}1").text
    assert guest.get(f"{address}3").status_code == 204


def test_an_option_that_comes_during_the_vote_is_shown_at_once(site, guest, monkeypatch):
    monkeypatch.setattr(tallies, "CHEAP", 0)
    monkeypatch.setattr(tallies, "SHARE", 10**9)
    proposal = put(method="ranked", options="Bellac\nLe Dorat")
    actions.vote(newcomers(1)[0], proposal, {"option-1": "1"})
    assert "Guéret" not in guest.get(f"/p/{proposal.key}").text
    Option.create(proposal=proposal, name="3", label="Guéret", position=3)
    Proposal.update(revision=Proposal.revision + 1).where(Proposal.id == proposal.id).execute()
    assert "Guéret" in guest.get(f"/p/{proposal.key}/resultat").text


def test_a_vote_that_is_over_is_never_shown_late(site, monkeypatch):
    monkeypatch.setattr(tallies, "CHEAP", 0)
    monkeypatch.setattr(tallies, "SHARE", 10**9)
    proposal = put(method="ranked", options="Bellac\nLe Dorat\nGuéret")
    for person in newcomers(2):
        actions.vote(person, proposal, {"option-2": "1"})
        queries.tally_of(Proposal.get_by_id(proposal.id), queries.options_of(proposal))
    Proposal.update(closes_at=proposal.opens_at).where(Proposal.id == proposal.id).execute()
    closed = actions.close(Proposal.get_by_id(proposal.id))
    tally = queries.tally_of(closed, queries.options_of(closed))
    assert (tally.voters, tally.counts["2"]) == (2, 2)
    exact = queries.tally_of(closed, queries.options_of(closed), exact=True)
    assert exact == tally
