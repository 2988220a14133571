"""Reopening: an animator lets an ended vote go on; how it had ended stays to be read."""

from datetime import timedelta

import pytest
import time_machine

from forum.groups import actions as groups
from forum.proposals import actions, queries
from forum.proposals.models import Proposal
from tests.proposals.ballots import put
from tests.world import group, member


@pytest.fixture
def ended(site):
    """A vote of Alice and Bob whose hour has passed, looked at an hour later."""
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(by="Bob")
    for name in ("Alice", "Bob"):
        actions.vote(member(name), proposal, {"choice": "agree"})
    with time_machine.travel(proposal.closes_at + timedelta(hours=1), tick=False):
        yield proposal


def form(proposal: Proposal, **more: str) -> dict[str, str]:
    until = (proposal.closes_at + timedelta(days=3)).isoformat()
    return {"closes_at": until, "reason": "Le courriel n’était pas parti.", **more}


def test_an_animator_reopens_and_people_vote_again(ended, alice, bob, guest):
    first = guest.get(f"/p/{ended.key}.json").json
    assert alice.get(f"/p/{ended.key}/reouverture").status_code == 200
    for _ in range(2):
        assert alice.post(f"/p/{ended.key}/reouverture", form(ended)).status_code == 303
    told = guest.get(f"/p/{ended.key}.json").json
    assert (told["state"], told["outcome"], told["record"]["sha256"]) == ("open", None, None)
    assert bob.post(f"/p/{ended.key}/vote", {"choice": "disagree"}).status_code == 303
    page = alice.get(f"/p/{ended.key}").text
    assert "Le courriel n’était pas parti." in page
    assert first["record"]["sha256"] in page
    assert "Adoptée" in page
    kept = guest.get(f"/p/{ended.key}.csv?cloture=1").text
    assert "vote,closing,1," in kept
    assert "\ncount,,,2,0,0,0\r" in kept


def test_it_ends_again_with_a_record_of_its_own(ended, site, alice, guest):
    alice.post(f"/p/{ended.key}/reouverture", form(ended))
    actions.vote(member("Bob"), ended, {"choice": "disagree"})
    with time_machine.travel(ended.closes_at + timedelta(days=3, seconds=1)):
        actions.close_all_due.call_local()
        assert "vote,closing,2," in guest.get(f"/p/{ended.key}.csv").text
        one, two = queries.closings(ended)
        assert one.sha256 != two.sha256
        assert (one.said[:7], two.reopened_at) == ("Adoptée", None)
        assert site.app.test_cli_runner().invoke(args=["recount", ended.key]).exit_code == 0
        assert guest.get(f"/p/{ended.key}.csv?cloture=3").status_code == 404


def test_neither_its_author_nor_others_reopen(ended, bob, charlie, guest):
    for visitor in (bob, charlie, guest):
        assert visitor.post(f"/p/{ended.key}/reouverture", form(ended)).status_code == 403
    assert not Proposal.get_by_id(ended.id).is_open()


def test_a_running_vote_is_not_reopened(alice):
    proposal = put()
    assert alice.post(f"/p/{proposal.key}/reouverture", form(proposal)).status_code == 403


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"closes_at": "2001-01-01T10:00"}, {"closes_at": "demain"}])
def test_a_wrong_form_comes_back_with_what_was_typed(ended, alice, wrong):
    answer = alice.post(f"/p/{ended.key}/reouverture", form(ended, **wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not Proposal.get_by_id(ended.id).is_open()
