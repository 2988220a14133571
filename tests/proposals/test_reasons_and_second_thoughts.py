"""What a ballot is asked besides its marks: reasons, and to be sure where it is final."""

import pytest

from forum.proposals import actions
from forum.proposals.actions import Terms
from forum.proposals.models import Ballot, BallotChange, Proposal
from tests.proposals.ballots import put
from tests.world import member


def vote(visitor, proposal: Proposal, htmx: bool = False, **fields: str):
    return visitor.post(f"/p/{proposal.key}/vote", fields, htmx=htmx)


def test_a_final_vote_is_asked_once_more_and_then_stands(alice):
    proposal = put(terms=Terms(final=True))
    page = alice.get(f"/p/{proposal.key}").text
    assert "Ce vote est définitif" in page
    assert "vote définitif" in page
    for htmx in (False, True):
        answer = vote(alice, proposal, htmx, choice="block", reason="Trop cher,\nà mon avis.")
        assert answer.status_code == 422
        assert '<li>Blocage<input type="hidden" name="choice" value="block">' in answer.text
        assert 'name="reason" value="Trop cher,\nà mon avis."' in answer.text
        assert 'name="sure" value="1">Confirmer mon vote' in answer.text
    assert Ballot.select().count() == 0
    sure = {"choice": "block", "reason": "Trop cher,\nà mon avis.", "sure": "1"}
    assert vote(alice, proposal, **sure).status_code == 303
    page = alice.get(f"/p/{proposal.key}").text
    assert "Votre voix\u00a0: blocage. Votre vote est compté et définitif" in page
    assert 'class="vote"' not in page
    assert vote(alice, proposal, **sure).status_code == 303
    answer = vote(alice, proposal, choice="agree", sure="1")
    assert answer.status_code == 403
    assert "définitif" in answer.text
    assert (Ballot.select().count(), BallotChange.select().count()) == (1, 0)


def test_a_final_vote_on_several_options_is_shown_before_it_is_confirmed(alice):
    proposal = put(method="score", options="Bellac\nLe Dorat", terms=Terms(final=True))
    answer = vote(alice, proposal, **{"option-1": "4"})
    assert answer.status_code == 422
    assert '<li>Bellac\u00a0: 4<input type="hidden" name="option-1" value="4">' in answer.text
    assert vote(alice, proposal, **{"option-1": "4", "sure": "1"}).status_code == 303


def test_a_wrong_final_vote_is_told_before_it_is_confirmed(alice):
    proposal = put(terms=Terms(final=True))
    answer = vote(alice, proposal, choice="block")
    assert "Un blocage se motive" in answer.text
    assert "Confirmer mon vote" not in answer.text


@pytest.mark.parametrize(
    ("asked", "choice", "reason", "status"),
    [
        ("off", "agree", "", 303),
        ("off", "block", "", 422),
        ("off", "block", "Parce que.", 303),
        ("required", "agree", "", 422),
        ("required", "abstain", "  ", 422),
        ("required", "agree", "Parce que.", 303),
        ("against", "agree", "", 303),
        ("against", "disagree", "", 422),
        ("against", "block", "", 422),
        ("against", "disagree", "Parce que.", 303),
        ("optional", "disagree", "", 303),
        ("optional", "block", "", 422),
    ],
)
def test_reasons_are_asked_as_the_proposal_says(alice, asked, choice, reason, status):
    proposal = put(terms=Terms(reasons=asked))
    answer = vote(alice, proposal, choice=choice, reason=reason)
    assert answer.status_code == status
    if status == 422:
        assert 'id="f-reason-error"' in answer.text
        assert f'name="choice" value="{choice}">Voter' in answer.text


def test_where_no_reasons_are_given_none_is_kept(alice):
    proposal = put(terms=Terms(reasons="off"))
    vote(alice, proposal, choice="agree", reason="Une confidence.")
    assert Ballot.get().reason == ""
    assert "Une confidence." not in alice.get(f"/p/{proposal.key}").text
    silent = put(title="Ailleurs", method="choice", options="Bellac\nLe Dorat", terms=Terms(reasons="off"))
    assert 'name="reason"' not in alice.get(f"/p/{silent.key}").text
    assert vote(alice, silent, choice="1", reason="Une autre.").status_code == 303


def test_reasons_are_required_of_every_way_of_voting(alice):
    proposal = put(method="approval", options="Bellac\nLe Dorat", terms=Terms(reasons="required"))
    assert vote(alice, proposal, **{"option-1": "1"}).status_code == 422
    assert vote(alice, proposal, **{"option-1": "1", "reason": "C’est plus près."}).status_code == 303


def test_the_page_says_what_is_asked(guest):
    for terms, said in (
        (Terms(), "Votent les membres du groupe, on peut changer d’avis."),
        (Terms(reasons="required", results="closed"), "résultats cachés jusqu’à la fin, chaque vote dit ses raisons."),
        (Terms(reasons="against"), "un désaccord ou un blocage dit ses raisons."),
        (Terms(final=True, results="voted"), "vote définitif, résultats visibles une fois qu’on a voté."),
    ):
        assert said in guest.get(f"/p/{put(title=said, terms=terms).key}").text


def test_a_change_of_mind_keeps_what_was_said_before(site):
    proposal, alice = put(terms=Terms(reasons="required")), member("Alice")
    actions.vote(alice, proposal, {"choice": "agree", "reason": "D’abord."})
    actions.vote(alice, proposal, {"choice": "disagree", "reason": "Ensuite."})
    assert BallotChange.get().reason == "D’abord."
