"""Finding a group by whatever one types, over HTTP."""

import logging

import pytest

from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.search.actions import index_changes, reindex
from tests import world


@pytest.fixture
def settled(site):
    """Groups of the Haute-Vienne, and one that goes by a theme, all in the index."""
    alice = world.member("Alice")
    groups.create(alice, groups.GroupSettings("3e de la Haute-Vienne"), "insoumis-087-03", place="087-03")
    groups.create(
        alice,
        groups.GroupSettings("Bocage", description="Haies et zones humides.", tags=("numérique",)),
        "insoumis-bocage",
    )
    index()
    return site


@pytest.mark.parametrize("typed", ["87", "087", "haute vienne", "Haute-Vienne", "Limoges", "87000", "#insoumis-087"])
def test_a_place_in_any_spelling_gives_its_chain_of_groups(settled, guest, typed):
    answer = guest.get(f"/groupes.json?q={quoted(typed)}").json
    assert [group["handle"] for group in answer["groups"]][:3] == ["insoumis", "insoumis-087", "insoumis-087-03"]
    assert {"handle": "insoumis-087-01", "place": "087-01"} in answer["creatable"]
    assert answer["understood"][0]["name"] in ("Haute-Vienne", "Limoges")


def test_each_line_of_the_chain_bears_its_act(settled, alice, bob):
    page = bob.get("/groupes?q=87").text
    assert page.index("#insoumis</a>") < page.index("#insoumis-087</a>") < page.index("#insoumis-087-03</a>")
    assert 'action="/g/insoumis-087/adhesion"' in page
    assert 'href="/groupes/nouveau?lieu=087-01"' in page
    assert 'id="seat-insoumis-087"' in page
    assert alice.get("/groupes?q=87").text.count("Membre</span>") == 3


def test_a_guest_is_led_to_one_short_form(settled, guest):
    assert "/inscription?groupe=insoumis-087" in guest.get("/groupes?q=87").text


@pytest.mark.parametrize("typed", ["insoumise", "insoumis·es", "INSOUMIS_E", "#insoumise", "insoum"])
def test_one_word_under_all_its_spellings_finds_the_group(settled, guest, typed):
    assert "insoumis" in handles(guest, typed)


@pytest.mark.parametrize("typed", ["numérique", "numerique", "boca", "haie", "humides", "insoumis bocage"])
def test_a_theme_finds_the_groups_that_bear_it(settled, guest, typed):
    assert "insoumis-bocage" in handles(guest, typed)
    assert "insoumis-087-03" not in handles(guest, typed)


def test_a_place_in_a_longer_query_is_a_filter_that_can_be_removed(settled, guest):
    groups.create(
        world.member("Alice"), groups.GroupSettings("Transports du Limousin"), "insoumis-087-transports", place="087"
    )
    groups.create(
        world.member("Alice"), groups.GroupSettings("Transports de la Creuse"), "insoumis-023-transports", place="023"
    )
    index()
    page = guest.get("/groupes?q=transports+limoges").text
    assert 'href="/groupes?q=transports" aria-label="Retirer le lieu Limoges"' in page
    assert "Aucun groupe" not in page
    assert "Aucun groupe" in guest.get("/groupes?q=retraites+limoges").text
    assert "insoumis-087-transports" in handles(guest, "transports 87")
    assert "insoumis-023-transports" not in handles(guest, "transports 87")
    assert set(handles(guest, "transports")) == {"insoumis-087-transports", "insoumis-023-transports"}


def test_a_place_or_a_tag_given_by_the_address_narrows_the_list(settled, guest):
    assert "insoumis-087-03" in [group["handle"] for group in guest.get("/groupes.json?lieu=087").json["groups"]]
    assert [group["handle"] for group in guest.get("/groupes.json?tag=numerique").json["groups"]] == ["insoumis-bocage"]
    assert guest.get("/groupes.json?tag=inconnu").json["groups"] == []


def test_nothing_typed_lists_the_most_followed(settled, guest):
    # Below five, the number is not told, nor is it by the order.
    Group.update(members_count=5).where(Group.handle == "insoumis-bocage").execute()
    reindex()
    assert handles(guest, "")[0] == "insoumis-bocage"


