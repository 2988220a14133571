"""A vote that waited on a phone for the line to come back: counted as meant, or refused with the reason."""

from datetime import timedelta

import pytest

from forum.database.clock import now
from forum.proposals import queries
from forum.proposals.models import Ballot, BallotChange, Proposal
from forum.proposals.rules import as_seen
from tests.proposals.ballots import put, seen_by
from tests.world import member


@pytest.fixture
def proposal(site) -> Proposal:
    return put()


def send(visitor, proposal, choice, **more):
    return visitor.post(f"/p/{proposal.key}/vote", {"choice": choice, **more}, htmx=True)


def chosen(proposal) -> dict[str, int]:
    return queries.ballot_of(member("Alice"), proposal)[1]


def test_a_first_vote_that_waited_is_counted_once_however_often_it_comes(alice, proposal):
    seen = seen_by(alice, proposal)
    for _ in range(2):
        assert send(alice, proposal, "agree", waited="1", seen=seen).status_code == 200
    assert chosen(proposal) == {"agree": 1}
    assert BallotChange.select().count() == 0


def test_a_vote_that_waited_does_not_replace_what_was_voted_since(alice, proposal):
    seen = seen_by(alice, proposal)
    send(alice, proposal, "disagree")
    late = send(alice, proposal, "agree", waited="1", seen=seen)
    assert late.status_code == 403
    assert "voté autrement depuis" in late.text
    assert chosen(proposal) == {"disagree": 1}


def test_a_vote_that_waited_replaces_the_one_its_author_was_looking_at(alice, proposal):
    send(alice, proposal, "disagree")
    seen = seen_by(alice, proposal)
    assert send(alice, proposal, "agree", waited="1", seen=seen).status_code == 200
    assert chosen(proposal) == {"agree": 1}


def test_of_two_open_pages_the_last_pressed_counts(alice, proposal):
    seen = seen_by(alice, proposal)
    send(alice, proposal, "disagree", seen=seen)
    assert send(alice, proposal, "agree", seen=seen).status_code == 200
    assert chosen(proposal) == {"agree": 1}


def test_a_vote_that_waited_since_before_pages_bore_marks_is_shown_again(alice, proposal):
    send(alice, proposal, "disagree")
    for seen in ("", as_seen(Ballot.get())):
        late = send(alice, proposal, "agree", waited="1", seen=seen)
        assert (late.status_code, "Voter de nouveau\u00a0: D’accord" in late.text) == (409, True)
    assert chosen(proposal) == {"disagree": 1}


def test_a_vote_that_arrives_after_the_close_is_told(alice, proposal):
    Proposal.update(closes_at=now() - timedelta(seconds=1)).execute()
    late = send(alice, proposal, "agree", waited="1", seen="")
    assert late.status_code == 403
    assert "terminé" in late.text
    assert Ballot.select().count() == 0
