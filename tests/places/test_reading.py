"""Reading a typed query as places."""

import tracemalloc
from pathlib import Path

import pytest

from forum.database.connection import database
from forum.places import kept, queries

HERE = Path(__file__).parent
LEAST_RIGHT = 0.97


def table(name: str) -> list[tuple[str, list[str]]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(query, codes.split()) for query, _, codes in (line.partition("\t") for line in lines)]


def codes(text: str) -> list[str]:
    return list(dict.fromkeys(place.code for place in queries.read(text).places))


def is_right(query: str, expected: list[str]) -> bool:
    found = codes(query)
    return found[: len(expected)] == expected and bool(found) == bool(expected)


@pytest.mark.parametrize("name", ["queries.tsv", "more_queries.tsv"])
def test_queries_as_members_type_them_find_their_place(loaded, name):
    rows = table(name)
    misses = [
        f"{query!r}: {codes(query)[:4]} instead of {expected}"
        for query, expected in rows
        if not is_right(query, expected)
    ]
    print(*misses, sep="\n")
    assert len(rows) > 300
    assert 1 - len(misses) / len(rows) >= LEAST_RIGHT


@pytest.mark.parametrize(("query", "expected"), table("two_clues.tsv"), ids=lambda value: str(value))
def test_of_two_clues_the_stronger_wins(loaded, query, expected):
    assert is_right(query, expected), codes(query)[:4]


def test_what_stands_beside_a_postal_code_and_is_no_address_is_kept(loaded):
    assert queries.read("87000 collage d’affiches").rest == "collage d’affiches"
    assert queries.read("13016 l’estaque").rest == "l’estaque"
    assert queries.read("33077 bordeaux cedex").rest == ""


def test_a_circonscription_that_does_not_exist_says_how_many_there_are(loaded):
    reading = queries.read("87-8")
    assert [place.code for place in reading.places] == ["087"]
    assert "Haute-Vienne" in reading.sentence
    assert "3 circonscriptions" in reading.sentence


def test_circo_without_a_place_asks_which(loaded):
    reading = queries.read("12e circo")
    assert reading.places == ()
    assert reading.sentence.startswith("De quel département")


def test_a_town_of_several_circonscriptions_lists_them_all(loaded):
    (limoges,) = queries.read("limoges").places
    assert limoges.constituencies == ("087-01", "087-02", "087-03")
    assert limoges.within == "Haute-Vienne"


def test_a_much_larger_commune_folds_its_homonyms(loaded):
    reading = queries.read("montreuil")
    assert [place.name for place in reading.places] == ["Montreuil"]
    assert {place.name for place in reading.others} <= {"Montreuil", "Montreuil-sur-Mer"}
    assert len(reading.others) >= 2


def test_homonyms_of_like_size_are_all_offered(loaded):
    assert codes("saint denis")[:2] == ["97411", "93066"]
    assert "portent ce nom" in queries.read("saint denis").sentence


def test_a_typo_says_what_was_understood(loaded):
    assert queries.read("monpellier").sentence == "Nous avons compris «\u202fMontpellier\u202f»."
    assert queries.read("montpellier").sentence == ""


@pytest.mark.parametrize(
    ("query", "code", "rest"),
    [
        ("87 informatique", "087", "informatique"),
        ("tractage 93", "093", "tractage"),
        ("retraites limoges", "87085", "retraites"),
        ("Écologie à Saint-Denis (93) samedi", "93066", "Écologie samedi"),
        ("réunion 087-03 lundi", "087-03", "réunion lundi"),
    ],
)
def test_a_place_inside_a_longer_query_leaves_the_other_words_as_typed(loaded, query, code, rest):
    reading = queries.read(query)
    assert reading.is_filter
    assert (reading.places[0].code, reading.rest) == (code, rest)


def test_a_query_that_is_a_place_leaves_nothing(loaded):
    reading = queries.read("#insoumis-087-03")
    assert (reading.places[0].code, reading.rest, reading.is_filter) == ("087-03", "", False)


@pytest.mark.parametrize(("query", "commune"), [("mer", "Mer"), ("l’union", "L’Union"), ("Croix", "Croix")])
def test_an_everyday_word_is_only_suggested_as_a_commune(loaded, query, commune):
    reading = queries.read(query)
    assert (reading.places, reading.rest) == ((), query)
    assert commune in {place.name for place in reading.suggestions}


def test_a_country_beside_a_theme_is_not_a_filter_but_beside_group_words_it_is(loaded):
    assert codes("solidarité ukraine") == []
    assert codes("groupe insoumis belgique") == ["099-04"]


def test_the_first_figures_of_a_corsican_postal_code_choose_the_right_departement(loaded):
    assert (codes("20099"), codes("20699"), codes("20999")) == (["02A"], ["02B"], ["02A", "02B"])


def test_a_commune_may_vote_in_another_departement(loaded):
    (place, *_) = queries.read("vallons de l'erdre").places
    assert (place.departements, place.constituencies) == (("044",), ("044-06", "049-07"))


@pytest.mark.parametrize(
    "typed", ["", " ", "'", "%", "\x00", "a" * 5_000, "87 " * 500, "²", "٣", "12²", "1-", "-1", "é\u0301", "%s", "?"]
)
def test_whatever_is_typed_is_read_without_failing(loaded, typed):
    assert queries.read(typed).typed == typed


def test_what_is_kept_of_places_is_small(loaded, monkeypatch):
    monkeypatch.setattr(kept, "_kept", [])
    typed = [query for query, _ in table("queries.tsv")]
    tracemalloc.start()
    for query in typed:
        queries.read(query)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 8_000_000


def test_once_places_are_read_nothing_is_asked_of_the_database(loaded, monkeypatch):
    queries.read("limogse")
    monkeypatch.setattr(database.obj, "execute_sql", None)
    for query, _ in table("queries.tsv"):
        queries.read(query)


def test_places_read_before_there_are_any_are_read_again(loaded, monkeypatch):
    monkeypatch.setattr(kept, "_kept", [])
    monkeypatch.setattr(kept, "_rows", lambda *_: iter(()))
    assert queries.read("limoges").places == ()
    monkeypatch.undo()
    assert codes("limoges") == ["87085"]


def test_a_town_is_found_by_the_beginning_that_people_call_it_by(loaded):
    assert codes("boulogne") == ["92012", "62160"]
    assert codes("porte à porte ivry") == ["94041"]
    assert codes("clermont")[-1] == "63113"


def test_a_commune_merged_into_another_weighs_less_than_those_still_so_called(loaded):
    assert codes("evry")[0] == "91228"
    assert codes("freigné") == ["44180"]
    assert "27213" not in codes("fontenay")


def test_a_name_written_as_it_is_heard_is_recognised(loaded):
    assert codes("bordo") == ["33063"]
    assert codes("corez") == ["019", "099-11"]
