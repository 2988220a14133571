"""Following, proposing, confirming, objecting, undoing: plain forms, that work without JavaScript."""

import pytest

from forum.groups import actions as groups
from forum.tags import actions, queries
from forum.tags.models import Subscription, Tag, Voice
from tests import world
from tests.tags.made import latest


@pytest.fixture
def words(site):
    """Two tags that an open group bears: a word that nothing public bears is nobody's to follow."""
    names = ("numérique", "informatique")
    groups.create(world.member("Alice"), groups.GroupSettings("Outils", tags=tuple(names)), "outils")
    return {name: queries.resolve(name) for name in names}


@pytest.fixture
def synonym(words):
    return actions.propose(world.member("Alice"), words["informatique"], "numérique")


def test_a_member_follows_twice_and_once_no_more(bob, words):
    for _ in range(2):
        answer = bob.post("/t/Informatiques/abonnement", {"follow": "1"})
        assert (answer.status_code, answer.location) == (303, "/t/informatique")
    assert Subscription.select().count() == 1
    page = bob.get("/t/informatique").text
    assert "Ne plus suivre" in page
    assert "1 personne suit ce mot" in page
    bob.post("/t/informatique/abonnement", {"follow": "0"})
    assert Subscription.select().count() == 0


def test_who_follows_a_synonym_follows_its_tag_and_can_leave(bob, words):
    actions.follow(bob.account, words["numérique"])
    actions.propose(world.member("Modeste"), words["informatique"], "numérique")
    assert "Ne plus suivre" in bob.get("/t/informatique").text
    bob.post("/t/informatique/abonnement", {"follow": "0"})
    assert queries.followers_count(Tag.get_by_id(words["informatique"].id)) == 0


def test_a_guest_is_led_to_sign_in(guest, words):
    answer = guest.post("/t/informatique/abonnement", {"follow": "1"})
    assert (answer.status_code, answer.location) == (303, "/connexion?next=/t/informatique")
    assert guest.post("/t/informatique/synonymes", {"name": "ordis"}).status_code == 403
    assert guest.post("/t/inconnu/abonnement").status_code == 404
    assert Subscription.select().count() == 0


def test_a_member_proposes_a_synonym(alice, words):
    answer = alice.post("/t/informatique/synonymes", {"name": "numériques", "reason": "C’est pareil."})
    assert (answer.status_code, answer.location) == (303, "/t/informatique#synonymes")
    row = latest()
    assert (row.name, row.reason, row.state) == ("numériques", "C’est pareil.", "proposed")
    assert "numériques = informatique" in alice.get("/t/informatique").text


def test_a_wrong_synonym_comes_back_with_what_was_typed(alice, words):
    answer = alice.post("/t/informatique/synonymes", {"name": "<i>", "reason": "Parce que."})
    assert answer.status_code == 422
    assert 'value="&lt;i&gt;"' in answer.text
    assert "Parce que." in answer.text
    assert "ne peut pas être un mot-clé" in answer.text


def test_a_stranger_confirms_and_the_proposer_is_told_why_not(alice, bob, synonym):
    page = bob.get(f"/synonymes/{synonym.id}").text
    assert "Oui, c’est le même" in page
    answer = bob.post(f"/synonymes/{synonym.id}/confirmer")
    assert (answer.status_code, answer.location) == (303, f"/synonymes/{synonym.id}")
    assert [(voice.member.username, voice.stance) for voice in Voice.select()] == [("Bob", "confirm")]
    assert "c’est à d’autres" in alice.get(f"/synonymes/{synonym.id}").text
    assert alice.post(f"/synonymes/{synonym.id}/confirmer").status_code == 403


def test_an_objection_needs_its_reason(bob, synonym):
    assert bob.post(f"/synonymes/{synonym.id}/objecter", {"reason": ""}).status_code == 422
    assert bob.post(f"/synonymes/{synonym.id}/objecter", {"reason": "Deux métiers."}).status_code == 303
    assert "Deux métiers." in bob.get(f"/synonymes/{synonym.id}").text


def test_only_gardeners_decide_at_once(site, bob, synonym):
    assert bob.post(f"/synonymes/{synonym.id}/accepter").status_code == 403
    gardener = site.visitor("Modeste")
    assert gardener.post(f"/synonymes/{synonym.id}/accepter").status_code == 303
    assert queries.resolve("numérique").label == "informatique"
    assert gardener.post(f"/synonymes/{synonym.id}/defaire").status_code == 303
    assert queries.resolve("numérique").label == "numérique"


@pytest.mark.parametrize("act", ["confirmer", "objecter", "defaire", "accepter", "refuser"])
def test_a_guest_says_nothing_and_a_forged_form_neither(guest, bob, synonym, act):
    assert guest.post(f"/synonymes/{synonym.id}/{act}", {"reason": "x"}).status_code in (403, 422)
    assert bob.post(f"/synonymes/{synonym.id}/{act}", {"reason": "x"}, token=False).status_code == 403
    assert Voice.select().count() == 0
    assert latest().state == "proposed"
