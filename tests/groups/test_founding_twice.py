"""Before a group is founded: those that exist already under almost the same name, or at the same place."""

from forum.groups import actions
from forum.groups.models import Group
from forum.groups.queries import near_groups
from tests.world import member

FORM = {"near": "ask"}


def founded(visitor, name: str, **more):
    return visitor.post("/groupes/nouveau", {"name": name, **FORM, **more})


def test_a_near_name_is_shown_with_joining_rather(bob):
    actions.create(member("Alice"), actions.GroupSettings("Jardins partagés"), "insoumis-jardins-partages")
    for name in ("Jardin partagé", "Les jardins partagés", "Jardins partagées", "Jardins partagss"):
        answer = founded(bob, name, description="Un texte à ne pas perdre")
        assert answer.status_code == 422, name
        assert "plutôt" in answer.text
        assert 'action="/g/insoumis-jardins-partages/adhesion"' in answer.text
        assert "Un texte à ne pas perdre" in answer.text
    assert Group.select().where(Group.name.contains("ardin")).count() == 1


def test_who_wants_their_own_all_the_same_founds_it(bob):
    actions.create(member("Alice"), actions.GroupSettings("Jardins partagés"), "insoumis-jardins-partages")
    page = founded(bob, "Jardins partagss").text
    assert 'name="near"' not in page
    assert bob.post("/groupes/nouveau", {"name": "Jardins partagss"}).status_code == 303


def test_another_name_is_founded_at_once(bob):
    actions.create(member("Alice"), actions.GroupSettings("Jardins partagés"), "insoumis-jardins-partages")
    assert founded(bob, "Jazz").status_code == 303


def test_the_groups_of_the_place_are_shown_and_its_chain(bob):
    page = bob.get("/groupes/nouveau?lieu=087").text
    assert 'action="/g/insoumis-087/adhesion"' in page
    page = bob.get("/groupes/nouveau?lieu=087-01").text
    assert 'value="insoumis-087-01"' in page
    assert 'href="/g/insoumis-087"' in page
    answer = founded(bob, "Le marché d’Aixe", place="087")
    assert answer.status_code == 422
    assert 'href="/g/insoumis-087"' in answer.text


def test_a_secret_group_is_near_to_nobody_but_its_members(bob):
    assert founded(bob, "Veilleuse").status_code == 303
    assert [group.handle for group in near_groups(member("Alice"), "Veilleuse")][:1] == ["veilleuses"]
    assert near_groups(member("Charlie"), "Veilleuses", place="") == near_groups(member("Bob"), "Veilleuses")[:1]


def test_another_spelling_of_an_address_is_refused_at_once_with_the_way_there(bob):
    actions.create(member("Alice"), actions.GroupSettings("Jardins partagés"), "insoumis-jardins-partages")
    for given in ({"name": "Jardin partagé"}, {"name": "Autre chose", "handle": "#Insoumis-Jardin-Partagé"}):
        answer = bob.post("/groupes/nouveau", {**FORM, **given})
        assert answer.status_code == 422
        assert "Ce groupe existe déjà" in answer.text
        assert 'href="/g/insoumis-jardins-partages"' in answer.text
        assert 'action="/g/insoumis-jardins-partages/adhesion"' in answer.text
        assert "Créer quand même" not in answer.text
        assert 'name="near"' in answer.text


def test_what_is_wrong_is_said_before_what_is_near(bob):
    actions.create(member("Alice"), actions.GroupSettings("Jardins partagés"), "insoumis-jardins-partages")
    answer = founded(bob, "Jardins partagss", description="x" * 5_001)
    assert answer.status_code == 422
    assert "Créer quand même" not in answer.text
