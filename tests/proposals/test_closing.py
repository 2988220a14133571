"""The closing: by the clock for whoever reads, noted once, by a reader or by the worker."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.proposals import actions, queries
from forum.proposals.models import Ballot, Proposal
from forum.tasks import journal
from forum.tasks.jobs import JobTask, huey
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put
from tests.world import member

SOON = datetime.now(UTC) + timedelta(hours=1)


def short(**fields) -> Proposal:
    return put(closes_at=SOON.isoformat(), **fields)


@pytest.fixture
def later():
    """The test begins five minutes before the hour; calling this carries it five minutes beyond."""
    with time_machine.travel(SOON - timedelta(minutes=5), tick=False) as traveller:
        yield lambda: traveller.move_to(SOON + timedelta(minutes=5))


def test_nobody_votes_after_the_hour(alice, later):
    proposal = short()
    later()
    reason = "Une raison longue comme un jour sans pain."
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": reason})
    assert answer.status_code == 403
    assert "Le vote est terminé" in answer.text
    assert reason in answer.text
    assert Ballot.select().count() == 0


def test_no_reader_sees_it_open_after_the_hour(site, alice, guest, later):
    proposal = short()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    later()
    assert queries.open_for(member("Alice")) == []
    page = alice.get(f"/p/{proposal.key}").text
    assert "Adoptée\u00a0: 1 d’accord." in page
    assert 'name="choice"' not in page
    assert "/resultat" not in page
    assert "Votre voix\u00a0: d’accord." in page
    told = guest.get(f"/p/{proposal.key}.json").json
    assert told["state"] == "closed"
    assert told["outcome"]["status"] == "adopted"


def test_the_outcome_is_written_once(guest, later):
    proposal = short()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    assert actions.close(proposal).closed_at is None
    later()
    first = actions.close(proposal)
    for _ in range(2):
        guest.get(f"/p/{proposal.key}")
        assert actions.close(proposal).closed_at == first.closed_at
    assert Proposal.get_by_id(proposal.id).outcome == first.outcome
    (line,) = JournalLine.select().where(JournalLine.verb == "proposal.closed")
    assert json.loads(line.facts) == {
        "status": "adopted",
        "counts": {"agree": 1, "abstain": 0, "disagree": 0, "block": 0},
        "voters": 1,
        "eligible": 1,
    }


def test_who_comes_in_after_the_hour_does_not_weigh_on_the_quorum(site, later):
    newcomers(1)
    proposal = short(settings={"quorum": "50"})
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    later()
    newcomers(3, start=10)
    outcome = queries.outcome_of(actions.close(proposal))
    assert outcome is not None
    assert outcome["status"] == "adopted"
    assert Proposal.get_by_id(proposal.id).eligible_count == 2


def test_the_worker_has_an_appointment_at_the_hour(site, later):
    proposal = short()
    task = huey.dequeue()
    assert task.eta == proposal.closes_at.replace(tzinfo=None)
    later()
    huey.execute(task)
    assert Proposal.get_by_id(proposal.id).closed_at is not None


def test_an_appointment_rolled_back_with_its_proposal_is_forgotten(site, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(journal, "record", broken)
    with pytest.raises(RuntimeError):
        short()
    assert (Proposal.select().count(), JobTask.select().count()) == (0, 0)


def test_the_sweep_closes_what_an_appointment_missed(site, later):
    late, running = short(), put(title="Une autre", closes_at=(SOON + timedelta(days=1)).isoformat())
    later()
    actions.close_all_due.call_local()
    assert Proposal.get_by_id(late.id).closed_at is not None
    assert Proposal.get_by_id(running.id).closed_at is None


def test_a_later_hour_undoes_the_first_appointment(alice, later):
    proposal = short()
    actions.edit(
        member("Alice"), proposal, actions.Draft(title="Plus tard", closes_at=(SOON + timedelta(days=1)).isoformat())
    )
    later()
    actions.close_on_time.call_local(proposal.id)
    assert Proposal.get_by_id(proposal.id).is_open()
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 303


def test_a_vote_without_voices_says_so(guest, later):
    proposal = short()
    later()
    assert "Personne n’a voté." in guest.get(f"/p/{proposal.key}").text


def test_a_closed_proposal_is_not_rewritten(alice, later):
    proposal = short()
    later()
    answer = alice.post(f"/p/{proposal.key}/modifier", {"title": "Trop tard"})
    assert answer.status_code == 403
    assert "Le vote est terminé" in answer.text