def test_nothing_found_says_what_to_do_next(settled, guest):
    page = guest.get("/groupes?q=zzyzx").text
    assert "Aucun groupe ne répond" in page
    assert 'href="/groupes/nouveau?nom=zzyzx"' in page
    assert 'href="/lieux"' in page


def test_pages_of_twenty_follow_each_other(site, guest):
    for number in range(23):
        groups.create(world.member("Alice"), groups.GroupSettings(f"Genêt {number}"), f"genet-{number}")
    index()
    first = guest.get("/groupes.json?q=genet").json
    assert first["next"] == "/groupes.json?q=genet&page=2"
    second = guest.get(first["next"]).json
    assert (len(first["groups"]), len(second["groups"]), second["next"]) == (20, 3, None)
    assert 'href="/groupes?q=genet&amp;page=2"' in guest.get("/groupes?q=genet").text


def test_while_one_types_the_block_alone_is_sent(settled, guest):
    page, block = guest.get("/groupes?q=limoges"), guest.get("/groupes?q=limoges", htmx=True)
    assert "HX-Request" in page.headers["Vary"]
    assert "HX-Request" in block.headers["Vary"]
    assert block.text.strip().startswith('<div id="results"')
    groups_shown = block.text[: block.text.index('<div id="texts"')]
    assert "#insoumis-087-03" in groups_shown
    assert groups_shown in page.text


def test_the_texts_below_come_once_the_typing_rests(settled, guest):
    discussions.open(world.member("Alice"), world.group("insoumis-087"), "Les haies", "Un bocage à Limoges.")
    index()
    block = guest.get("/groupes?q=bocage", htmx=True).text
    assert 'id="texts" data-hx-get="/groupes/textes?q=bocage" data-hx-trigger="load delay:400ms"' in block
    assert "Les haies" not in block
    below = guest.get("/groupes/textes?q=bocage", htmx=True)
    assert "Les haies" in below.text
    assert "insoumis-bocage" not in below.text
    assert "HX-Request" in below.headers["Vary"]
    page = guest.get("/groupes?q=bocage").text
    assert "Les haies" in page
    assert "/groupes/textes" not in page
    plain = guest.get("/groupes/textes?q=bocage&tag=insoumise")
    assert (plain.status_code, plain.location) == (303, "/groupes?q=bocage&tag=insoumise")
    for nothing in ("/groupes", "/groupes?q=bocage&page=2"):
        assert "/groupes/textes" not in guest.get(nothing, htmx=True).text


def test_one_letter_leaves_the_list_as_it_is(settled, guest):
    assert guest.get("/groupes?q=l", htmx=True).status_code == 204
    assert guest.get("/groupes?q=l").status_code == 200


def test_without_an_index_names_are_searched_and_the_page_says_so(settled, guest, lose_index):
    lose_index()
    page = guest.get("/groupes?q=bocage").text
    assert "#insoumis-bocage" in page
    assert "La recherche se remet en état" in page
    index_changes()
    assert "La recherche se remet en état" not in guest.get("/groupes?q=bocage").text


def test_the_number_of_queries_does_not_grow_with_the_results(settled, bob, caplog):
    def queries():
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "peewee"):
            bob.get("/groupes?q=insoumis")
        return len([record for record in caplog.records if record.name == "peewee"])

    queries()
    few = queries()
    for number in range(15):
        groups.create(
            world.member("Alice"),
            groups.GroupSettings(f"Insoumis {number}", tags=("genêt",)),
            f"insoumis-genet-{number}",
        )
    index()
    assert queries() <= few + 2


@pytest.mark.parametrize("typed", ["'", '"', "%", "_", "\\", "((", "a" * 2000, "🌿", "* OR 1", "٣", "-", "l'"])
def test_whatever_is_typed_gets_an_answer(settled, guest, typed):
    assert guest.get("/groupes", query_string={"q": typed, "page": "x", "lieu": typed, "tag": typed}).status_code == 200
    assert guest.get("/recherche", query_string={"q": typed, "type": typed}).status_code == 200


def index():
    while index_changes():
        pass


def quoted(typed):
    return typed.replace("#", "%23").replace(" ", "+")


def handles(visitor, typed):
    return [group["handle"] for group in visitor.get("/groupes.json", query_string={"q": typed}).json["groups"]]
