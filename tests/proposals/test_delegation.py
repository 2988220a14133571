"""Voices received by telephone: recorded by a member for another, who is told, and has the last word."""

from datetime import timedelta

import pytest
import time_machine

from forum.groups import actions as groups
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions
from forum.proposals.models import Ballot, BallotChange, Delegation, Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put
from tests.world import group, member

AGREED = {"username": "Galet0", "choice": "agree"}


@pytest.fixture
def called(site):
    """A vote of a group with Alice, Bob, Galet0 to Galet4."""
    groups.join(member("Bob"), group("insoumis-087"))
    newcomers(5)
    return put()


def totals(proposal: Proposal) -> dict[str, int]:
    return {option.name: option.count for option in Proposal.get_by_id(proposal.id).options}


def told() -> list[str]:
    delivery.run_once()
    return [notice.sentence for notice in Notice.select().where(Notice.account == member("Galet0").id)]


def test_a_member_records_a_voice_and_the_person_is_told(called, bob, guest):
    assert bob.get(f"/p/{called.key}/telephone").status_code == 200
    for _ in range(2):
        answer = bob.post(f"/p/{called.key}/telephone", AGREED)
        assert (answer.status_code, answer.location) == (303, f"/p/{called.key}/voix")
    assert (totals(called)["agree"], Ballot.select().count(), BallotChange.select().count()) == (1, 1, 0)
    assert any("Bob a noté votre voix" in sentence for sentence in told())
    assert JournalLine.select().where(JournalLine.verb == "vote.recorded").count() == 1
    assert "noté par Bob" in bob.get(f"/p/{called.key}/voix").text
    assert ",Bob," in bob.get(f"/p/{called.key}/voix.csv").text
    assert "Galet0" not in guest.get(f"/p/{called.key}").text
    assert "vote,recorded,1" in bob.get(f"/p/{called.key}.csv").text


def test_a_voice_is_recorded_for_whom_an_at_sign_names(called, bob):
    assert bob.post(f"/p/{called.key}/telephone", AGREED | {"username": " @galet0"}).status_code == 303
    assert Ballot.get().voter_id == member("Galet0").id


def test_the_person_votes_and_theirs_stands_whatever_comes_later(called, site, bob):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    person = site.visitor("Galet0")
    page = person.get(f"/p/{called.key}").text
    assert "Bob a noté cette voix pour vous" in page
    person.post(f"/p/{called.key}/vote", {"choice": "disagree"})
    assert totals(called) == {"agree": 0, "abstain": 0, "disagree": 1, "block": 0}
    answer = bob.post(f"/p/{called.key}/telephone", AGREED)
    assert (answer.status_code, "a déjà voté" in answer.text) == (422, True)
    assert totals(called)["disagree"] == 1
    assert "auparavant, noté par Bob" in bob.get(f"/p/{called.key}/voix").text


def test_confirming_the_same_voice_makes_it_theirs(called, site, bob):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    site.visitor("Galet0").post(f"/p/{called.key}/vote", {"choice": "agree"})
    assert Ballot.get().recorded_by_id is None
    assert bob.post(f"/p/{called.key}/telephone", AGREED | {"choice": "disagree"}).status_code == 422
    assert totals(called)["agree"] == 1


def test_the_person_takes_it_back_and_nobody_records_it_again(called, site, bob, alice):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    person = site.visitor("Galet0")
    for _ in range(2):
        assert person.post(f"/p/{called.key}/telephone/retrait").status_code == 303
    assert (totals(called)["agree"], Proposal.get_by_id(called.id).voters_count) == (0, 0)
    for visitor in (bob, alice):
        assert "a retiré la voix" in visitor.post(f"/p/{called.key}/telephone", AGREED).text
    delivery.run_once()
    assert Notice.select().where(Notice.account == member("Bob").id, Notice.sentence.contains("retiré")).exists()
    assert person.post(f"/p/{called.key}/vote", {"choice": "abstain"}).status_code == 303
    assert person.post(f"/p/{called.key}/telephone/retrait").status_code == 303
    assert totals(called)["abstain"] == 1


