"""One page a tag, whatever the spelling asked for, showing to each what they may read."""

import pytest

from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.tags import actions, queries
from tests import world
from tests.tags.made import latest


@pytest.fixture
def retraites(site):
    """Two open groups and a secret one that bear the tag, each in a spelling of its own; one discussion."""
    alice = world.member("Alice")
    groups.create(alice, groups.GroupSettings("Temps libre", tags=("retraites",)), "temps-libre")
    groups.create(alice, groups.GroupSettings("Caisse commune", tags=("Retraite",)), "caisse")
    secret = groups.create(
        alice, groups.GroupSettings("Chut", tags=("RETRAITES",), visibility="secret", joining="invitation"), "chut"
    )
    discussions.open(alice, world.group("insoumis-087"), "Partir à soixante ans", "Comment ?", ["retraites"])
    discussions.open(alice, secret, "Entre nous", "Chut.", ["retraite"])
    return queries.resolve("retraite")


@pytest.fixture
def words(site):
    with transaction():
        return {name: actions.ensure(name) for name in ("numérique", "informatique")}


def test_any_spelling_moves_to_the_one_shown(guest, retraites):
    for spelling in ("retraite", "RETRAITES", "#retraites", "Retraite"):
        answer = guest.get(f"/t/{spelling.replace('#', '%23')}?page=2")
        assert (answer.status_code, answer.location) == (301, "/t/retraites?page=2"), spelling
    assert guest.get("/t/retraites").status_code == 200


def test_a_synonym_moves_to_what_it_is_a_synonym_of(guest, words):
    actions.propose(world.member("Modeste"), words["informatique"], "numérique")
    assert guest.get("/t/numerique").location == "/t/informatique"
    assert guest.get("/t/num%C3%A9rique.json").location == "/t/informatique.json"
    assert "numérique" in guest.get("/t/informatique").text


def test_everybody_reads_what_they_may_under_all_spellings(guest, alice, bob, retraites):
    for visitor in (guest, bob):
        page = visitor.get("/t/retraites").text
        assert "Temps libre" in page
        assert "Caisse commune" in page
        assert "Partir à soixante ans" in page
        assert "Chut" not in page
        assert "Entre nous" not in page
    page = alice.get("/t/retraites").text
    assert "Chut" in page
    assert "Entre nous" in page


def test_the_data_of_a_tag_count_only_what_one_may_read(guest, alice, bob, retraites):
    actions.follow(world.member("Bob"), retraites)
    assert guest.get("/t/retraites.json").json == {
        "tag": "retraites",
        "synonyms": [],
        "followers_count": 1,
        "taggings_count": 3,
    }
    assert alice.get("/t/retraites.json").json["taggings_count"] == 5


def test_the_first_words_of_the_site_are_in_the_data(guest, site):
    actions.seed()
    answer = guest.get("/t/insoumis.json").json
    assert [(row["name"], row["state"], row["proposed_by"]) for row in answer["synonyms"]] == [
        ("insoumise", "accepted", None)
    ]
    assert answer["synonyms"][0]["decided_at"]
    assert guest.get("/t/insoumise").location == "/t/insoumis"


def test_a_word_nobody_uses_has_a_page_that_shows_what_is_close(guest, retraites):
    answer = guest.get("/t/retraités")
    assert answer.status_code == 200
    assert "Rien ne porte encore ce mot" in answer.text
    assert 'href="/t/retraites"' in answer.text
    assert guest.get("/t/rien-du-tout").status_code == 200


def test_a_word_of_a_secret_group_is_for_a_stranger_a_word_nobody_uses(alice, bob, guest, site):
    talk = discussions.open(world.member("Alice"), world.group("veilleuses"), "Entre nous", "Chut.", ["glaïeul"])
    assert "Entre nous" in alice.get("/t/glaïeul").text
    assert "glaïeul" in alice.get("/t?q=glaï").text
    for visitor in (bob, guest):
        page, nothing = visitor.get("/t/glaïeul"), visitor.get("/t/glaïeux")
        assert page.status_code == nothing.status_code == 200
        assert page.text.replace("glaïeul", "glaïeux").count("<h2>") == nothing.text.count("<h2>")
        assert visitor.get("/t/GLAÏEULS").status_code == 200
        assert visitor.get("/t/glaïeul.json").status_code == 404
        assert "/t/glaïeul" not in visitor.get("/t?q=glaï").text
        assert 'href="/t/gla' not in nothing.text
    assert bob.post("/t/glaïeul/abonnement").status_code == 404
    assert talk.key not in guest.get("/t/glaïeul").text


def test_odd_words_lead_nowhere(guest, site):
    assert guest.get("/t/2027").status_code == 404
    assert guest.get("/t/%3Cb%3E").status_code == 404
    assert guest.get("/t/rien.json").status_code == 404


def test_places_stand_on_the_page_of_their_word(guest, site):
    with transaction():
        for typed in ("insoumis", "insoumise-87"):
            actions.ensure(typed)
    assert 'href="/t/insoumise-87"' in guest.get("/t/insoumis").text


def test_while_typing_one_sees_what_exists(guest, site, retraites):
    answer = guest.get("/t?tags=eau+retraites", htmx=True).text
    assert "qui existe déjà" in answer
    assert "<html" not in answer
    assert "Est-ce le même mot que" in guest.get("/t?q=retraités", htmx=True).text
    assert "nouveau mot-clé" in guest.get("/t?q=zorglub", htmx=True).text
    page = guest.get("/t?q=retraites")
    assert page.status_code == 200
    assert answer.strip() in guest.get("/t?q=retraites").text
    assert guest.get("/t").status_code == 200


@pytest.mark.parametrize("path", ["/t/retraites", "/t/retraites.json"])
def test_a_reader_gets_no_cookie(guest, retraites, path):
    assert "Set-Cookie" not in guest.get(path).headers


def test_queries_of_a_page_do_not_grow_with_its_rows(guest, retraites, counted):
    few = counted(lambda: guest.get("/t/retraites"))
    for number in range(8):
        groups.create(
            world.member("Alice"), groups.GroupSettings(f"Groupe {number}", tags=("retraites",)), f"groupe-{number}"
        )
        discussions.open(world.member("Alice"), world.group("insoumis-087"), f"Sujet {number}", "…", ["retraite"])
    assert counted(lambda: guest.get("/t/retraites")) == few


@pytest.fixture
def counted(monkeypatch):
    """How many queries a call makes."""
    from forum.database.connection import database

    def count(call):
        made = []
        execute = type(database.obj).execute_sql

        def counting(self, sql, *more, **named):
            made.append(sql)
            return execute(self, sql, *more, **named)

        with monkeypatch.context() as patch:
            patch.setattr(type(database.obj), "execute_sql", counting)
            call()
        return len(made)

    return count


def test_the_list_of_synonyms_says_who_when_and_why(guest, words):
    actions.propose(world.member("Alice"), words["informatique"], "numérique", "=On dit les deux.")
    page = guest.get("/synonymes").text
    assert "numérique = informatique" in page
    assert "Alice" in page
    assert "=On dit les deux." in page
    answer = guest.get("/synonymes.csv")
    assert answer.mimetype == "text/csv"
    rows = answer.text.splitlines()
    assert rows[0] == "name,tag,state,proposed_by,reason,created_at,decided_at"
    assert rows[-1].startswith("numérique,informatique,proposed,Alice,'=On dit les deux.,20")
    assert guest.get(f"/synonymes/{latest().id}").status_code == 200
    assert guest.get("/synonymes/999").status_code == 404
