"""Finding a date: yes, if need be, no."""

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of

DATES = METHODS["dates"]
DAYS = {"2026-11-28": "samedi 28 novembre 2026", "2026-11-29": "dimanche", "2026-12-01T20:00": "mardi à 20 h"}
ballots = st.lists(st.fixed_dictionaries({}, optional={name: st.integers(0, 2) for name in DAYS}), max_size=20)


def counted(marks):
    return DATES.count(profile_of(marks), DAYS, {})


@pytest.mark.parametrize(
    ("typed", "name", "label"),
    [
        ("2026-11-29", "2026-11-29", "dimanche 29 novembre 2026"),
        ("29/11/2026", "2026-11-29", "dimanche 29 novembre 2026"),
        ("2027-01-01 20:00", "2027-01-01T20:00", "vendredi 1er janvier 2027 à 20 h"),
        ("2027-01-01T20:30", "2027-01-01T20:30", "vendredi 1er janvier 2027 à 20 h 30"),
        ("1/1/2027 à 20h30", "2027-01-01T20:30", "vendredi 1er janvier 2027 à 20 h 30"),
        ("1/1/2027 9 h", "2027-01-01T09:00", "vendredi 1er janvier 2027 à 9 h"),
        ("2027-01-01T20:30:00", "2027-01-01T20:30", "vendredi 1er janvier 2027 à 20 h 30"),
    ],
)
def test_a_date_is_read_and_said_in_french(typed, name, label):
    options, problems = DATES.read_options(f"{typed}\n2030-01-01")
    assert problems == {}
    assert {key: value.replace("\u00a0", " ") for key, value in options.items()} == {
        name: label,
        "2030-01-01": "mardi 1er janvier 2030",
    }


@pytest.mark.parametrize(
    "line", ["demain", "2026-02-30", "2026-11-29 25:00", "2026-11-29 20:60", "29/11", "٢٠٢٦-11-29"]
)
def test_what_is_no_date_is_told(line):
    assert line[:40] in DATES.read_options(f"2026-11-28\n{line}")[1]["options"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-28", "Écrivez au moins deux dates, une par ligne."),
        ("2026-11-28\n28/11/2026", "Deux dates sont identiques."),
        ("\n".join(f"2026-10-{day:02}" for day in range(1, 32)), "Trente dates au plus : il y en a 31."),
    ],
)
def test_the_dates_must_make_a_choice(typed, sentence):
    assert DATES.read_options(typed)[1] == {"options": sentence}


def test_dates_are_shown_in_their_order_and_can_be_typed_again():
    options, _ = DATES.read_options("2026-12-01 20:00\n2026-11-28")
    assert list(options) == ["2026-11-28", "2026-12-01T20:00"]
    assert DATES.read_options(DATES.typed_options(options)) == (options, {})


def test_the_most_yes_win_then_the_most_if_need_be():
    """As Framadate counts: two yes on both days, and one more could come on the second if need be."""
    days = list(DAYS)
    tally = counted([{days[0]: 2, days[1]: 2}, {days[0]: 2, days[1]: 2, days[2]: 1}, {days[1]: 1, days[2]: 1}])
    assert DATES.rank(tally) == ((days[1],), (days[0],), (days[2],))
    assert [row.figure for row in DATES.rows(tally, DAYS, {})] == ["2 oui", "2 oui (+ 1)", "0 oui (+ 2)"]
    assert [row.note for row in DATES.rows(tally, DAYS, {})][1] == "2\u00a0oui, 1\u00a0si nécessaire, 0\u00a0non"
    assert DATES.outcome(tally, DAYS, {}, 9).sentences[0] == "Choix retenu : « dimanche », 2 oui (+ 1)."


def test_a_yes_weighs_more_than_any_number_of_if_need_be():
    first, second, _ = DAYS
    tally = counted([{first: 2}, {first: 2}, {second: 2}, {second: 1}, {second: 1}])
    assert DATES.rank(tally)[:2] == ((first,), (second,))


def test_as_many_of_each_is_a_tie():
    days = list(DAYS)
    outcome = DATES.outcome(counted([{days[0]: 2}, {days[1]: 2}]), DAYS, {}, 9)
    assert (outcome.status, outcome.chosen) == ("tie", (days[0], days[1]))


def test_a_date_left_blank_is_a_no():
    answer, problems = DATES.validate({"option-2026-11-28": "2", "option-2026-12-01T20:00": "1"}, DAYS, {})
    assert (answer, problems) == ({"2026-11-28": 2, "2026-12-01T20:00": 1}, {})
    assert counted([answer]).grades["2026-11-29"] == (1, 0, 0)
    assert list(DATES.validate({}, DAYS, {})[1]) == ["choice"]
    assert list(DATES.validate({"option-2026-11-28": "3"}, DAYS, {})[1]) == ["option-2026-11-28"]


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_ballots_weighs_nothing_and_the_sums_agree(marks, shuffler):
    tally = counted(marks)
    shuffler.shuffle(marks)
    assert counted(marks) == tally
    assert all(sum(given_) == len(marks) for given_ in tally.grades.values())


@given(ballots)
def test_a_yes_never_hurts_the_winner(marks):
    winner = DATES.rank(counted(marks))[0][0]
    assert DATES.rank(counted([*marks, {winner: 2}]))[0] == (winner,)
