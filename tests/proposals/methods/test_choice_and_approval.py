"""One option among several, and every option that suits: ballots, places, ties."""

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of

CHOICE, APPROVAL = METHODS["choice"], METHODS["approval"]
# The capital of Tennessee, the usual example of voting theory: % of voters, cities from the nearest to the farthest.
CITIES = {"1": "Memphis", "2": "Nashville", "3": "Chattanooga", "4": "Knoxville"}
VOTERS = [(42, "1234"), (26, "2341"), (15, "3421"), (17, "4321")]


def test_each_names_the_nearest_city_and_memphis_wins():
    tally = CHOICE.count(profile_of([{wish[0]: 1} for number, wish in VOTERS for _ in range(number)]), CITIES, {})
    assert tally.counts == {"1": 42, "2": 26, "3": 15, "4": 17}
    assert CHOICE.rank(tally) == (("1",), ("2",), ("4",), ("3",))
    outcome = CHOICE.outcome(tally, CITIES, {}, 100)
    assert (outcome.status, outcome.chosen) == ("chosen", ("1",))
    assert outcome.sentences[0] == "Choix retenu : « Memphis », 42 voix sur 100."


def test_each_approves_the_two_nearest_cities_and_nashville_wins():
    ballots = [{wish[0]: 1, wish[1]: 1} for number, wish in VOTERS for _ in range(number)]
    tally = APPROVAL.count(profile_of(ballots), CITIES, {})
    assert tally.counts == {"1": 42, "2": 68, "3": 58, "4": 32}
    assert tally.voters == 100
    assert APPROVAL.outcome(tally, CITIES, {}, 100).chosen == ("2",)


@pytest.mark.parametrize("method", [CHOICE, APPROVAL])
def test_options_that_are_level_are_shown_together(method):
    tally = method.count(profile_of([{"1": 1}, {"4": 1}]), CITIES, {})
    assert method.rank(tally) == (("1", "4"), ("2", "3"))
    outcome = method.outcome(tally, CITIES, {}, 9)
    assert (outcome.status, outcome.chosen) == ("tie", ("1", "4"))
    assert outcome.sentences[0].startswith("Égalité entre « Memphis » et « Knoxville », 1 voix")


@pytest.mark.parametrize("method", [CHOICE, APPROVAL])
def test_nobody_or_too_few_decide_nothing(method):
    empty = method.count({}, CITIES, {})
    assert method.outcome(empty, CITIES, {}, 9).status == "empty"
    one = method.count(profile_of([{"1": 1}]), CITIES, {})
    assert method.outcome(one, CITIES, {"quorum": 50}, 9).status == "no_quorum"


@pytest.mark.parametrize("typed", [{}, {"choice": "5"}, {"choice": "agree"}, {"option-1": "1"}])
def test_a_choice_is_one_of_the_options(typed):
    assert list(CHOICE.validate(typed, CITIES, {})[1]) == ["choice"]
    assert CHOICE.validate({"choice": "3"}, CITIES, {}) == ({"3": 1}, {})


@pytest.mark.parametrize(
    "typed", [{}, {"option-9": "1"}, {"option-1": "2"}, {"option-1": "0"}, {"option-1": "1", "option-": "1"}]
)
def test_an_approval_ticks_options_that_exist(typed):
    assert list(APPROVAL.validate(typed, CITIES, {})[1]) == ["choice"]


def test_an_approval_ticks_as_many_as_suit():
    assert APPROVAL.validate({"option-1": "1", "option-2": "0", "option-4": "1"}, CITIES, {}) == ({"1": 1, "4": 1}, {})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("une seule", "Écrivez au moins deux options, une par ligne."),
        ("Bellac\n bellac ", "Deux options se lisent de même."),
        ("\n".join(f"salle {i}" for i in range(31)), "Trente options au plus : il y en a 31."),
        ("a" * 161 + "\nb", "Une option tient en 160 caractères."),
    ],
)
def test_the_options_typed_must_make_a_choice(typed, sentence):
    assert CHOICE.read_options(typed)[1] == {"options": sentence}


def test_the_options_are_typed_one_a_line():
    assert CHOICE.read_options(" Bellac \r\n\r\nLe  Dorat\n") == ({"1": "Bellac", "2": "Le Dorat"}, {})


@given(st.lists(st.sets(st.sampled_from(sorted(CITIES)), min_size=1)), st.randoms(use_true_random=False))
def test_the_order_of_ballots_weighs_nothing_and_the_sums_agree(ballots, shuffler):
    marks = [dict.fromkeys(names, 1) for names in ballots]
    tally = APPROVAL.count(profile_of(marks), CITIES, {})
    shuffler.shuffle(marks)
    assert APPROVAL.count(profile_of(marks), CITIES, {}) == tally
    assert tally.counts == {name: sum(name in ballot for ballot in ballots) for name in CITIES}


@given(st.lists(st.sets(st.sampled_from(sorted(CITIES)), min_size=1), min_size=1))
def test_approving_the_winner_once_more_leaves_it_winning(ballots):
    marks = [dict.fromkeys(names, 1) for names in ballots]
    winners = APPROVAL.rank(APPROVAL.count(profile_of(marks), CITIES, {}))[0]
    again = APPROVAL.rank(APPROVAL.count(profile_of([*marks, {winners[0]: 1}]), CITIES, {}))[0]
    assert again == (winners[0],)
