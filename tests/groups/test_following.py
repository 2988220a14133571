"""Following an open group without belonging to it: on one's own first page, and nobody knows."""

import re

from forum.discussions import actions as discussions
from forum.groups import actions
from forum.groups.models import Follow, Group
from tests.world import PASSWORD, group, member

TEXT = "Un texte assez long pour être lu."
PATH = "/g/insoumis-087/abonnement"


def test_what_is_said_in_a_followed_group_comes_to_my_first_page(site, bob, charlie):
    discussions.open(member("Alice"), group("insoumis-087"), "Le lavoir du bourg", TEXT)
    assert "Le lavoir" not in bob.get("/").text
    assert "Suivre" in bob.get("/g/insoumis-087").text
    for _ in range(2):
        assert bob.post(PATH, {"follow": "1"}).location == "/g/insoumis-087"
    assert Follow.select().count() == 1
    assert "Le lavoir" in bob.get("/").text
    assert "Ne plus suivre" in bob.get("/g/insoumis-087").text
    assert "#insoumis-087" in bob.get("/moi").text
    assert "Le lavoir" not in charlie.get("/").text
    for _ in range(2):
        assert bob.post(PATH, {"follow": "0"}).status_code == 303
    assert "Le lavoir" not in bob.get("/").text


def test_a_follower_is_no_member_and_nobody_sees_them(site, alice, bob, guest):
    before = [shown(alice, "/g/insoumis-087/membres"), shown(guest, "/g/insoumis-087")]
    bob.post(PATH)
    assert [shown(alice, "/g/insoumis-087/membres"), shown(guest, "/g/insoumis-087")] == before
    assert bob.post("/g/insoumis-087/discussions/nouvelle", {"title": "Un sujet", "body": TEXT}).status_code == 403
    assert bob.get("/g/insoumis-087/membres").status_code == 403
    assert "Bob" not in alice.get("/g/insoumis-087.json").text


def test_only_open_groups_are_followed_and_a_guest_signs_in_first(site, bob, guest):
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-023").execute()
    assert bob.post("/g/insoumis-023/abonnement").status_code == 403
    assert "Suivre" not in bob.get("/g/insoumis-023").text
    assert bob.post("/g/veilleuses/abonnement").status_code == 404
    assert guest.post(PATH).location == "/connexion?next=/g/insoumis-087"
    assert not Follow.select().exists()


def test_a_group_that_closes_is_read_by_its_followers_no_more(site, bob):
    discussions.open(member("Alice"), group("insoumis-087"), "Le lavoir du bourg", TEXT)
    bob.post(PATH)
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    assert "Le lavoir" not in bob.get("/").text
    assert "Ne plus suivre" in bob.get("/g/insoumis-087").text
    Group.update(visibility="secret", joining="invitation").where(Group.handle == "insoumis-087").execute()
    assert "insoumis-087" not in bob.get("/moi").text


def test_who_joins_need_not_follow(site, bob):
    bob.post(PATH)
    actions.join(member("Bob"), group("insoumis-087"))
    assert "uivre" not in bob.get("/g/insoumis-087").text.partition("<main")[2].partition("On décide")[0]
    assert not Follow.select().exists()


def test_what_i_follow_is_among_my_data_and_goes_with_me(site, bob, alice):
    bob.post(PATH)
    assert bob.get("/moi/donnees").json["groups_followed"][0]["group"] == "insoumis-087"
    assert alice.get("/moi/donnees").json["groups_followed"] == []
    bob.post("/moi/suppression", {"password": PASSWORD})
    assert not Follow.select().exists()


def shown(visitor, path: str) -> str:
    """The page without its token, which bears the second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", visitor.get(path).text)