def test_who_recorded_it_corrects_it_and_no_other(called, bob, alice):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    assert bob.post(f"/p/{called.key}/telephone", AGREED | {"choice": "abstain"}).status_code == 303
    assert "Quelqu’un d’autre" in alice.post(f"/p/{called.key}/telephone", AGREED).text
    assert (totals(called)["abstain"], Delegation.select().count()) == (1, 1)


def test_one_records_for_three_people_at_most(called, bob):
    for number in range(3):
        assert bob.post(f"/p/{called.key}/telephone", AGREED | {"username": f"galet{number}"}).status_code == 303
    answer = bob.post(f"/p/{called.key}/telephone", AGREED | {"username": "Galet3"})
    assert (answer.status_code, Ballot.select().count()) == (403, 3)
    assert "trois personnes" in answer.text
    assert bob.post(f"/p/{called.key}/telephone", AGREED | {"choice": "abstain"}).status_code == 303


@pytest.mark.parametrize("username", ["", "Bob", "Charlie", "Jamaisvu", "a\x00b"])
def test_not_for_oneself_nor_for_who_has_no_voice(called, bob, username):
    answer = bob.post(f"/p/{called.key}/telephone", AGREED | {"username": username})
    assert answer.status_code == 422
    assert Ballot.select().count() == 0


def test_not_over_a_voice_that_was_cast(called, bob):
    actions.vote(member("Galet0"), called, {"choice": "block", "reason": "La salle est prise."})
    assert bob.post(f"/p/{called.key}/telephone", AGREED).status_code == 422
    assert totals(called)["block"] == 1


def test_neither_strangers_nor_those_who_do_not_see_members(called, bob, charlie, guest):
    for visitor in (charlie, guest):
        assert visitor.post(f"/p/{called.key}/telephone", AGREED).status_code == 403
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    assert bob.post(f"/p/{called.key}/telephone", AGREED).status_code == 403
    assert Ballot.select().count() == 0


def test_neither_before_nor_after_the_vote_nor_a_final_one(called, bob, site):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    with time_machine.travel(called.closes_at + timedelta(seconds=1)):
        assert bob.post(f"/p/{called.key}/telephone", AGREED | {"username": "Galet1"}).status_code == 403
        assert site.visitor("Galet0").post(f"/p/{called.key}/telephone/retrait").status_code == 403
    Proposal.update(final=True).execute()
    assert bob.post(f"/p/{called.key}/telephone", AGREED | {"username": "Galet1"}).status_code == 403


def test_several_marks_are_recorded_and_no_reason_is(called, bob):
    graded = put(title="Où ?", method="score", options="Bellac\nGuéret")
    form = {"username": "Galet1", "option-1": "5", "option-2": "0", "reason": "Parce que."}
    assert bob.post(f"/p/{graded.key}/telephone", form).status_code == 303
    assert Ballot.get().reason == ""
    answer = bob.post(f"/p/{called.key}/telephone", AGREED | {"choice": "block", "reason": "Non."})
    assert answer.status_code == 422
    assert bob.post(f"/p/{graded.key}/telephone", {"username": "Galet2", "option-1": "9"}).status_code == 422


def test_ones_own_voice_is_not_taken_back(called, bob):
    bob.post(f"/p/{called.key}/vote", {"choice": "agree"})
    assert bob.post(f"/p/{called.key}/telephone/retrait").status_code == 403
    assert totals(called)["agree"] == 1


def test_all_of_it_is_in_the_file_of_ones_data(called, site, alice, bob):
    bob.post(f"/p/{called.key}/telephone", AGREED)
    person = site.visitor("Galet0")
    person.post(f"/p/{called.key}/vote", {"choice": "disagree"})
    alice.post(f"/p/{called.key}/salle", {"place": "Bellac", "present": "3", "count-agree": "2"})
    with time_machine.travel(called.closes_at + timedelta(hours=1)):
        actions.close_all_due.call_local()
        actions.state_outcome(member("Alice"), called, "Nous y serons.")
    mine, theirs, hers = (visitor.get("/moi/donnees").json["votes"] for visitor in (person, bob, alice))
    assert mine["changed_ballots"][0]["marks"] == {"agree": 1}
    assert mine["recorded_voices"] == theirs["recorded_voices"]
    assert theirs["recorded_voices"][0]["voter"] == "Galet0"
    assert (hers["rooms"][0]["place"], hers["statements"][0]["body"]) == ("Bellac", "Nous y serons.")
