"""The first page: the one box, and what is alive."""

import re

from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions as proposals
from forum.tags import actions as tag_actions, queries as tags
from tests.world import group, member

TEXT = "Un texte assez long pour être lu."


def furnish():
    alice = member("Alice")
    for handle in ("insoumis-087", "veilleuses"):
        home = group(handle)
        discussions.open(alice, home, f"Sujet de {handle}", TEXT)
        proposals.propose(alice, home, proposals.Draft(f"Vote de {handle}", TEXT))


def test_a_guest_finds_the_box_and_what_is_public(guest):
    furnish()
    answer = guest.get("/")
    assert 'action="/groupes"' in answer.text
    assert 'name="q"' in answer.text
    assert "Sujet de insoumis-087" in answer.text
    assert "Vote de insoumis-087" in answer.text
    assert "veilleuses" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_member_finds_their_groups_and_what_awaits_their_voice(alice, bob):
    furnish()
    page = alice.get("/").text
    for word in ("#veilleuses", "Vote de veilleuses", "Sujet de veilleuses", "#insoumis-087"):
        assert word in page
    page = bob.get("/").text
    assert "Vous n’êtes encore dans aucun groupe." in page
    assert "veilleuses" not in page


def test_the_pages_about_the_site_are_there_for_everybody(guest):
    for page in ("a-propos", "charte", "donnees", "accessibilite"):
        assert guest.get(f"/{page}").status_code == 200


def test_watchers_are_told_what_is_missing(guest, site):
    assert guest.get("/healthz").text == "ok\n"
    answer = guest.get("/readyz")
    assert answer.status_code == 503
    assert answer.text.startswith("search: ")


def test_what_is_said_under_a_followed_tag_comes_into_my_first_page(alice, bob, site):
    home = group("insoumis-023")
    discussions.open(member("Charlie"), home, "Le lavoir du bourg", TEXT, ["lavoirs"])
    assert "Le lavoir du bourg" not in bob.get("/").text
    bob.post("/t/lavoir/abonnement")
    assert "Le lavoir du bourg" in bob.get("/").text
    assert "#lavoirs" in bob.get("/moi").text
    discussions.open(member("Alice"), group("veilleuses"), "Le lavoir secret", TEXT, ["lavoir"])
    assert "Le lavoir secret" not in bob.get("/").text
    bob.post("/t/lavoir/abonnement", {"follow": "0"})
    assert "Le lavoir du bourg" not in bob.get("/").text


def test_a_synonym_brings_what_is_said_under_the_other_word(bob, site):
    discussions.open(member("Charlie"), group("insoumis-023"), "Un vieux bac", TEXT, ["fontaine"])
    discussions.open(member("Charlie"), group("insoumis-023"), "Un autre bac", TEXT, ["abreuvoir"])
    bob.post("/t/fontaine/abonnement")
    assert "Un autre bac" not in bob.get("/").text
    tag = tags.resolve("fontaine")
    synonym = tag_actions.propose(member("Modeste"), tag, "abreuvoir", "Le même bassin.")
    assert synonym.state == "accepted"
    assert "Un autre bac" in bob.get("/").text


def test_who_follows_a_tag_is_told_once_that_it_became_one_with_another(alice, bob, site):
    for word in ("fontaine", "abreuvoir"):
        discussions.open(member("Charlie"), group("insoumis-023"), f"À propos de {word}", TEXT, [word])
    bob.post("/t/abreuvoir/abonnement")
    alice.post("/t/fontaine/abonnement")
    synonym = tag_actions.propose(member("Modeste"), tags.resolve("fontaine"), "abreuvoir", "Le même bassin.")
    assert "ne font plus qu’un" in bob.get("/").text
    assert "ne font plus qu’un" not in alice.get("/").text, "her tag did not move"
    for _ in range(2):
        assert bob.post(f"/synonymes/{synonym.id}/compris").status_code == 303
    assert "ne font plus qu’un" not in bob.get("/").text
    assert "À propos de fontaine" in bob.get("/").text


def test_what_is_undone_before_it_was_heard_is_not_told(bob, site):
    for word in ("fontaine", "abreuvoir"):
        discussions.open(member("Charlie"), group("insoumis-023"), f"À propos de {word}", TEXT, [word])
    bob.post("/t/abreuvoir/abonnement")
    synonym = tag_actions.propose(member("Modeste"), tags.resolve("fontaine"), "abreuvoir", "Le même bassin.")
    tag_actions.ask_undo(member("Modeste"), synonym)
    assert "ne font plus qu’un" not in bob.get("/").text


def test_who_belongs_to_many_groups_still_reaches_the_rest_of_the_page(site, bob):
    for number in range(35):
        made = groups.create(member("Charlie"), groups.GroupSettings(f"Collectif {number}"), f"collectif-{number}")
        groups.join(member("Bob"), made)
    first, mine, more = (bob.get(path).text for path in ("/", "/moi", "/moi?page=2"))
    assert [page.count('href="/g/collectif-') for page in (first, mine, more)] == [8, 30, 5]
    assert 'href="/moi">Tous mes groupes' in first
    assert 'href="/moi?page=2"' in mine
    assert "Mon compte" in mine
    listed = set(re.findall(r'href="/g/(collectif-\d+)"', mine + more))
    assert len(listed) == 35
