"""Results hidden until one has voted, or until the end: no door of the site lets them out."""

import re
from datetime import timedelta

import pytest
import time_machine

from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions, rules
from forum.proposals.actions import Terms
from forum.proposals.models import Proposal
from tests.proposals.ballots import newcomers, put
from tests.world import group, member

SECRET = "La salle est trop petite"


def hidden(results: str, **fields) -> Proposal:
    """A proposal on which three have voted: two agree, one blocks and says why."""
    groups.join(member("Bob"), group("insoumis-087"))
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Où se réunir ?", "Bellac ou Le Dorat ?")
    draft = actions.Draft("Se réunir à Bellac", "Un mardi.", terms=Terms(results=results), **fields)
    proposal = actions.propose(member("Alice"), group("insoumis-087"), draft, talk)
    for number, person in enumerate(newcomers(3)):
        actions.vote(person, proposal, {"choice": "agree" if number else "block", "reason": "" if number else SECRET})
    return proposal


def doors(proposal: Proposal) -> list[str]:
    """Every address that shows a proposal."""
    key = proposal.key
    talk = proposal.discussion.key
    return [
        f"/p/{key}",
        f"/p/{key}?page=1",
        f"/p/{key}.json",
        f"/p/{key}/resultat",
        f"/p/{key}/resultat?revision=0",
        f"/p/{key}/resultat?forme=barre",
        "/g/insoumis-087",
        "/g/insoumis-087.json",
        "/g/insoumis-087.atom",
        f"/d/{talk}",
        f"/d/{talk}.json",
        "/",
        "/recherche?q=Bellac",
        "/recherche.json?q=petite",
        "/t/insoumis",
    ]


def leaks(text: str) -> list[str]:
    """What tells the result: counts beside the answers, arcs and bars as long as they, reasons and who gave them."""
    signs = [SECRET, "Galet", "d’accord sur", '<rect class="m"', "<table", *(f'<use href="#{name}' for name in "abg")]
    found = [sign for sign in signs if sign in text]
    found += re.findall(r"D’accord <b>\d+</b>|\"count\": ?\d+|\"score\": ?\d+", text)
    return found


@pytest.mark.parametrize("results", ["voted", "closed"])
def test_no_door_shows_what_is_hidden(site, alice, bob, guest, results):
    proposal = hidden(results)
    for path in doors(proposal):
        for visitor in (alice, bob, guest):
            for htmx in (False, True):
                answer = visitor.get(path, htmx=htmx)
                assert answer.status_code == 200, path
                assert leaks(answer.text) == [], path
    for door in (".csv", "/imprimer", "/voix", "/voix.csv"):
        for visitor in (alice, bob, guest):
            answer = visitor.get(f"/p/{proposal.key}{door}")
            assert answer.status_code == 403, door
            assert leaks(answer.text) == [], door
    assert leaks(alice.get(f"/p/{proposal.key}/ma-voix").text) == []
    assert "3 voix sur 5 membres" in guest.get(f"/p/{proposal.key}").text
    assert guest.get(f"/p/{proposal.key}.json").json["voters_count"] == 3


def test_who_has_voted_sees_and_nobody_else(site, alice, bob, guest):
    proposal = hidden("voted")
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"}, htmx=True)
    assert "D’accord <b>3</b>" in answer.text
    page = alice.get(f"/p/{proposal.key}").text
    assert SECRET in page
    for door in (".csv", "/imprimer", "/voix", "/voix.csv"):
        assert alice.get(f"/p/{proposal.key}{door}").status_code == 200
    # What the answer draws with stands in the page since before.
    assert 'id="a" fill' in bob.get(f"/p/{proposal.key}").text
    assert "3 d’accord sur 4 voix" in alice.get("/g/insoumis-087").text
    assert alice.get(f"/p/{proposal.key}.json").json["options"][0]["count"] == 3
    for visitor in (bob, guest):
        for path in doors(proposal):
            assert leaks(visitor.get(path).text) == [], path


def test_who_has_voted_sees_nothing_more_until_the_end(site, alice, guest):
    proposal = hidden("closed")
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"}, htmx=True)
    assert leaks(answer.text) == []
    assert "à la fin du vote" in answer.text
    for path in doors(proposal):
        assert leaks(alice.get(path).text) == [], path
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        for visitor in (alice, guest):
            page = visitor.get(f"/p/{proposal.key}").text
            assert "D’accord <b>3</b>" in page
            assert SECRET in page
            assert visitor.get(f"/p/{proposal.key}.json").json["options"][0]["count"] == 3


def test_a_refused_ballot_does_not_show_them(site, alice):
    proposal = hidden("voted")
    for fields in ({}, {"choice": "block"}, {"choice": "oui"}):
        for htmx in (False, True):
            answer = alice.post(f"/p/{proposal.key}/vote", fields, htmx=htmx)
            assert answer.status_code == 422
            assert leaks(answer.text) == []


def test_rows_and_workings_are_hidden_too(site, guest):
    for method in ("majority_judgment", "ranked", "score", "approval"):
        proposal = put(title=method, method=method, options="Bellac\nLe Dorat", terms=Terms(results="closed"))
        ballot = {"option-1": "1"}
        actions.vote(member("Alice"), proposal, ballot)
        page, part = guest.get(f"/p/{proposal.key}").text, guest.get(f"/p/{proposal.key}/resultat").text
        for text in (page, part):
            assert not re.search(r'<use href="#[bg]', text)
            assert "<table" not in text
            assert "1 voix sur" in text


def test_the_live_revision_says_that_something_moved_and_no_more(site, guest):
    """Two histories that differ by what was voted, and by nothing else, read alike."""
    people, told = newcomers(2), []
    for choices in (("agree", "agree"), ("block", "disagree")):
        proposal = put(title=f"Pareil {choices}", terms=Terms(results="closed"))
        for person, choice in zip(people, choices, strict=True):
            actions.vote(person, proposal, {"choice": choice, "reason": "Parce que."})
        doors = ("/resultat", "/resultat?forme=barre", ".json")
        texts = [guest.get(f"/p/{proposal.key}{door}").text.replace(proposal.key, "") for door in doors]
        told.append([re.sub(r'"(title|opens_at)":"[^"]*"', "", text) for text in texts])
    assert told[0] == told[1]


def test_the_rule_is_one(site):
    proposal = hidden("voted")
    alice, galet = member("Alice"), member("Galet1")
    assert not rules.see_results(alice, proposal)
    assert rules.see_results(galet, proposal)
    assert rules.see_results(alice, proposal, voted=True)
    shut = put(title="Fermé", terms=Terms(results="closed"))
    assert not rules.see_results(alice, shut, voted=True)
    assert rules.see_results(alice, put(title="Ouvert"))
    with time_machine.travel(shut.closes_at):
        assert rules.see_results(alice, shut)
