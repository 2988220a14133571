"""The rules of counting have a number: fixed at the opening of a vote, sealed in its minutes, kept for its recount."""

from datetime import timedelta

import pytest
import time_machine

from forum.proposals import actions
from forum.proposals.methods.shapes import RULE
from forum.proposals.models import Proposal
from tests.proposals.ballots import newcomers, put

RUNOFF = {"method": "ranked", "options": "Bellac\nLe Dorat\nGuéret\nLimoges", "settings": {"counting": "runoff"}}


def level_in_the_last_place(**fields) -> Proposal:
    """Six for Bellac, three for Le Dorat, two each for Guéret and Limoges."""
    proposal = put(**RUNOFF, **fields)
    for number, voter in enumerate(newcomers(13)):
        first = "1" if number < 6 else "2" if number < 9 else "3" if number < 11 else "4"
        actions.vote(voter, proposal, {f"option-{first}": "1"})
    return proposal


def ended(proposal: Proposal) -> Proposal:
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        return actions.close(proposal)


@pytest.mark.parametrize(("rule", "chosen"), [(1, "tie"), (RULE, "chosen")])
def test_a_vote_is_counted_and_recounted_by_the_rules_it_opened_with(site, guest, rule, chosen):
    proposal = level_in_the_last_place()
    Proposal.update(rule=rule).where(Proposal.id == proposal.id).execute()
    ended(Proposal.get_by_id(proposal.id))
    minutes = guest.get(f"/p/{proposal.key}.csv").text
    assert f"outcome,status,{chosen}" in minutes
    assert ("setting,rule,2" in minutes) == (rule == RULE)
    recount = site.app.test_cli_runner().invoke(args=["recount", proposal.key])
    assert recount.exit_code == 0, recount.output


def test_a_vote_put_before_the_rules_changed_takes_those_of_its_opening(site):
    proposal = put(**RUNOFF)
    Proposal.update(rule=1, opened_at=None).where(Proposal.id == proposal.id).execute()
    opened = actions.open_vote(Proposal.get_by_id(proposal.id))
    assert (opened.rule, Proposal.get_by_id(proposal.id).rule) == (RULE, RULE)


def test_while_it_runs_the_page_shows_the_tie_and_decides_nothing(alice):
    proposal = level_in_the_last_place()
    page = alice.get(f"/p/{proposal.key}").text
    assert "égalité en dernière place" in page
    assert "quel que soit l’ordre" not in page
    ended(Proposal.get_by_id(proposal.id))
    page = alice.get(f"/p/{proposal.key}").text
    assert "Quel que soit l’ordre d’élimination, «\u202fBellac\u202f» l’emporte." in page.replace("\xa0", " ")


def test_what_each_answer_does_stands_above_the_ballot(alice):
    proposal = put(settings={"threshold": "consent"})
    page = alice.get(f"/p/{proposal.key}").text
    assert page.index("Un seul blocage arrête la proposition.") < page.index('value="block"')
