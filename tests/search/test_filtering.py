"""Narrowing a search: by kind, group, place, tag, author, date; and what a filter never gives away."""

from datetime import UTC, datetime

import pytest

from forum.database import clock
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.groups import actions as groups
from forum.groups.models import Membership
from forum.search.actions import index_changes
from tests import world
from tests.guards.test_fragments import steady
from tests.search.test_searching import SECRET, _shape, found, index, propose, whispered  # noqa: F401

JANUARY, MARCH = datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def written(site):
    """The same word in two groups, by two people, at two dates, under two tags."""
    alice, charlie = world.member("Alice"), world.member("Charlie")
    with clock.at(JANUARY):
        discussions.open(alice, world.group("insoumis-087"), "Une loutre", "Elle nage.", ["eau"])
        discussions.open(charlie, world.group("insoumis-023"), "La loutre", "Elle plonge.", ["rivière"])
    with clock.at(MARCH):
        discussions.open(alice, world.group("insoumis"), "Notre loutre", "Elle dort.", ["rivière"])
    propose(charlie, world.group("insoumis-023"), "Loger la loutre", "Un abri.")
    index()
    return site


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({}, {"Une loutre", "La loutre", "Notre loutre", "Loger la loutre"}),
        ({"type": "proposition"}, {"Loger la loutre"}),
        ({"groupe": "insoumis-087"}, {"Une loutre"}),
        ({"groupe": "#Insoumis-087 "}, {"Une loutre"}),
        ({"groupe": "＃insoumis-087"}, {"Une loutre"}),
        ({"lieu": "87"}, {"Une loutre"}),
        ({"lieu": "Limoges"}, {"Une loutre"}),
        ({"lieu": "87000"}, {"Une loutre"}),
        ({"lieu": "023"}, {"La loutre", "Loger la loutre"}),
        ({"tag": "rivieres"}, {"La loutre", "Notre loutre"}),
        ({"tag": "#eau"}, {"Une loutre"}),
        ({"tag": "＃eau"}, {"Une loutre"}),
        ({"auteur": "charlie"}, {"La loutre", "Loger la loutre"}),
        ({"auteur": "@Alice"}, {"Une loutre", "Notre loutre"}),
        ({"auteur": "＠Alice"}, {"Une loutre", "Notre loutre"}),
        ({"du": "2026-03-10", "au": "2026-03-10"}, {"Notre loutre"}),
        ({"au": "2026-01-31"}, {"Une loutre", "La loutre"}),
        ({"du": "2026-02-01"}, {"Notre loutre", "Loger la loutre"}),
        ({"auteur": "Alice", "au": "2026-02-01"}, {"Une loutre"}),
        ({"auteur": "Alice", "lieu": "23"}, set()),
    ],
)
def test_each_filter_keeps_what_answers_it(written, guest, filters, titles):
    assert titles_for(guest, q="loutre", **filters) == titles


def test_filters_need_no_word(written, guest):
    assert titles_for(guest, auteur="Charlie") == {"La loutre", "Loger la loutre"}
    assert titles_for(guest, tag="riviere") == {"La loutre", "Notre loutre"}
    assert "#insoumis-087" in guest.get("/recherche?lieu=87").text


def test_a_chosen_place_takes_the_place_of_the_one_typed(written, guest):
    assert titles_for(guest, q="loutre limoges", lieu="023") == {"La loutre", "Loger la loutre"}


@pytest.mark.parametrize("field", ["groupe", "lieu", "tag", "auteur", "du", "au"])
@pytest.mark.parametrize("value", ["zzyzx", "2026-99-01", "'", "%", "9999-12-31", "0001-01-01", "a" * 5000, "٣"])
def test_whatever_is_typed_in_a_filter_gets_an_answer(written, guest, field, value):
    answer = guest.get("/recherche", query_string={"q": "loutre", field: value})
    assert answer.status_code == 200
    if value == "zzyzx":
        assert "Rien ne répond" in answer.text


def test_the_address_says_everything_and_works_without_javascript(written, guest):
    page = guest.get("/recherche?q=loutre&auteur=Alice&du=2026-03-01").text
    assert '<form id="search" class="find" action="/recherche"' in page
    assert 'name="auteur" type="text" value="Alice"' in page
    assert 'name="du" type="date" value="2026-03-01"' in page
    assert page.count('form="search"') == 7
    assert "<summary>Filtrer (2)</summary>" in page
    assert 'href="/recherche?q=loutre&amp;du=2026-03-01"' in page
    assert 'href="/recherche?q=loutre&amp;type=discussion&amp;auteur=Alice&amp;du=2026-03-01"' in page
    assert "<summary>Filtrer</summary>" in guest.get("/recherche?q=loutre").text


