"""Cancelling: its author or an animator ends a vote without a result, and says why."""

from datetime import timedelta

import time_machine

from forum.groups import actions as groups
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions, queries
from forum.proposals.models import Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import put
from tests.world import group, member

WHY = {"reason": "La salle n’est plus libre."}


def test_its_author_cancels_with_the_reason_shown(alice, bob, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(by="Bob")
    actions.vote(member("Bob"), proposal, {"choice": "agree"})
    assert bob.get(f"/p/{proposal.key}/annulation").status_code == 200
    answer = bob.post(f"/p/{proposal.key}/annulation", WHY)
    assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}")
    page = guest.get(f"/p/{proposal.key}").text
    assert "Annulée le" in page
    assert "La salle n’est plus libre." in page
    told = guest.get(f"/p/{proposal.key}.json").json
    assert (told["state"], told["outcome"]["status"], told["outcome"]["chosen"]) == ("closed", "cancelled", [])
    assert "Annulée le" in guest.get("/g/insoumis-087").text
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 403


def test_an_animator_cancels_and_twice_is_once(alice):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(by="Bob")
    for _ in range(2):
        assert alice.post(f"/p/{proposal.key}/annulation", WHY).status_code == 303
    assert JournalLine.select().where(JournalLine.verb == "proposal.cancelled").count() == 1
    assert [(end.by.username, end.reason) for end in queries.closings(proposal)] == [("Alice", WHY["reason"])]


def test_others_do_not_cancel(bob, charlie, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    for visitor in (bob, charlie, guest):
        assert visitor.post(f"/p/{proposal.key}/annulation", WHY).status_code == 403
    assert Proposal.get_by_id(proposal.id).is_open()


def test_a_reason_is_asked_for_and_kept_when_too_long(alice):
    proposal = put()
    assert "Écrivez quelque chose ici." in alice.post(f"/p/{proposal.key}/annulation", {"reason": " "}).text
    answer = alice.post(f"/p/{proposal.key}/annulation", {"reason": "a" * 501})
    assert answer.status_code == 422
    assert "a" * 501 in answer.text
    assert Proposal.get_by_id(proposal.id).is_open()


def test_a_result_is_not_cancelled_nor_a_cancelled_vote_reopened_or_concluded(alice):
    ended, cancelled = put(title="Une"), put(title="Autre")
    alice.post(f"/p/{cancelled.key}/annulation", WHY)
    with time_machine.travel(ended.closes_at + timedelta(minutes=1)):
        actions.close_all_due.call_local()
        assert alice.post(f"/p/{ended.key}/annulation", WHY).status_code == 403
        for address in ("reouverture", "suite"):
            assert alice.post(f"/p/{cancelled.key}/{address}", {**WHY, "body": "Rien."}).status_code == 403
    assert queries.outcome_of(Proposal.get_by_id(cancelled.id))["status"] == "cancelled"


def test_who_voted_is_told(site):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    actions.vote(member("Bob"), proposal, {"choice": "agree"})
    actions.cancel(member("Alice"), proposal, WHY["reason"])
    delivery.run_once()
    (notice,) = Notice.select().where(Notice.sentence.startswith("Le vote est annulé"))
    assert notice.account_id == member("Bob").id


def test_its_record_is_kept_and_counts_right(site, alice):
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    actions.cancel(member("Alice"), proposal, WHY["reason"])
    assert "outcome,status,cancelled" in alice.get(f"/p/{proposal.key}.csv").text
    told = site.app.test_cli_runner().invoke(args=["recount", proposal.key])
    assert told.exit_code == 0, told.output
