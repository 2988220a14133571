"""Founding a group, and being told when it exists already."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from forum.groups import actions
from forum.groups.models import Group
from tests.world import group, member


def found(visitor, **fields):
    return visitor.post("/groupes/nouveau", fields)


def test_a_member_founds_the_group_of_a_circonscription(bob):
    form = bob.get("/groupes/nouveau?lieu=087-01").text
    assert 'value="insoumis-087-01"' in form
    answer = found(bob, name="1re circonscription", place="087-01")
    assert (answer.status_code, answer.location) == (303, "/g/insoumis-087-01")
    row = group("insoumis-087-01")
    assert (row.place_code, row.visibility, row.joining, row.members_count) == ("087-01", "ouvert", "libre", 1)
    assert "Membre" in bob.get("/g/insoumis-087-01").text


def test_a_thematic_group_takes_its_address_from_its_name(bob):
    found(bob, name="Éducation populaire", tags="école savoir")
    row = group("insoumis-education-populaire")
    assert row.place_code == ""
    page = bob.get("/g/insoumis-education-populaire").text
    assert "#école" in page
    assert "#savoir" in page


def test_the_tags_of_a_group_may_be_typed_with_their_sign(bob):
    found(bob, name="Rivières", handle="rivieres", tags="#loire, ＃vienne #")
    page = bob.get("/g/rivieres").text
    assert page.count("#loire") == page.count("#vienne") == 1
    assert "##" not in page


def test_a_line_of_the_description_ends_with_one_sign_which_counts_as_one(bob):
    found(bob, name="Jardins", handle="jardins", description="a\r\n" * 2_500)
    assert group("jardins").description == ("a\n" * 2_500).strip()


@pytest.mark.parametrize("handle", ["insoumis-087", "#Insoumise-87", "insoumis-87", "INSOUMISES-087"])
def test_a_second_founder_is_told_with_a_link(bob, handle):
    answer = found(bob, name="Chez nous", handle=handle, description="Un texte à ne pas perdre")
    assert answer.status_code == 422
    assert 'href="/g/insoumis-087"' in answer.text
    assert "Un texte à ne pas perdre" in answer.text
    assert Group.select().where(Group.place_code == "087").count() == 1


def test_a_secret_group_is_not_betrayed_by_its_address(bob):
    answer = found(bob, name="Veilleuses", handle="veilleuses")
    assert answer.status_code == 422
    assert 'href="/g/veilleuses"' not in answer.text


def test_two_founders_at_once_make_one_group(site):
    visitors = [site.visitor("Bob"), site.visitor("Charlie")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: found(one, name="Paris", place="075").status_code, visitors))
    assert sorted(answers) == [303, 422]
    assert group("insoumis-075").members_count == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Écrivez quelque chose ici."),
        ({"name": "x" * 100_000}, "C’est trop long"),
        ({"name": "Ici\x00"}, "illisible"),
        ({"name": "Nulle part", "place": "999"}, "Nous ne trouvons pas"),
        ({"name": "Nulle part", "place": "087-09"}, "Choisissez le vôtre"),
        ({"name": "Creuse", "handle": "insoumis-023", "place": "087"}, "autre lieu"),
        ({"name": "Trop", "tags": "a b c"}, "ne peut pas être un mot-clé"),
        ({"name": "Trop", "tags": " ".join(f"mot{n}" for n in range(9))}, "8 mots-clés au plus"),
        ({"name": "Bas", "handle": "x"}, "L’adresse du groupe"),
        ({"name": "Bas", "visibility": "cachée"}, "visibilité"),
        ({"name": "Bas", "visibility": "secret", "joining": "libre"}, "sur invitation seulement"),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_is_kept(bob, fields, sentence):
    answer = found(bob, description="Une longue présentation déjà écrite", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Une longue présentation déjà écrite" in answer.text


@pytest.mark.parametrize(("typed", "code"), [("19", "019"), ("2a", "02A"), ("75-12", "075-12"), ("Corrèze", "019")])
def test_a_place_is_read_as_in_the_search_box(bob, typed, code):
    assert found(bob, name="Ici", place=typed).status_code == 303
    assert group(f"insoumis-{code.lower()}").place_code == code


def test_a_town_leaves_the_choice_of_its_circonscriptions(bob):
    answer = found(bob, name="Chez nous", place="Limoges")
    assert answer.status_code == 422
    assert 'value="Limoges"' in answer.text
    choices = re.findall(r'name="lieu" value="([^"]+)"', answer.text)
    assert choices == ["087-01", "087-02", "087-03", "087"]
    assert found(bob, name="Chez nous", place="Limoges", lieu="087-02").status_code == 303
    assert group("insoumis-087-02").place_code == "087-02"


@pytest.mark.parametrize("page", ["/", "/groupes", "/groupes?q=zorglub", "/lieux", "/moi", "/recherche?q=zorglub"])
def test_a_door_to_a_new_group_stands_wherever_one_looks_for_groups(bob, guest, page):
    for visitor in (bob, guest) if page != "/moi" else (bob,):
        assert 'href="/groupes/nouveau' in visitor.get(page).text


def test_a_guest_signs_up_in_short_and_comes_back_to_the_form(guest):
    form = "/groupes/nouveau?lieu=087-01"
    assert guest.get(form).location == f"/inscription?next={quote(form)}"
    assert f'name="next" value="{form}"' in guest.get(guest.get(form).location).text
    assert found(guest, name="Ici").status_code == 403
    assert not Group.select().where(Group.name == "Ici").exists()


def test_only_an_animator_changes_the_settings(alice, bob, guest):
    fields = {"name": "Haute-Vienne et Limousin", "description": "**Bienvenue**", "tags": "eau"}
    bob.post("/g/insoumis-087/adhesion")
    assert bob.post("/g/insoumis-087/reglages", fields).status_code == 403
    assert guest.post("/g/insoumis-087/reglages", fields).status_code == 403
    assert alice.post("/g/insoumis-087/reglages", fields).status_code == 303
    page = guest.get("/g/insoumis-087").text
    assert "Haute-Vienne et Limousin" in page
    assert "<strong>Bienvenue</strong>" in page


def test_a_secret_group_holds_no_address_that_others_would_guess(bob, guest, charlie):
    assert found(bob, name="Entre nous", handle="insoumis-010", visibility="secret").status_code == 303
    assert found(bob, name="Entre nous", handle="insoumis-010", visibility="secret").status_code == 422
    assert bob.get("/g/insoumis-010").status_code == 301
    assert charlie.get("/g/insoumis-010").status_code == 404
    assert found(charlie, name="Aube", handle="insoumis-010", place="010").status_code == 303
    assert guest.get("/g/insoumis-010").status_code == 200
    assert "Aube" in bob.get("/g/insoumis-010").text


def test_a_secret_group_renamed_twice_by_a_double_press_moves_once(alice):
    renamed = [actions.change_address(member("Alice"), group_named("Veilleuses"), "lampes") for _ in range(2)]
    assert renamed[0] == renamed[1] == group_named("Veilleuses").handle
    assert renamed[0].startswith("lampes-")
    assert alice.get("/g/lampes").location == f"/g/{renamed[0]}"


def group_named(name: str) -> Group:
    return Group.get(Group.name == name)


def test_a_group_with_the_address_of_a_place_does_not_become_secret(alice):
    answer = alice.post("/g/insoumis-087/reglages/droits", {"access": "secret-invitation", "confirm": "secret"})
    assert answer.status_code == 422
    assert "l’adresse d’un lieu" in answer.text
    assert group("insoumis-087").visibility == "ouvert"
