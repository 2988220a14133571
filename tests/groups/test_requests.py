"""Asking to enter a group, and being answered by its animators."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from forum.groups import actions
from forum.groups.models import Group, Membership, Request
from forum.notifications import delivery
from forum.notifications.models import Notice
from tests.world import PASSWORD, group, member

DOOR = "/g/insoumis-087/adhesion"
ANSWERS = "/g/insoumis-087/demandes"


@pytest.fixture
def site(site):
    """On demand, with two animators: Alice and Modeste."""
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    Membership.create(group=group("insoumis-087"), member=member("Modeste"), role="animator")
    return site


def asked(visitor, word: str = "") -> Request:
    assert visitor.post(DOOR, {"word": word} if word else {}).status_code == 303
    return Request.get(Request.member == visitor.account.id)


def belongs(name: str) -> bool:
    rows = Membership.select().where(Membership.group == group("insoumis-087"), Membership.member == member(name))
    return rows.exists()


def notices(name: str) -> list[str]:
    while delivery.run_once():
        pass
    return [row.sentence for row in Notice.select().where(Notice.account == member(name)).order_by(Notice.id)]


def test_one_press_asks_and_a_word_may_follow(bob):
    assert "Demander à entrer" in bob.get("/g/insoumis-087").text
    asked(bob)
    assert "Demande envoyée" in bob.get("/g/insoumis-087").text
    assert asked(bob, "Voisine du marché").word == "Voisine du marché"
    assert Request.select().count() == 1
    # Pressed again without a word, what was written stays.
    assert asked(bob).word == "Voisine du marché"
    assert not belongs("Bob")


def test_the_animators_are_told_once_however_often_one_asks(bob):
    for _ in range(3):
        asked(bob)
    assert notices("Alice") == ["Bob demande à entrer dans #insoumis-087."]
    assert notices("Modeste") == notices("Alice")


def test_an_animator_reads_the_word_and_accepts(alice, bob):
    request = asked(bob, "Voisine <du> marché")
    page = alice.get(ANSWERS).text
    assert "Voisine &lt;du&gt; marché" in page
    answer = alice.post(f"{ANSWERS}/{request.key}", {"choice": "accept"})
    assert (answer.status_code, answer.location) == (303, f"{ANSWERS}?fait={request.key}")
    assert "Bob est membre du groupe." in alice.get(answer.location).text
    assert belongs("Bob")
    assert "acceptée" in notices("Bob")[-1]
    assert Request.get_by_id(request.id).word == ""


def test_who_is_declined_reads_why_and_may_ask_again(alice, bob):
    request = asked(bob, "Voisine du marché")
    alice.post(f"{ANSWERS}/{request.key}", {"choice": "decline", "message": "Voyez plutôt le groupe d’à côté."})
    assert not belongs("Bob")
    assert "Voyez plutôt le groupe d’à côté." in notices("Bob")[-1]
    page = bob.get("/g/insoumis-087").text
    assert "Voyez plutôt le groupe d’à côté." in page
    assert "Demander à entrer" in page
    assert asked(bob).state == "waiting"


def test_who_is_left_aside_learns_nothing_and_can_still_be_accepted(alice, bob):
    request = asked(bob)
    alice.post(f"{ANSWERS}/{request.key}", {"choice": "aside"})
    assert notices("Bob") == []
    assert "Demande envoyée" in bob.get("/g/insoumis-087").text
    assert bob.get("/moi/donnees").json["requests"][0]["state"] == "waiting"
    assert asked(bob).state == "aside"
    assert "laissée de côté" in alice.get(ANSWERS).text
    alice.post(f"{ANSWERS}/{request.key}", {"choice": "accept"})
    assert belongs("Bob")


def test_a_request_is_withdrawn_by_who_made_it(alice, bob):
    request = asked(bob)
    for _ in range(2):
        assert bob.post(f"{ANSWERS}/retrait").status_code == 303
    assert "Demander à entrer" in bob.get("/g/insoumis-087").text
    assert alice.post(f"{ANSWERS}/{request.key}", {"choice": "accept"}).status_code == 404
    assert not belongs("Bob")


def test_the_second_animator_is_told_what_the_first_decided(site, alice, bob):
    request, modeste = asked(bob), site.visitor("Modeste")
    alice.post(f"{ANSWERS}/{request.key}", {"choice": "decline", "message": "Pas ici"})
    late = modeste.post(f"{ANSWERS}/{request.key}", {"choice": "accept"})
    page = modeste.get(late.location).text
    assert "Alice avait déjà répondu" in page
    assert "n’est pas acceptée" in page
    assert not belongs("Bob")
    assert len(notices("Bob")) == 1


def test_two_answers_at_once_make_one(site, bob):
    request = asked(bob)
    visitors = [site.visitor("Alice"), site.visitor("Modeste")]
    with ThreadPoolExecutor(2) as pool:
        codes = list(
            pool.map(lambda one: one.post(f"{ANSWERS}/{request.key}", {"choice": "accept"}).status_code, visitors)
        )
    assert codes == [303, 303]
    assert belongs("Bob")
    assert group("insoumis-087").members_count == 2
    assert len([line for line in notices("Bob") if "acceptée" in line]) == 1


def test_what_is_too_long_is_kept_and_said(bob, alice):
    answer = bob.post(DOOR, {"word": "x" * 501})
    assert answer.status_code == 422
    request = asked(bob)
    long = {"choice": "decline", "message": "y" * 501}
    answer = alice.post(f"{ANSWERS}/{request.key}", long)
    assert answer.status_code == 422
    assert "y" * 501 in answer.text
    assert alice.post(f"{ANSWERS}/{request.key}", {"choice": "peut-être"}).status_code == 422
    assert Request.get_by_id(request.id).state == "waiting"


def test_nobody_but_the_animators_reads_or_answers(site, alice, bob, guest):
    request = asked(bob, "Un mot pour elles")
    charlie = site.visitor("Charlie")
    actions.answer_request(member("Alice"), group("insoumis-087"), asked(charlie).key, "accept")
    for visitor in (charlie, bob, guest):
        assert visitor.get(ANSWERS).status_code == 403
        assert visitor.post(f"{ANSWERS}/{request.key}", {"choice": "accept"}).status_code == 403
        assert "Un mot pour elles" not in visitor.get(f"{ANSWERS}?fait={request.key}").text
    elsewhere = site.visitor("Charlie")
    assert elsewhere.post(f"/g/insoumis-023/demandes/{request.key}", {"choice": "accept"}).status_code == 404
    assert not belongs("Bob")


def test_a_guest_who_signs_up_has_asked(guest):
    page = guest.get("/g/insoumis-087").text
    assert "Demander à entrer" in page
    form = {"username": "Silex", "password": PASSWORD, "groupe": "insoumis-087"}
    assert guest.post("/inscription", form).status_code == 303
    assert "Demande envoyée" in guest.get("/g/insoumis-087").text


def test_on_invitation_nobody_asks(bob):
    closed = actions.GroupSettings("Haute-Vienne", visibility="ferme", joining="invitation")
    actions.change_access(member("Alice"), group("insoumis-087"), closed, confirmed="ferme")
    answer = bob.post(DOOR)
    assert answer.status_code == 403
    assert "sur invitation" in answer.text


def test_what_was_asked_goes_with_the_account(bob):
    asked(bob)
    assert bob.post("/moi/suppression", {"password": PASSWORD}).status_code == 303
    assert Request.select().count() == 0
