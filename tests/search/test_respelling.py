"""Another spelling where little is found, never in words that its reader may not read."""

import pytest

from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.search.engines import in_use as engines
from forum.search.queries import respelling
from tests import world
from tests.guards.test_queries import questions
from tests.search.test_searching import SECRET, index, whispered  # noqa: F401

SLIPS = (f"{SECRET}r", SECRET[1:], SECRET.replace("op", "po"), SECRET.replace("pendre", "pandre"))


@pytest.fixture
def written(site):
    """Words that stand in a title, in a text, in an answer, in the name of a group."""
    alice = world.member("Alice")
    groups.create(alice, groups.GroupSettings("Clématites du bocage"), "clematites")
    opened = discussions.open(alice, world.group("insoumis-087"), "Nos rivières", "Une loutre à Limoges.")
    discussions.comment(alice, opened, "Et des écrevisses.")
    index()
    return site


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rivierre", "rivières"),
        ("riviare", "rivières"),
        ("lotures", "loutre"),
        ("lutre", "loutre"),
        ("louttre", "loutre"),
        ("clemattites", "clématites"),
        ("ecreviss", None),
        ("écrevvisses", "écrevisse"),
        ("nos lotures", "nos loutre"),
        ("lotures rivierre", "loutre rivières"),
        ("loutre", None),
        ("loutr", None),
        ("lou", None),
        ("zzyzx", None),
        ("limgoes 49.3", None),
    ],
)
def test_one_slip_is_helped_in_words_that_find_something(written, guest, typed, offered):
    answer = guest.get("/recherche.json", query_string={"q": typed}).json
    assert answer["suggestion"] == offered
    if offered:
        assert guest.get("/recherche.json", query_string={"q": offered}).json["results"]


def test_the_page_offers_a_link_that_keeps_the_rest(written, guest):
    page = guest.get("/recherche?q=lotures&auteur=Alice").text
    assert 'Vouliez-vous dire «\u202f<a href="/recherche?q=loutre&amp;auteur=Alice">loutre</a>\u202f»\u202f?' in page
    assert "Vouliez-vous" not in guest.get("/recherche?q=lotures&auteur=Bob").text
    assert "Vouliez-vous" not in guest.get("/recherche?q=lotures&type=proposition").text
    assert "Vouliez-vous" not in guest.get("/recherche?q=loutre").text


def test_the_page_of_groups_offers_it_too(written, guest):
    for typed, offered in (("clemattites", "clématites"), ("lotures", "loutre"), ("lotures limoges", "loutre limoges")):
        page = guest.get("/groupes", query_string={"q": typed}).text
        assert 'Vouliez-vous dire «\u202f<a href="/groupes?q=' in page, typed
        assert f">{offered}</a>\u202f»\u202f?" in page
    for typed in ("clem", "clématites", "loutre", "limoges", "limgoes", "zzyzx", "lotures&tag=insoumise"):
        assert "Vouliez-vous" not in guest.get(f"/groupes?q={typed}").text, typed


def test_while_one_types_it_comes_once_the_typing_rests(written, guest):
    typed = guest.get("/groupes?q=clemattites", htmx=True).text
    assert 'data-hx-get="/groupes/textes?q=clemattites"' in typed
    assert "Vouliez-vous" not in typed
    helped = guest.get("/groupes/textes?q=clemattites", htmx=True).text
    assert '<div id="spelling" role="status" data-hx-swap-oob="innerHTML">' in helped
    assert ">clématites</a>" in helped
    assert helped[helped.index("<p>Vouliez") :].strip() in guest.get("/groupes?q=clemattites").text
    assert "Vouliez-vous" not in guest.get("/groupes/textes?q=clematites", htmx=True).text


def test_where_enough_is_found_nothing_is_offered(written, guest):
    for number in range(3):
        discussions.open(world.member("Alice"), world.group("insoumis"), f"Lutre {number}", "Un nom propre.")
    index()
    assert "Vouliez-vous" not in guest.get("/recherche?q=lutre").text


def test_strangers_are_never_offered_the_words_of_a_secret_group(whispered, guest, bob, charlie):  # noqa: F811
    discussions.open(world.member("Alice"), world.group("insoumis"), "Une loutre", "Elle nage.")
    index()
    for visitor in (guest, bob, charlie):
        for slip in (*SLIPS, "veileuses", "veilleusess"):
            for typed in (slip, f"loutre {slip}"):
                answer = visitor.get("/recherche.json", query_string={"q": typed}).json
                assert answer["suggestion"] is None
                for path in ("/recherche", "/groupes"):
                    assert "Vouliez-vous" not in visitor.get(path, query_string={"q": typed}).text


def test_its_members_are_offered_them(whispered, alice):  # noqa: F811
    for slip in SLIPS:
        assert alice.get("/recherche.json", query_string={"q": slip}).json["suggestion"] == SECRET
        assert f">{SECRET}</a>" in alice.get("/groupes", query_string={"q": slip}).text


def test_nor_those_of_a_group_that_has_just_turned_secret(written, guest, bob, alice):
    Group.update(visibility="secret").where(Group.handle.in_(["clematites", "insoumis-087"])).execute()
    for visitor in (guest, bob):
        for slip in ("clemattites", "lotures", "écrevvisses", "rivierre"):
            assert visitor.get("/recherche.json", query_string={"q": slip}).json["suggestion"] is None
    assert alice.get("/recherche.json?q=lotures").json["suggestion"] == "loutre"


def test_nor_those_that_a_closed_group_keeps_to_itself(site, guest, alice):
    closed = groups.create(
        world.member("Alice"), groups.GroupSettings("Clairière", visibility="ferme", joining="demande"), "clairiere"
    )
    discussions.open(world.member("Alice"), closed, "Le muscardin", "Il dort.")
    index()
    assert guest.get("/recherche.json?q=muscadin").json["suggestion"] is None
    assert alice.get("/recherche.json?q=muscadin").json["suggestion"] == "muscardin"


def test_the_index_tells_each_its_own_words_alone(whispered):  # noqa: F811
    engine, secret = engines.engine(), world.group("veilleuses").id
    for shelf in ("groupes", "textes"):
        assert engine.known(shelf, {SECRET, "insoumi"}, frozenset()) <= {"insoumi"}
        assert SECRET in engine.known(shelf, {SECRET, "insoumi"}, frozenset({secret}))


def test_help_costs_a_bounded_number_of_questions(written, bob):
    before = questions(bob, "/recherche?q=lotures+rivierre")
    for number in range(12):
        discussions.open(
            world.member("Alice"), world.group("insoumis"), f"Rivières {number}", "Une loutre, une foutre."
        )
    index()
    assert questions(bob, "/recherche?q=lotures+rivierre") <= before + 12
    assert questions(bob, "/recherche?q=aaaaz+bbbbz+ccccz+ddddz+eeeez+ffffz+ggggz") <= 60


def test_without_an_index_nothing_is_offered(written, guest, lose_index):
    lose_index()
    assert guest.get("/recherche.json?q=lotures").json["suggestion"] is None


def test_one_slip_is_a_letter_too_many_missing_other_or_displaced():
    near = respelling.neighbours("loutre")
    assert {"lotre", "louttre", "loutra", "loture", "outre", "zloutre", "loutrez"} <= near
    assert not {"loutre", "lotrue", "luotrez", "lore"} & near
