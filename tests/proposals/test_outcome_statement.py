"""What follows from a vote: written by whoever answers for it, with its versions, told again on its day of review."""

from datetime import timedelta

import pytest
import time_machine

from forum.groups import actions as groups
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions
from forum.proposals.models import Statement
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import put
from tests.world import group, member

SAID = "Nous y serons **samedi**. Bob apporte la table."


@pytest.fixture
def ended(site):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(by="Bob")
    with time_machine.travel(proposal.closes_at + timedelta(hours=1), tick=False):
        actions.close_all_due.call_local()
        yield proposal


def test_it_stands_under_the_result_with_author_and_date(ended, bob, guest):
    assert bob.post(f"/p/{ended.key}/suite", {"body": SAID}).status_code == 303
    page = guest.get(f"/p/{ended.key}").text
    assert "<strong>samedi</strong>" in page
    assert "Écrit par <b>Bob</b>" in page
    assert "<strong>samedi</strong>" in guest.get(f"/p/{ended.key}/imprimer").text
    told = guest.get(f"/p/{ended.key}.json").json["statement"]
    assert (told["author"], told["review_at"]) == ("Bob", None)
    assert guest.get(f"/p/{ended.key}.json").json["outcome"]["status"] == "empty"


def test_an_animator_rewrites_it_and_both_versions_stay(ended, alice, bob, guest):
    bob.post(f"/p/{ended.key}/suite", {"body": SAID})
    for _ in range(2):
        alice.post(f"/p/{ended.key}/suite", {"body": "Plutôt dimanche."})
    page = guest.get(f"/p/{ended.key}/suite").text
    assert page.index("Plutôt dimanche.") < page.index("<strong>samedi</strong>")
    assert "remplacé depuis" in page
    assert Statement.select().count() == 2
    assert "<strong>samedi</strong>" not in guest.get(f"/p/{ended.key}").text


def test_others_do_not_write_it_nor_anybody_during_the_vote(ended, charlie, guest, alice):
    groups.join(member("Charlie"), group("insoumis-087"))
    for visitor in (charlie, guest):
        assert visitor.post(f"/p/{ended.key}/suite", {"body": SAID}).status_code == 403
        assert "<form" not in visitor.get(f"/p/{ended.key}/suite").text.split("<main")[1].split("</main")[0]
    running = put(title="Une autre")
    assert alice.post(f"/p/{running.key}/suite", {"body": SAID}).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"body": ""}, {"body": "a" * 10_001}, {"review_on": "2001-01-01"}, {"review_on": "?"}]
)
def test_a_wrong_form_comes_back_with_what_was_typed(ended, bob, wrong):
    answer = bob.post(f"/p/{ended.key}/suite", {"body": SAID, "review_on": "2999-01-01", **wrong})
    assert answer.status_code == 422
    assert wrong.get("body", SAID) in answer.text
    assert Statement.select().count() == 0


def test_its_day_of_review_is_told_once_to_who_wrote_and_who_proposed(ended, alice, bob):
    day = (ended.closes_at + timedelta(days=30)).date().isoformat()
    alice.post(f"/p/{ended.key}/suite", {"body": SAID, "review_on": day})
    assert "À revoir le" in bob.get(f"/p/{ended.key}").text
    actions.tell_all_reviews_due.call_local()
    assert JournalLine.select().where(JournalLine.verb == "outcome.review").count() == 0
    with time_machine.travel(ended.closes_at + timedelta(days=31)):
        for _ in range(2):
            actions.tell_all_reviews_due.call_local()
        delivery.run_once()
        # The date has passed: the words are mended without choosing another, and nothing is told again.
        assert bob.post(f"/p/{ended.key}/suite", {"body": "Fait.", "review_on": day}).status_code == 303
        actions.tell_all_reviews_due.call_local()
    assert JournalLine.select().where(JournalLine.verb == "outcome.review").count() == 1
    told = Notice.select().where(Notice.sentence.startswith("Le jour est venu"))
    assert {notice.account_id for notice in told} == {member("Alice").id, member("Bob").id}


def test_a_review_put_off_is_not_told_on_the_first_day(ended, bob):
    for days in (30, 60):
        day = (ended.closes_at + timedelta(days=days)).date().isoformat()
        bob.post(f"/p/{ended.key}/suite", {"body": SAID, "review_on": day})
    with time_machine.travel(ended.closes_at + timedelta(days=31)):
        actions.tell_all_reviews_due.call_local()
    assert JournalLine.select().where(JournalLine.verb == "outcome.review").count() == 0
