"""Scores from 0 to 5."""

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of

SCORE = METHODS["score"]
CITIES = {"1": "Memphis", "2": "Nashville", "3": "Chattanooga", "4": "Knoxville"}
ballots = st.lists(st.fixed_dictionaries({}, optional={name: st.integers(0, 5) for name in CITIES}), max_size=20)


def counted(marks):
    return SCORE.count(profile_of(marks), CITIES, {})


def test_tennessee_scores_its_cities_by_distance():
    """100 voters, 0 to 5 by distance: the sums 42*5+26*1, 42*2+26*5+15*3+17*2, … are worked out by hand."""
    wishes = [(42, (5, 2, 1, 0)), (26, (1, 5, 3, 2)), (15, (0, 3, 5, 4)), (17, (0, 2, 4, 5))]
    tally = counted([dict(zip(CITIES, wish, strict=True)) for number, wish in wishes for _ in range(number)])
    assert tally.scores == {"1": 236, "2": 293, "3": 263, "4": 197}
    assert tally.grades["2"] == (0, 0, 59, 15, 0, 26)
    outcome = SCORE.outcome(tally, CITIES, {}, 100)
    assert outcome.sentences[0] == "Choix retenu : « Nashville », 2,93 sur 5 en moyenne."
    assert outcome.sentences[1] == "Détail : Nashville : 2,93, Chattanooga : 2,63, Memphis : 2,36, Knoxville : 1,97."


def test_without_a_score_an_option_gets_nothing():
    tally = counted([{"1": 5}, {"2": 3}])
    assert tally.grades["1"] == (1, 0, 0, 0, 0, 1)
    assert [row.figure for row in SCORE.rows(tally, CITIES, {})] == ["2,5", "1,5", "0", "0"]


def test_a_ballot_scores_options_from_0_to_5():
    assert SCORE.validate({"option-1": "5", "option-3": "0", "option-2": " "}, CITIES, {}) == ({"1": 5, "3": 0}, {})


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, ["choice"]),
        ({"option-1": ""}, ["choice"]),
        ({"option-9": "1"}, ["choice"]),
        ({"choice": "1"}, ["choice"]),
        ({"option-1": "6", "option-2": "-1", "option-3": "4"}, ["option-1", "option-2"]),
        ({"option-1": "²"}, ["option-1"]),
        ({"option-1": "9" * 5000}, ["option-1"]),
    ],
)
def test_a_wrong_score_is_told_beside_it(typed, fields):
    assert list(SCORE.validate(typed, CITIES, {})[1]) == fields


def test_equal_sums_are_a_tie():
    outcome = SCORE.outcome(counted([{"1": 5}, {"4": 5}]), CITIES, {}, 9)
    assert (outcome.status, outcome.chosen) == ("tie", ("1", "4"))


def test_averages_that_look_equal_say_what_parts_them():
    """By hand: 400 ballots of 3 for both, one that gives 4 to the first: 1,204 points and 1,203 on 401 ballots."""
    tally = counted([{"1": 3, "2": 3}] * 400 + [{"1": 4, "2": 3}])
    outcome = SCORE.outcome(tally, CITIES, {}, 500)
    assert (outcome.status, outcome.chosen) == ("chosen", ("1",))
    first, detail = (sentence.replace("\u202f", " ").replace("\u00a0", " ") for sentence in outcome.sentences)
    assert "3 sur 5 en moyenne, 1 204 points" in first
    assert "3 sur 5 en moyenne, 1 203 points" in detail


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_ballots_weighs_nothing_and_the_sums_agree(marks, shuffler):
    tally = counted(marks)
    shuffler.shuffle(marks)
    assert counted(marks) == tally
    for name, given_ in tally.grades.items():
        assert sum(given_) == tally.voters == len(marks)
        assert sum(value * number for value, number in enumerate(given_)) == tally.scores[name]


@given(ballots)
def test_a_top_score_never_hurts_the_winner(marks):
    winner = SCORE.rank(counted(marks))[0][0]
    assert SCORE.rank(counted([*marks, {winner: 5}]))[0] == (winner,)
