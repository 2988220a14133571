"""The pages of places."""

import pytest

SOURCES = "Sources\u00a0: INSEE, IGN, La Poste, ministère de l’Intérieur, DILA\u202f; Etalab"


def test_all_departements_are_listed_and_those_with_a_group_are_marked(guest):
    page = guest.get("/lieux").text
    assert page.count('class="chip" href="/lieux/') == 108
    assert '087 Haute-Vienne<span class="vh">, un groupe</span>' in page
    assert "086 Vienne</a>" in page
    assert SOURCES in page


def test_the_map_comes_only_when_asked_for(guest):
    assert "<svg xmlns" not in guest.get("/lieux").text
    page = guest.get("/lieux?carte=1").text
    assert page.count("<title>Haute-Vienne (087), un groupe</title>") == 1
    assert '<a href="/lieux/086"><title>Vienne (086)</title>' in page
    assert "style=" not in page
    # Squares among them are outlines too: the stylesheet colours paths.
    assert page.count('<a href="/lieux/') == page.count("</title><path ") > 100


def test_the_map_alone_is_sent_once_and_then_known_by_its_etag(guest):
    first = guest.get("/lieux?carte=1", htmx=True)
    assert first.text.startswith('<div id="map">')
    again = guest.get("/lieux?carte=1", headers={"HX-Request": "true", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")


def test_the_page_around_the_map_has_not_the_etag_of_the_map(guest):
    page = guest.get("/lieux?carte=1", htmx=True, headers={"HX-Boosted": "true"})
    part = guest.get("/lieux?carte=1", htmx=True)
    assert "<html" in page.text
    assert page.headers.get("ETag") != part.headers["ETag"]


def test_a_new_group_changes_the_map(guest, bob):
    first = guest.get("/lieux?carte=1", htmx=True)
    bob.post("/groupes/nouveau", {"name": "Vienne", "place": "086"})
    asked = {"HX-Request": "true", "If-None-Match": first.headers["ETag"]}
    assert "Vienne (086), un groupe" in guest.get("/lieux?carte=1", headers=asked).text


@pytest.mark.parametrize(("typed", "code"), [("87", "087"), ("2a", "02A"), ("87-3", "087-03"), ("r75", "R75")])
def test_other_spellings_of_a_code_lead_to_the_one_address(guest, typed, code):
    answer = guest.get(f"/lieux/{typed}")
    assert (answer.status_code, answer.location) == (301, f"/lieux/{code}")


@pytest.mark.parametrize("code", ["086-99", "999", "nowhere", "R00", "-", "é", "087-"])
def test_an_unknown_place_is_not_found_and_offers_to_search(guest, code):
    answer = guest.get(f"/lieux/{code}")
    if answer.status_code == 301:
        answer = guest.get(answer.location)
    assert answer.status_code == 404 or "Haute-Vienne" in answer.text
    assert answer.status_code != 404 or 'action="/groupes"' in answer.text


def test_a_departement_shows_its_chain_with_one_act_a_line(bob):
    page = bob.get("/lieux/087").text
    assert 'action="/g/insoumis-087/adhesion"' in page
    for number in ("01", "02", "03"):
        assert f'href="/groupes/nouveau?lieu=087-{number}"' in page
    assert page.index("#insoumis<") < page.index("#insoumis-087<") < page.index("#insoumis-087-01")
    assert "023 Creuse" in page
    assert SOURCES in page


def test_a_member_sees_where_they_belong(alice):
    assert "Membre" in alice.get("/lieux/087").text


def test_a_guest_joins_from_the_chain_by_creating_an_account(guest):
    assert 'href="/inscription?groupe=insoumis-087' in guest.get("/lieux/087-01").text


def test_a_circonscription_shows_its_communes_and_the_others_of_its_departement(guest):
    page = guest.get("/lieux/087-01").text
    assert "Limoges (en partie)" in page
    assert 'href="/lieux/087-02"' in page
    assert 'href="/lieux/R75"' in page


def test_a_commune_of_several_circonscriptions_says_what_decides(guest):
    page = guest.get("/lieux/87085").text
    assert "dépend de votre bureau de vote" in page
    assert "#insoumis-087-03" in page


def test_a_circonscription_abroad_shows_its_countries(guest):
    page = guest.get("/lieux/099-04").text
    assert "Belgique, Luxembourg, Pays-Bas." in page


@pytest.mark.parametrize("code", ["R75", "A74", "G-outremer", "G-france", "099", "977", "978", "02A", "975-01"])
def test_every_kind_of_place_has_its_page(guest, code):
    assert guest.get(f"/lieux/{code}").status_code == 200


def test_a_secret_group_of_a_place_is_told_to_nobody_else(alice, guest):
    alice.post(
        "/groupes/nouveau",
        {"name": "Cachette", "handle": "cachette", "place": "086", "visibility": "secret", "joining": "invitation"},
    )
    assert "cachette" in alice.get("/lieux/086").text
    assert "cachette" not in guest.get("/lieux/086").text
    assert "un groupe" not in guest.get("/lieux").text.partition("086 Vienne")[2].partition("</a>")[0]
    assert "un groupe" not in alice.get("/lieux").text.partition("086 Vienne")[2].partition("</a>")[0]