def test_pages_keep_their_filters(site, guest):
    for number in range(23):
        discussions.open(world.member("Alice"), world.group("insoumis"), f"Loutre {number}", "Elle nage.")
    index()
    first = guest.get("/recherche.json?q=loutre&type=discussion&auteur=Alice&groupe=insoumis").json
    assert first["next"] == "/recherche.json?q=loutre&type=discussion&groupe=insoumis&auteur=Alice&page=2"
    second = guest.get(first["next"]).json
    assert (len(first["results"]), len(second["results"]), second["next"]) == (20, 3, None)
    page = guest.get("/recherche?q=loutre&type=discussion&auteur=Alice").text
    assert 'href="/recherche?q=loutre&amp;type=discussion&amp;auteur=Alice&amp;page=2"' in page


def test_an_answer_moves_a_discussion_to_its_date(written, guest):
    opened = Discussion.get(Discussion.title == "Une loutre")
    with clock.at(MARCH):
        discussions.comment(world.member("Alice"), opened, "Encore elle.")
    index()
    assert titles_for(guest, q="loutre", du="2026-03-10", au="2026-03-11") == {"Une loutre", "Notre loutre"}


def test_a_filter_on_a_secret_group_and_one_on_nothing_are_alike(whispered, guest, bob, charlie, alice):  # noqa: F811
    secrets = [("groupe", "veilleuses"), ("tag", SECRET), ("auteur", "Alice")]
    for visitor in (guest, bob, charlie):
        for name, value in secrets:
            for typed in ("", "passe", "veille"):
                answer = steady(visitor.get("/recherche", query_string={"q": typed, name: value}).text)
                nothing = steady(visitor.get("/recherche", query_string={"q": typed, name: "quetzalcoatlus"}).text)
                assert _shape(answer) == _shape(nothing)
                assert answer.replace(value, "…") == nothing.replace("quetzalcoatlus", "…")
    assert len(titles_for(alice, groupe="veilleuses")) == 2
    assert len(titles_for(alice, auteur="Alice", tag=SECRET)) == 1


def test_an_author_shows_only_by_what_each_reader_may_read(whispered, guest, bob, alice):  # noqa: F811
    discussions.open(world.member("Alice"), world.group("insoumis"), "Une loutre", "Elle nage.")
    closed = groups.create(
        world.member("Alice"), groups.GroupSettings("Clairière", visibility="ferme", joining="demande"), "clairiere"
    )
    discussions.open(world.member("Alice"), closed, "Le muscardin", "Il dort.")
    groups.join(world.member("Bob"), world.group("insoumis-087"))
    index()
    for visitor in (guest, bob):
        assert titles_for(visitor, auteur="Alice") == {"Une loutre"}
        assert titles_for(visitor, auteur="Bob") == set()
    assert len(titles_for(alice, auteur="Alice")) == 4


def test_who_left_a_secret_group_finds_its_texts_no_more_under_any_filter(whispered, alice):  # noqa: F811
    groups.leave(world.member("Alice"), world.group("insoumis-023"))
    group = world.group("veilleuses")
    Membership.update(member=world.member("Bob")).where(Membership.group == group).execute()
    assert titles_for(alice, auteur="Alice") == set()
    assert titles_for(alice, groupe="veilleuses") == set()


def test_without_an_index_filters_give_nothing_and_the_page_says_why(written, guest, lose_index):
    lose_index()
    page = guest.get("/recherche?q=loutre&auteur=Alice").text
    assert "La recherche se remet en état" in page
    assert "La loutre" not in page
    index_changes()
    assert titles_for(guest, q="loutre", auteur="Charlie") == {"La loutre", "Loger la loutre"}


def test_the_address_shared_bears_no_empty_field(guest, alice):
    asked = "q=loutre&groupe=&lieu=&tag=&auteur=Alice&du=&au="
    for visitor in (guest, alice):
        answer = visitor.get(f"/recherche?{asked}", htmx=True)
        assert answer.headers["HX-Replace-Url"] == "/recherche?q=loutre&auteur=Alice"
        assert visitor.get("/recherche?q=&groupe=", htmx=True).headers["HX-Replace-Url"] == "/recherche"
        assert visitor.get("/groupes?q=", htmx=True).headers["HX-Replace-Url"] == "/groupes"
        assert "HX-Replace-Url" not in visitor.get(f"/recherche?{asked}").headers


def titles_for(visitor, **asked):
    answer = visitor.get("/recherche.json", query_string=asked).json
    return {result["title"] for result in answer["results"] if result["type"] in ("discussion", "proposition")}
