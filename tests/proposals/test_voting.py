"""Voting: one ballot a member, changed at will until the hour of closing."""

import pytest

from forum.groups import actions as groups
from forum.proposals import actions, queries
from forum.proposals.models import Ballot, BallotChange, Mark, Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import put
from tests.world import group, member


def counts(proposal: Proposal) -> dict[str, int]:
    return {option.name: option.count for option in queries.options_of(proposal)}


def test_a_member_votes_with_a_plain_form(alice):
    proposal = put()
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": "Le marché est plein."})
    assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}#vote")
    page = alice.get(f"/p/{proposal.key}").text
    assert 'value="agree" aria-pressed="true"' in page
    assert "<p>Le marché est plein.</p>" in page
    assert counts(proposal) == {"agree": 1, "abstain": 0, "disagree": 0, "block": 0}


def test_htmx_gets_the_ballot_and_the_tally_alone(alice):
    proposal = put()
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "abstain"}, htmx=True)
    assert answer.status_code == 200
    assert answer.text.startswith('<div id="ballot">')
    assert f"/p/{proposal.key}/resultat?revision=1" in answer.text
    assert 'value="abstain" aria-pressed="true"' in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_a_member_changes_their_voice_in_one_tap(alice):
    proposal = put()
    alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": "Pour voir."})
    alice.post(f"/p/{proposal.key}/vote", {"choice": "disagree", "reason": "Tout bien pesé, non."})
    assert counts(proposal) == {"agree": 0, "abstain": 0, "disagree": 1, "block": 0}
    change = BallotChange.get()
    assert (change.marks, change.reason) == ('{"agree": 1}', "Pour voir.")
    assert Proposal.get_by_id(proposal.id).revision == 2


def test_the_same_vote_twice_is_one_vote(alice):
    proposal = put()
    for _ in range(2):
        alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"})
    present = Proposal.get_by_id(proposal.id)
    assert (present.revision, present.voters_count, Ballot.select().count()) == (1, 1, 1)
    assert BallotChange.select().count() == 0
    assert JournalLine.select().where(JournalLine.verb == "vote.cast").count() == 1


def test_somebody_else_may_not_vote(bob):
    proposal = put()
    answer = bob.post(
        f"/p/{proposal.key}/vote", {"choice": "agree", "reason": "Une raison assez longue pour être rendue."}
    )
    assert answer.status_code == 403
    assert "Il faut être membre du groupe" in answer.text
    assert "Une raison assez longue pour être rendue." in answer.text
    assert Ballot.select().count() == 0


def test_a_guest_is_led_to_join(guest):
    proposal = put()
    page = guest.get(f"/p/{proposal.key}").text
    assert "Rejoindre pour voter" in page
    assert f"/inscription?next=/p/{proposal.key}&amp;groupe=insoumis-087" in page
    assert 'name="choice"' not in page
    assert guest.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 403
    assert Ballot.select().count() == 0


def test_a_stranger_is_led_to_join_and_then_votes(bob):
    proposal = put()
    assert 'action="/g/insoumis-087/adhesion"' in bob.get(f"/p/{proposal.key}").text
    bob.post("/g/insoumis-087/adhesion")
    assert bob.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 303
    assert Proposal.get_by_id(proposal.id).eligible_count == 2


def test_who_may_not_read_a_proposal_does_not_learn_of_it(bob, guest):
    proposal = put("veilleuses")
    for visitor in (bob, guest):
        assert visitor.get(f"/p/{proposal.key}").status_code == 404
        assert visitor.get(f"/p/{proposal.key}.json").status_code == 404
        assert visitor.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 404


@pytest.mark.parametrize("fields", [{}, {"choice": "oui"}, {"choice": ""}, {"option-agree": "1"}, {"choice": "agree "}])
def test_a_wrong_choice_is_told_and_nothing_is_lost(alice, fields):
    proposal = put()
    answer = alice.post(f"/p/{proposal.key}/vote", {**fields, "reason": "Gardez ceci."})
    assert answer.status_code == 422
    assert "Choisissez une des réponses proposées." in answer.text
    assert "Gardez ceci.</textarea>" in answer.text
    assert Ballot.select().count() == 0


def test_a_block_without_a_reason_asks_for_one(alice):
    proposal = put()
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "block"}, htmx=True)
    assert answer.status_code == 422
    assert answer.text.startswith('<div id="ballot">')
    assert "Un blocage se motive" in answer.text
    assert 'name="choice" value="block">Voter : blocage</button>' in answer.text
    assert (
        alice.post(f"/p/{proposal.key}/vote", {"choice": "block", "reason": "La salle est prise."}).status_code == 303
    )
    assert counts(proposal)["block"] == 1


@pytest.mark.parametrize(
    ("reason", "status"),
    [("a" * 2_000, 303), ("a" * 2_001, 422), ("é" * 100_000, 422), ("\x07", 422), ("\r\n" * 3, 303)],
)
def test_a_reason_has_its_limits(alice, reason, status):
    proposal = put()
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": reason}).status_code == status


def test_a_reason_is_shown_safe(alice, guest):
    proposal = put()
    alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": "**oui** <script>alert(1)</script>"})
    page = guest.get(f"/p/{proposal.key}").text
    assert "<script>alert" not in page
    assert "<strong>oui</strong>" in page
    assert "<strong>Alice</strong>" in page


def test_who_votes_without_a_reason_is_not_named(alice, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    actions.vote(member("Bob"), proposal, {"choice": "agree"})
    assert "Bob" not in guest.get(f"/p/{proposal.key}").text


def test_a_ballot_stays_when_its_author_leaves(alice, bob):
    proposal = put()
    bob.post("/g/insoumis-087/adhesion")
    bob.post(f"/p/{proposal.key}/vote", {"choice": "agree"})
    bob.post("/g/insoumis-087/depart")
    alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"})
    present = Proposal.get_by_id(proposal.id)
    assert (present.voters_count, present.eligible_count) == (2, 2)
    assert bob.post(f"/p/{proposal.key}/vote", {"choice": "disagree"}).status_code == 403


def test_several_options_are_ticked(alice):
    proposal = put(method="approval", options="Bellac\nLe Dorat\nGuéret")
    alice.post(f"/p/{proposal.key}/vote", {"option-1": "1", "option-3": "1"})
    assert counts(proposal) == {"1": 1, "2": 0, "3": 1}
    alice.post(f"/p/{proposal.key}/vote", {"option-2": "1"})
    assert counts(proposal) == {"1": 0, "2": 1, "3": 0}
    assert Mark.select().count() == 1
    assert alice.post(f"/p/{proposal.key}/vote", {"reason": "Aucune."}).status_code == 422


def test_one_option_is_chosen(alice):
    proposal = put(method="choice", options="Bellac\nLe Dorat")
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "2"}).status_code == 303
    assert counts(proposal) == {"1": 0, "2": 1}
    assert 'value="2" aria-pressed="true"' in alice.get(f"/p/{proposal.key}").text
