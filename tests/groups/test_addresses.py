"""A group's address changes and still leads to it; a group stands under another by choice."""

import pytest

from forum.groups import actions
from forum.groups.models import Group
from tests.world import group, member

FORM = "/g/insoumis-087/reglages/adresse"


@pytest.fixture
def garden(site) -> Group:
    """A thematic group of Bob's, and nobody else's."""
    return actions.create(member("Bob"), actions.GroupSettings("Jardins"), "jardins")


def under(visitor, handle: str, parent: str):
    return visitor.post(f"/g/{handle}/reglages/place", {"parent": parent})


def test_a_former_address_leads_to_the_new_one_for_ever(bob, guest, garden):
    answer = bob.post("/g/jardins/reglages/adresse", {"handle": "#Potagers"})
    assert (answer.status_code, answer.location) == (303, "/g/potagers/reglages?fait=adresse")
    for path in ("/g/jardins", "/g/jardins.json", "/g/jardins.atom", "/g/Jardin"):
        answer = guest.get(path)
        assert answer.status_code == 301, path
        assert answer.location.startswith("/g/potagers"), path
        # A browser that kept it for ever could not follow the group back to its first address.
        assert answer.headers["Cache-Control"] == "no-cache"
    assert "#potagers" in guest.get("/g/potagers").text
    assert (
        "Potagers" in bob.get("/g/potagers/reglages/adresse").text
        or "jardin" in bob.get("/g/potagers/reglages/adresse").text
    )


def test_a_former_address_is_never_given_to_another_group(site, bob, charlie, garden):
    bob.post("/g/jardins/reglages/adresse", {"handle": "potagers"})
    answer = charlie.post("/groupes/nouveau", {"name": "À nous", "handle": "jardins"})
    assert answer.status_code == 422
    answer = charlie.post("/g/insoumis-023/reglages/adresse", {"handle": "jardins"})
    assert answer.status_code == 422
    assert "pas libre" in answer.text
    # Its own group may take it again.
    assert bob.post("/g/potagers/reglages/adresse", {"handle": "jardins"}).status_code == 303
    assert group("jardins").name == "Jardins"


@pytest.mark.parametrize(
    ("handle", "sentence"),
    [("x", "de 3 à 60"), ("087", "un mot"), ("insoumis-023", "autre lieu"), ("veilleuses", "pas libre")],
)
def test_what_cannot_be_an_address_is_said(alice, handle, sentence):
    answer = alice.post(FORM, {"handle": handle})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert group("insoumis-087").id


def test_only_an_animator_moves_a_group(bob, guest, charlie, garden):
    for visitor in (charlie, guest):
        for path, form in (("adresse", {"handle": "autre"}), ("place", {"parent": ""}), ("dessous", {"child": "x"})):
            assert visitor.post(f"/g/jardins/reglages/{path}", form).status_code == 403
    assert group("jardins").handle == "jardins"


def test_a_group_stands_under_one_that_accepts_and_each_shows_the_other(site, bob, guest, garden):
    answer = under(bob, "jardins", "insoumis-087")
    assert answer.status_code == 422
    assert "n’accepte pas" in answer.text
    Group.update(accepts_children=True).where(Group.handle == "insoumis-087").execute()
    for _ in range(2):
        assert under(bob, "jardins", "#insoumis-087").status_code == 303
    assert 'href="/g/insoumis-087"' in guest.get("/g/jardins").text
    assert 'href="/g/jardins"' in guest.get("/g/insoumis-087").text
    under(bob, "jardins", "")
    assert 'href="/g/jardins"' not in guest.get("/g/insoumis-087").text


def test_one_animates_both_or_is_accepted(site, alice):
    assert under(alice, "insoumis-087", "insoumis").status_code == 303
    assert group("insoumis-087").parent_id == group("insoumis").id


def test_nothing_stands_under_itself_however_far(site, alice):
    third = actions.create(member("Alice"), actions.GroupSettings("Troisième"), "troisieme")
    actions.place_under(member("Alice"), group("insoumis-087"), "insoumis")
    actions.place_under(member("Alice"), third, "insoumis-087")
    for handle in ("insoumis", "insoumis-087", "troisieme"):
        answer = under(alice, "insoumis", handle)
        assert answer.status_code == 422
        assert "sous lui-même" in answer.text


def test_a_secret_group_above_or_below_is_seen_by_its_members_only(site, alice, bob, guest, garden):
    actions.place_under(member("Alice"), group("insoumis-087"), "veilleuses")
    assert "veilleuses" in alice.get("/g/insoumis-087").text
    for visitor in (bob, guest):
        assert "veilleuses" not in visitor.get("/g/insoumis-087").text
    actions.place_under(member("Alice"), group("insoumis-087"), "")
    actions.place_under(member("Alice"), group("veilleuses"), "insoumis")
    for visitor in (bob, guest):
        assert "veilleuses" not in visitor.get("/g/insoumis").text
    # To name a hidden group and one that does not exist is the same.
    hidden, absent = (under(bob, "jardins", handle) for handle in ("veilleuses", "inexistantes"))
    assert hidden.status_code == absent.status_code == 422
    assert "Aucun groupe à cette adresse" in hidden.text
    assert "Aucun groupe à cette adresse" in absent.text


def test_those_who_animate_the_group_above_may_part_it(site, alice, bob, garden):
    Group.update(accepts_children=True).where(Group.handle == "insoumis-087").execute()
    under(bob, "jardins", "insoumis-087")
    assert "jardins" in alice.get(FORM).text
    for _ in range(2):
        assert alice.post("/g/insoumis-087/reglages/dessous", {"child": "jardins"}).status_code == 303
    assert group("jardins").parent_id is None
