"""Terms that hold: rooms hide with the result, voices by telephone, a quorum nobody moves, a share of options each."""

from datetime import timedelta

import pytest
import time_machine

from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions
from forum.proposals.models import Closing, Proposal
from tests.proposals.ballots import newcomers, put
from tests.world import member

NEW = "/g/insoumis-087/propositions/nouvelle"
CHOICE = {"method": "choice", "options": "Oui\nNon"}


def told(name: str) -> list[str]:
    while delivery.run_once():
        pass
    return [row.sentence for row in Notice.select().where(Notice.account == member(name), ~Notice.folded)]


def test_what_a_room_counted_hides_as_long_as_the_result(site, alice, guest):
    proposal = put(terms=actions.Terms(results="closed"), **CHOICE)
    fields = {"place": "Salle des fêtes", "present": "30", "count-1": "21", "count-2": "9", "held_on": "2026-11-20"}
    assert alice.post(f"/p/{proposal.key}/salle", fields).status_code == 303
    for reader in (alice, guest):
        assert reader.get(f"/p/{proposal.key}.json").json["rooms"] == []
        assert "Salle des fêtes" not in reader.get(f"/p/{proposal.key}").text
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        assert guest.get(f"/p/{proposal.key}.json").json["rooms"][0]["present"] == 30
        assert "Salle des fêtes" in guest.get(f"/p/{proposal.key}").text


def test_only_whoever_has_a_voice_records_one_and_not_where_voters_are_named(site, bob):
    newcomers(3)
    from_before = put(terms=actions.Terms(electorate="before"))
    late = newcomers(1, start=50)[0]
    visitor = site.visitor(late.username)
    answer = visitor.post(f"/p/{from_before.key}/telephone", {"username": "Galet0", "choice": "agree"})
    assert answer.status_code == 403
    named = put(terms=actions.Terms(electorate="named", named="Alice\nGalet0\nGalet1"), title="Entre trois personnes")
    answer = site.visitor("Alice").post(f"/p/{named.key}/telephone", {"username": "Galet0", "choice": "agree"})
    assert answer.status_code == 403


def test_voices_by_telephone_are_counted_apart_on_the_page_and_on_paper(site, alice, guest):
    newcomers(2)
    proposal = put()
    assert alice.post(f"/p/{proposal.key}/telephone", {"username": "Galet0", "choice": "agree"}).status_code == 303
    actions.vote(member("Galet1"), proposal, {"choice": "agree"})
    for path in ("", "/imprimer"):
        said = guest.get(f"/p/{proposal.key}{path}").text.replace("\xa0", " ")
        assert "dont 1 notée par téléphone" in said
    actions.vote(member("Galet0"), proposal, {"choice": "disagree"})
    assert "par téléphone pour" not in guest.get(f"/p/{proposal.key}").text


def test_a_quorum_fixes_who_votes_at_the_opening(alice):
    form = {"title": "Louer la salle", "method": "consent", "electorate": "members", "quorum": "50"}
    alice.post(NEW, form)
    proposal = Proposal.get()
    assert proposal.electorate == "before"
    before = proposal.eligible_count
    newcomers(10)
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        assert actions.close(Proposal.get_by_id(proposal.id)).eligible_count == before


@pytest.mark.parametrize("alike", ["Oui.", "OUI", "ｏｕｉ", "O\u200bui", "« Oui »"])
def test_an_option_that_reads_like_another_is_refused(site, alice, alike):
    proposal = put(terms=actions.Terms(growing=True), **CHOICE)
    answer = alice.post(f"/p/{proposal.key}/options", {"option": alike})
    assert answer.status_code == 422
    assert "Cette option est déjà là." in answer.text
    assert alice.post(NEW, {"title": "Deux fois", "method": "choice", "options": f"Oui\n{alike}"}).status_code == 422


def test_an_option_in_letters_of_two_scripts_is_refused(site, alice):
    proposal = put(terms=actions.Terms(growing=True), **CHOICE)
    answer = alice.post(f"/p/{proposal.key}/options", {"option": "Оui peut-être"})
    assert "mêle plusieurs alphabets" in answer.text
    assert answer.status_code == 422


def test_each_member_adds_three_options_and_those_who_voted_are_told(site, alice):
    proposal = put(terms=actions.Terms(growing=True), **CHOICE)
    voter = newcomers(1)[0]
    actions.vote(voter, proposal, {"choice": "1"})
    for number in range(3):
        assert alice.post(f"/p/{proposal.key}/options", {"option": f"Peut-être {number}"}).status_code == 303
    refused = alice.post(f"/p/{proposal.key}/options", {"option": "Une de plus"})
    assert refused.status_code == 422
    assert "Vous avez déjà ajouté 3 options" in refused.text.replace("\xa0", " ")
    assert "Une de plus" in refused.text
    assert site.visitor("Galet0").post(f"/p/{proposal.key}/options", {"option": "La mienne"}).status_code == 303
    assert any("3 options ont été ajoutées depuis votre vote" in said for said in told("Galet0"))


def test_a_date_that_is_over_is_not_added(site, alice):
    proposal = put(terms=actions.Terms(growing=True), method="dates", options="2099-12-05\n2099-12-06")
    answer = alice.post(f"/p/{proposal.key}/options", {"option": "1999-01-01"})
    assert answer.status_code == 422
    assert "Cette date est passée." in answer.text


@pytest.mark.parametrize("nothing", ["\u200b", ".", " — ", "\u2060\u3164"])
def test_a_reason_says_something(site, alice, nothing):
    proposal = put(terms=actions.Terms(reasons="required"))
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", "reason": nothing})
    assert answer.status_code == 422
    block = put(title="Une autre proposition claire")
    assert alice.post(f"/p/{block.key}/vote", {"choice": "block", "reason": nothing}).status_code == 422
    assert alice.post(f"/p/{block.key}/vote", {"choice": "block", "reason": "Le local ferme."}).status_code == 303


def test_whoever_voted_holds_the_fingerprint_of_the_minutes(site):
    proposal = put()
    voter = newcomers(1)[0]
    actions.vote(voter, proposal, {"choice": "agree"})
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        actions.close(proposal)
        sentences = told("Galet0")
    assert any(Closing.get().sha256 in sentence and "Pour vérifier" in sentence for sentence in sentences)
