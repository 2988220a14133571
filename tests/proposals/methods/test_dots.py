"""A budget of points to spread."""

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of

DOTS = METHODS["dots"]
IDEAS = {"1": "Une cantine", "2": "Un journal", "3": "Une chorale"}
ballots = st.lists(st.fixed_dictionaries({}, optional={name: st.integers(1, 10) for name in IDEAS}), max_size=20)


def counted(marks):
    return DOTS.count(profile_of(marks), IDEAS, {})


def test_points_add_up_and_the_most_win():
    """Hand count: 7 + 2 = 9 points for the canteen, 3 for the paper, 5 + 3 = 8 for the choir."""
    tally = counted([{"1": 7, "2": 3}, {"3": 5}, {"1": 2, "3": 3}])
    assert tally.scores == {"1": 9, "2": 3, "3": 8}
    outcome = DOTS.outcome(tally, IDEAS, {}, 9)
    assert outcome.sentences[0] == "Choix retenu : « Une cantine », 9 points."
    rows = DOTS.rows(tally, IDEAS, {})
    assert next((row.figure, row.whole, row.note) for row in rows) == ("9 points", 20, "de 2 personnes")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Donnez au moins un point."),
        ({"option-1": "0"}, "Donnez au moins un point."),
        ({"option-1": "6", "option-2": "5"}, "Vous avez donné 11 points : vous en avez 10."),
        ({"option-7": "1"}, "Répondez sur les options proposées."),
        ({"option-1": "11"}, "Un nombre entier de 0 à 10."),
        ({"option-1": "-3", "option-2": "4"}, "Un nombre entier de 0 à 10."),
        ({"option-1": "2,5"}, "Un nombre entier de 0 à 10."),
    ],
)
def test_one_spends_no_more_than_the_budget(typed, sentence):
    assert list(DOTS.validate(typed, IDEAS, {"budget": 10})[1].values()) == [sentence]


def test_one_need_not_spend_it_all():
    assert DOTS.validate({"option-1": "4", "option-2": "0", "option-3": ""}, IDEAS, {"budget": 10}) == ({"1": 4}, {})
    assert DOTS.validate({"option-1": "10"}, IDEAS, {"budget": 10}) == ({"1": 10}, {})


@pytest.mark.parametrize("budget", ["0", "1001", "dix"])
def test_the_budget_has_its_bounds(budget):
    assert list(DOTS.read_settings({"budget": budget})[1]) == ["budget"]
    assert DOTS.read_settings({})[0] == {"budget": 10, "quorum": 0}


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_ballots_weighs_nothing_and_the_sums_agree(marks, shuffler):
    tally = counted(marks)
    shuffler.shuffle(marks)
    assert counted(marks) == tally
    assert sum(tally.scores.values()) == sum(sum(each.values()) for each in marks)


@given(ballots)
def test_more_points_never_hurt_the_winner(marks):
    winner = DOTS.rank(counted(marks))[0][0]
    assert DOTS.rank(counted([*marks, {winner: 10}]))[0] == (winner,)
