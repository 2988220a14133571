"""Being removed from a group, with a reason, and coming back."""

from datetime import timedelta

import pytest

from forum.database.clock import at, now
from forum.discussions import actions as discussions
from forum.groups import actions, rules
from forum.groups.models import Group, Membership, Removal
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.tasks.journal import JournalLine
from tests.world import group, member

OUT = "/g/insoumis-087/membres/Bob/retrait"
REASON = {"reason": "Annonces publicitaires répétées"}


@pytest.fixture
def bob(bob):
    actions.join(member("Bob"), group("insoumis-087"))
    return bob


def belongs(name: str) -> bool:
    rows = Membership.select().where(Membership.group == group("insoumis-087"), Membership.member == member(name))
    return rows.exists()


def test_an_animator_removes_a_member_who_is_told_why(alice, bob):
    assert "Retirer Bob du groupe" in alice.get("/g/insoumis-087/membres").text
    assert "La raison" in alice.get(OUT).text
    assert alice.post(OUT, REASON).location == "/g/insoumis-087/membres"
    assert not belongs("Bob")
    assert group("insoumis-087").members_count == 1
    page = bob.get("/g/insoumis-087").text
    assert REASON["reason"] in page
    assert "Demander à entrer" in page
    delivery.run_once()
    assert REASON["reason"] in Notice.get(Notice.account == member("Bob")).sentence


def test_the_public_record_has_the_reason_and_no_name(alice, bob):
    alice.post(OUT, REASON)
    line = JournalLine.get(JournalLine.verb == "membership.removed")
    assert (line.subject_kind, line.subject_id) == ("group", group("insoumis-087").id)
    assert REASON["reason"] in line.facts
    assert "Bob" not in line.facts
    assert str(member("Bob").id) not in line.facts


def test_a_reason_is_needed_and_twice_is_once(alice, bob):
    answer = alice.post(OUT, {"reason": "non"})
    assert answer.status_code == 422
    assert "au moins 5 signes" in answer.text
    assert belongs("Bob")
    for _ in range(2):
        assert alice.post(OUT, REASON).status_code == 303
    assert group("insoumis-087").members_count == 1
    assert JournalLine.select().where(JournalLine.verb == "membership.removed").count() == 1


def test_nobody_else_removes_and_no_animator_is_removed(site, alice, bob, guest, charlie):
    for visitor in (bob, guest, charlie):
        assert visitor.post(OUT, REASON).status_code == 403
    Membership.update(role="animator").where(Membership.member == member("Bob")).execute()
    assert alice.post(OUT, REASON).status_code == 403
    assert alice.post("/g/insoumis-087/membres/Alice/retrait", REASON).status_code == 403
    assert belongs("Bob")
    assert belongs("Alice")


def test_who_was_removed_comes_back_by_request_only(alice, bob):
    alice.post(OUT, REASON)
    bob.post("/g/insoumis-087/adhesion")
    assert not belongs("Bob")
    assert "Demande envoyée" in bob.get("/g/insoumis-087").text
    assert not rules.enter_invited(member("Bob"), group("insoumis-087"), member("Charlie"))
    assert rules.enter_invited(member("Bob"), group("insoumis-087"), member("Alice"))
    page = alice.get("/g/insoumis-087/demandes").text
    assert "Retiré·e du groupe" in page
    actions.answer_request(member("Alice"), group("insoumis-087"), _key(), "accept")
    assert belongs("Bob")
    assert Removal.select().count() == 0
    # The free door is open again.
    bob.post("/g/insoumis-087/depart")
    bob.post("/g/insoumis-087/adhesion")
    assert belongs("Bob")


def _key() -> str:
    return group("insoumis-087").requests.get().key


def test_after_a_year_the_door_is_open_again(site, alice):
    with at(now() - timedelta(days=366)):
        actions.join(member("Bob"), group("insoumis-087"))
        actions.remove_member(member("Alice"), group("insoumis-087"), member("Bob"), REASON["reason"])
    site.visitor("Bob").post("/g/insoumis-087/adhesion")
    assert belongs("Bob")


@pytest.mark.parametrize("visibility", ["ouvert", "ferme", "secret"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_member_removed_while_typing_reads_why_and_keeps_the_text(alice, bob, visibility, htmx):
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Un sujet", "Un texte assez long.")
    joining = "libre" if visibility == "ouvert" else "invitation"
    Group.update(visibility=visibility, joining=joining).where(Group.handle == "insoumis-087").execute()
    alice.post(OUT, REASON)
    answer = bob.post(f"/d/{talk.key}/commentaires", {"body": "Une réponse"}, htmx=htmx)
    assert answer.status_code == 403
    assert "plus membre de ce groupe" in answer.text
    # With htmx only the sentence comes: the text is still in its field.
    assert ("Une réponse" in answer.text) != htmx
    assert bob.get(f"/d/{talk.key}").status_code == (200 if visibility == "ouvert" else 404)


def test_leaving_is_no_removal(bob):
    bob.post("/g/insoumis-087/depart")
    bob.post("/g/insoumis-087/adhesion")
    assert belongs("Bob")


def test_the_last_animator_is_told_what_leaving_means(alice, bob):
    assert "seul·e à animer" in alice.get("/g/insoumis-087").text
    Membership.update(role="animator").where(Membership.member == member("Bob")).execute()
    assert "seul·e à animer" not in alice.get("/g/insoumis-087").text


def test_the_reason_does_not_name_who_is_removed(alice, bob, guest):
    for reason in ("Bob crie sur tout le monde.", "Trop, c’est trop : @bob exagère"):
        answer = alice.post(OUT, {"reason": reason})
        assert answer.status_code == 422
        assert "n’y nommez pas la personne" in answer.text
        assert reason in answer.text
    assert belongs("Bob")
    assert alice.post(OUT, {"reason": "Ses bobards ne font rire personne."}).status_code == 303
    assert "bobards" in guest.get("/g/insoumis-087/journal").text
