"""Joining and leaving a group."""

from concurrent.futures import ThreadPoolExecutor

from forum.groups.models import Membership
from forum.tasks.journal import JournalLine
from tests.world import PASSWORD, group, member


def members(handle="insoumis-087"):
    return [row.member.username for row in Membership.select().where(Membership.group == group(handle))]


def test_one_press_makes_a_member(bob):
    page = bob.get("/g/insoumis-087").text
    assert "Rejoindre" in page
    answer = bob.post("/g/insoumis-087/adhesion")
    assert (answer.status_code, answer.location) == (303, "/g/insoumis-087")
    assert "Membre" in bob.get("/g/insoumis-087").text
    assert members() == ["Alice", "Bob"]
    assert group("insoumis-087").members_count == 2


def test_a_boosted_form_is_followed_as_any_other(bob):
    answer = bob.post("/g/insoumis-087/adhesion", htmx=True, headers={"HX-Boosted": "true"})
    assert (answer.status_code, answer.location) == (303, "/g/insoumis-087")
    assert members() == ["Alice", "Bob"]


def test_pressing_twice_makes_one_membership_and_one_line(bob):
    for _ in range(2):
        assert bob.post("/g/insoumis-087/adhesion").status_code == 303
    assert members() == ["Alice", "Bob"]
    assert group("insoumis-087").members_count == 2
    assert (
        JournalLine.select().where(JournalLine.verb == "group.joined", JournalLine.actor_id == member("Bob").id).count()
        == 1
    )


def test_two_presses_at_once_make_one_membership(site):
    tabs = [site.visitor("Bob") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda tab: tab.post("/g/insoumis-087/adhesion").status_code, tabs))
    assert answers == [303] * 4
    assert members() == ["Alice", "Bob"]
    assert group("insoumis-087").members_count == 2


def test_a_guest_is_led_to_one_form_and_is_a_member_right_after_it(guest):
    answer = guest.post("/g/insoumis-087/adhesion")
    assert (answer.status_code, answer.location) == (303, "/inscription?groupe=insoumis-087&next=/g/insoumis-087")
    form = guest.get(answer.location).text
    assert "Rejoindre #insoumis-087" in form
    answer = guest.post("/inscription", {"username": "Silex", "password": PASSWORD, "groupe": "insoumis-087"})
    assert (answer.status_code, answer.location) == (303, "/g/insoumis-087")
    assert "Membre" in guest.get("/g/insoumis-087").text
    assert members() == ["Alice", "Silex"]


def test_a_guest_with_an_account_signs_in_and_is_a_member(guest):
    guest.post("/connexion", {"username": "Bob", "password": PASSWORD, "groupe": "insoumis-087"})
    assert members() == ["Alice", "Bob"]


def test_a_secret_group_is_absent_for_a_stranger(bob, guest):
    for visitor in (bob, guest):
        assert visitor.get("/g/veilleuses").status_code == 404
        assert visitor.post("/g/veilleuses/adhesion").status_code == 404
    bob.post("/connexion", {"username": "Bob", "password": PASSWORD, "groupe": "veilleuses"})
    assert members("veilleuses") == ["Alice"]


def test_a_group_on_invitation_is_not_joined_by_oneself(bob):
    row = group("insoumis-087")
    row.visibility, row.joining = "ferme", "invitation"
    row.save()
    answer = bob.post("/g/insoumis-087/adhesion")
    assert answer.status_code == 403
    assert "sur invitation" in answer.text
    assert members() == ["Alice"]


def test_leaving_twice_is_leaving_once(alice):
    for _ in range(2):
        assert alice.post("/g/insoumis-087/depart").status_code == 303
    assert members() == []
    assert group("insoumis-087").members_count == 0


def test_a_forged_form_joins_nobody(bob):
    assert bob.post("/g/insoumis-087/adhesion", token=False).status_code == 403
    assert members() == ["Alice"]


def test_who_joins_from_a_list_is_back_in_the_list(bob):
    page = bob.get("/groupes?q=87").text
    assert 'name="retour" value="/groupes?q=87"' in page
    assert bob.post("/g/insoumis-087/adhesion", {"retour": "/groupes?q=87"}).location == "/groupes?q=87"
    assert bob.post("/g/insoumis-023/adhesion", {"retour": "https://example.org/"}).location == "/g/insoumis-023"


def test_a_refused_guest_is_led_back_to_the_page_of_the_form(guest):
    here = {"Referer": "http://localhost/g/insoumis-087?page=2"}
    assert 'next=/g/insoumis-087%3Fpage%3D2"' in guest.post("/g/insoumis-087/depart", headers=here).text
    elsewhere = {"Referer": "http://example.org/g/insoumis-087"}
    assert 'next=/"' in guest.post("/g/insoumis-087/depart", headers=elsewhere).text
