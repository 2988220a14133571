"""Majority judgment: medians, and the published rule between equal medians."""

from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.majority_judgment import majority_values, median
from forum.proposals.methods.shapes import profile_of

MJ = METHODS["majority_judgment"]
REJECT, _, FAIR, _, GOOD, _, EXCELLENT = range(7)
OPTIONS = {"1": "Orme", "2": "Tilleul", "3": "Saule"}
grades = st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), max_size=12)


def counted(ballots, options=OPTIONS):
    marks = [dict(zip(options, ballot, strict=True)) for ballot in ballots]
    return MJ.count(profile_of(marks), options, {})


def by_removal(column: list[int]) -> list[int]:
    """The rule as it is published: note the lower median, take it away, begin again."""
    left, seen = sorted(column), []
    while left:
        seen.append(left.pop((len(left) - 1) // 2))
    return seen


def test_the_voters_of_orsay_in_2007():
    """Balinski and Laraki, Election by Majority Judgement: Experimental Evidence (cahier 2007-28 of the École
    polytechnique), three polling stations of Orsay: the published order is B Good+, R Good-, S Good-.

    The shares, in tenths of a percent from the best of six grades, are near the published ones and not a copy of them:
    it is the order and the median that are checked.
    """
    shares_of = {
        "B": (136, 307, 251, 148, 84, 74),
        "R": (167, 227, 191, 168, 122, 125),
        "S": (191, 198, 143, 115, 71, 282),
    }
    ascending = {name: (*reversed(shares), 0) for name, shares in shares_of.items()}
    assert {median(given_) for given_ in ascending.values()} == {3}
    values = dict(zip(shares_of, majority_values(list(ascending.values())), strict=True))
    assert sorted(values, key=values.get, reverse=True) == ["B", "R", "S"]


def test_the_capital_of_tennessee():
    """Wikipedia, Majority judgment: Nashville wins; it, Chattanooga and Knoxville are Fair, Memphis is Poor."""
    cities = {"1": "Memphis", "2": "Nashville", "3": "Chattanooga", "4": "Knoxville"}
    excellent, good, fair, poor = 6, 4, 2, 0
    wishes = [
        (42, (excellent, fair, poor, poor)),
        (26, (poor, excellent, fair, fair)),
        (15, (poor, fair, excellent, good)),
        (17, (poor, fair, good, excellent)),
    ]
    tally = counted([wish for number, wish in wishes for _ in range(number)], cities)
    assert tally.scores == {"1": poor, "2": fair, "3": fair, "4": fair}
    assert MJ.rank(tally)[0] == ("2",)
    assert MJ.rank(tally)[-1] == ("1",)
    outcome = MJ.outcome(tally, cities, {}, 100)
    assert outcome.sentences[0] == "Choix retenu : « Nashville », mention Passable."
    assert "On retire à chacune sa mention médiane" in outcome.sentences[1]


def test_two_options_with_the_same_median():
    """Wikipedia: (Good, Good, Fair, Poor) comes before (Excellent, Fair, Fair, Fair): one Fair less, Good and Fair."""
    tally = counted(
        [(GOOD, EXCELLENT, REJECT), (GOOD, FAIR, REJECT), (FAIR, FAIR, REJECT), (REJECT, FAIR, REJECT)],
    )
    assert tally.scores == {"1": FAIR, "2": FAIR, "3": REJECT}
    assert MJ.rank(tally) == (("1",), ("2",), ("3",))
    told = MJ.outcome(tally, OPTIONS, {}, 4).sentences[1]
    assert told.endswith("jusqu’à les départager : Bien pour « Orme », Passable pour « Tilleul ».")


def test_a_condorcet_winner_may_lose():
    """Wikipedia, Condorcet criterion: 35 Excellent, Fair, Poor; 34 Poor, Fair, Excellent; 31 Fair, Excellent, Good."""
    tally = counted([(6, 2, 0)] * 35 + [(0, 2, 6)] * 34 + [(2, 6, 4)] * 31)
    assert tally.scores == {"1": 2, "2": 2, "3": 4}
    assert MJ.outcome(tally, OPTIONS, {}, 100).chosen == ("3",)


def test_the_same_grades_throughout_are_a_tie():
    outcome = MJ.outcome(counted([(6, 0, 0), (0, 6, 0)]), OPTIONS, {}, 9)
    assert (outcome.status, outcome.chosen) == ("tie", ("1", "2"))
    assert "mention À rejeter de part et d’autre" in outcome.sentences[0]


def test_the_lower_of_two_middle_grades_is_the_median():
    assert median((1, 0, 0, 0, 0, 0, 1)) == 0
    assert median((1, 0, 0, 0, 0, 0, 2)) == 6
    assert median((0,) * 7) == 0


def test_without_a_grade_an_option_is_rejected():
    marks, problems = MJ.validate({"option-1": "6", "option-2": ""}, OPTIONS, {})
    assert (marks, problems) == ({"1": 6}, {})
    assert MJ.count(profile_of([marks]), OPTIONS, {}).grades["3"] == (1, 0, 0, 0, 0, 0, 0)
    assert list(MJ.validate({"option-1": "7"}, OPTIONS, {})[1]) == ["option-1"]
    assert MJ.validate({}, OPTIONS, {})[1] == {"choice": "Donnez une mention à au moins une option."}


def test_the_bars_go_from_the_best_grade_to_the_worst():
    tally = counted([(6, 0, 3), (5, 0, 3), (6, 1, 3)])
    rows = MJ.rows(tally, OPTIONS, {})
    shades = range(6, -1, -1)
    assert [row.parts for row in rows] == [
        tuple(zip(shades, given, strict=True))
        for given in ((2, 1, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 1, 2), (0, 0, 0, 3, 0, 0, 0))
    ]
    assert [word for _, word in MJ.shades][:2] == ["Excellent", "Très bien"]
    assert [row.figure for row in rows] == ["Excellent", "À rejeter", "Assez bien"]
    assert rows[0].counts == ("2", "1", "0", "0", "0", "0", "0")
    assert len(MJ.letters) == len(MJ.shades)
    (table,) = MJ.tables(tally, OPTIONS, {})
    assert table.lines[0] == ("Orme", "2", "1", "0", "0", "0", "0", "0")


def test_nobody_voted():
    tally = counted([])
    assert MJ.outcome(tally, OPTIONS, {}, 9).status == "empty"
    assert MJ.rank(tally) == (("1", "2", "3"),)


@given(grades)
def test_the_ranking_is_the_one_of_the_published_rule(ballots):
    columns = {name: by_removal([ballot[i] for ballot in ballots]) for i, name in enumerate(OPTIONS)}
    levels = sorted(map(tuple, columns.values()), reverse=True)
    wanted = tuple(
        tuple(n for n in OPTIONS if tuple(columns[n]) == level) for level in sorted(set(levels), reverse=True)
    )
    assert MJ.rank(counted(ballots)) == wanted


@given(grades, st.randoms(use_true_random=False))
def test_the_order_of_ballots_weighs_nothing_and_the_sums_agree(ballots, shuffler):
    tally = counted(ballots)
    shuffler.shuffle(ballots)
    assert counted(ballots) == tally
    assert all(sum(given_) == tally.voters == len(ballots) for given_ in tally.grades.values())


@given(grades, st.permutations([0, 1, 2]))
def test_the_order_of_options_weighs_nothing(ballots, order):
    names = list(OPTIONS)
    shuffled = {names[i]: OPTIONS[names[i]] for i in order}
    again = counted([[ballot[i] for i in order] for ballot in ballots], shuffled)
    assert [set(place) for place in MJ.rank(again)] == [set(place) for place in MJ.rank(counted(ballots))]


@given(grades)
def test_the_best_grade_for_the_winner_alone_never_hurts_it(ballots):
    winner = MJ.rank(counted(ballots))[0][0]
    more = [EXCELLENT if name == winner else REJECT for name in OPTIONS]
    assert MJ.rank(counted([*ballots, more]))[0] == (winner,)


@given(grades, st.integers(0, 11))
def test_a_better_grade_for_the_winner_never_hurts_it(ballots, which):
    if not ballots:
        return
    winner = MJ.rank(counted(ballots))[0][0]
    raised = [list(ballot) for ballot in ballots]
    raised[which % len(raised)][int(winner) - 1] = EXCELLENT
    assert winner in MJ.rank(counted(raised))[0]
