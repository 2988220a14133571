"""Reminding those who have not voted: the day before the end by the clock, and once by hand."""

from datetime import UTC, datetime, timedelta

import time_machine

from forum.groups import actions as groups
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions
from forum.proposals.models import Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put
from tests.world import group, member


def lines() -> int:
    return JournalLine.select().where(JournalLine.verb == "proposal.reminder").count()


def told() -> set[str]:
    delivery.run_once()
    return {n.account.username for n in Notice.select().where(Notice.sentence.startswith("Votre voix est attendue"))}


def test_the_clock_reminds_who_has_not_voted_once_on_the_last_day(site):
    people = newcomers(3)
    proposal = put()
    actions.vote(people[0], proposal, {"choice": "agree"})
    with time_machine.travel(proposal.closes_at - timedelta(days=1, minutes=1)):
        actions.remind_all_due.call_local()
        assert lines() == 0
    with time_machine.travel(proposal.closes_at - timedelta(hours=23)):
        for _ in range(2):
            actions.remind_all_due.call_local()
        assert lines() == 1
        assert told() == {"Alice", "Galet1", "Galet2"}


def test_one_missed_is_made_up_for_but_never_after_the_end(site):
    proposal, other = put(), put(title="Une autre")
    with time_machine.travel(proposal.closes_at - timedelta(minutes=1)):
        actions.remind_all_due.call_local()
        assert lines() == 2
    assert other.is_open()
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        # The line was written in time, and is read too late.
        assert told() == set()


def test_none_after_the_end_or_for_a_vote_shorter_than_a_day(site):
    late = put()
    soon = (datetime.now(UTC) + timedelta(hours=20)).isoformat()
    put(title="Ce soir", closes_at=soon)
    actions.remind_all_due.call_local()
    with time_machine.travel(late.closes_at + timedelta(seconds=1)):
        actions.remind_all_due.call_local()
    assert lines() == 0


def test_a_vote_that_ends_again_is_reminded_again(site):
    proposal = put()
    with time_machine.travel(proposal.closes_at - timedelta(hours=2)):
        actions.remind_all_due.call_local()
    until = proposal.closes_at + timedelta(days=9)
    with time_machine.travel(proposal.closes_at + timedelta(hours=1)):
        actions.reopen(member("Alice"), Proposal.get_by_id(proposal.id), until.isoformat(), "Encore.")
        actions.remind_all_due.call_local()
        assert lines() == 1
    with time_machine.travel(until - timedelta(hours=2)):
        actions.remind_all_due.call_local()
    assert lines() == 2


def test_author_and_animator_remind_once_by_hand(alice, bob):
    groups.join(member("Bob"), group("insoumis-087"))
    newcomers(1)
    proposal = put(by="Bob")
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    assert "Relancer qui" in bob.get(f"/p/{proposal.key}").text
    answer = bob.post(f"/p/{proposal.key}/rappel")
    assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}#gerer")
    for visitor in (bob, alice):
        assert visitor.post(f"/p/{proposal.key}/rappel").status_code == 303
    assert lines() == 1
    page = alice.get(f"/p/{proposal.key}").text
    assert "Relance envoyée le" in page
    assert "Relancer qui" not in page
    assert told() == {"Galet0"}


def test_others_do_not_remind_nor_anybody_after_the_end(alice, bob, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    for visitor in (bob, guest):
        assert visitor.post(f"/p/{proposal.key}/rappel").status_code == 403
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        assert alice.post(f"/p/{proposal.key}/rappel").status_code == 403
    assert lines() == 0
