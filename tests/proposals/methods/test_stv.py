"""Several seats: quota, transfers in exact fractions, ties."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from tests.proposals.methods.orders import NAMES, OPTIONS, profile, some_orders

STV = METHODS["stv"]
seats = st.integers(2, 3)


def counted(votes, names: str, number: int, ties: str = "stop"):
    return STV.count(votes, {name: name for name in names}, {"seats": number, "ties": ties})


def totals(tally, name: str) -> list[Fraction]:
    return [each.totals[name] for each in tally.rounds.rounds]


def test_the_food_of_a_party():
    """Wikipedia, Single transferable vote: 20 guests, 3 dishes, quota 6: chocolate, oranges, strawberries.

    O oranges, P pears, C chocolate, S strawberries, W sweets: chocolate passes its surplus of 6 on, 4 to S and 2 to W;
    pears go to oranges (6); sweets are eliminated.
    """
    votes = profile((4, "O"), (2, "PO"), (8, "CS"), (4, "CW"), (1, "S"), (1, "W"))
    tally = counted(votes, "OPCSW", 3)
    assert tally.rounds.quota == 6
    assert tally.rounds.elected == ("C", "O", "S")
    assert [each.elected for each in tally.rounds.rounds][:3] == [("C",), (), ("O",)]
    assert (totals(tally, "S")[:2], totals(tally, "W")[:2]) == ([1, 5], [1, 3])


def test_pets_by_weighted_inclusive_gregory():
    """R. Li, A conceptual primer on the single transferable vote, 5: 100 votes, 3 seats, quota 26.

    D and E keep dogs, C and K cats, F fish. C passes 14 to K (20); F goes, its 14 to D (35); D passes 9 of its 35 on,
    every ballot at 9/35: 28 to E, which reaches 19 + 7.2 = 26.2, 6 to K (C is elected already), 1 to nobody.
    """
    votes = profile((21, "DEFCK"), (19, "EDFCK"), (40, "CKFDE"), (6, "KCFDE"), (7, "FDECK"), (6, "FDCKE"), (1, "FD"))
    tally = counted(votes, "DECKF", 3)
    assert tally.rounds.quota == 26
    last = tally.rounds.rounds[-1]
    assert last.totals == {"D": 26, "E": Fraction(131, 5), "C": 26, "K": 20 + Fraction(54, 35), "F": 0}
    assert last.exhausted == Fraction(9, 35)
    assert tally.rounds.elected == ("C", "D", "E")
    assert STV.rank(tally) == (("C",), ("D",), ("E",), ("K",), ("F",))
    assert tally.scores == {"C": 4, "D": 3, "E": 2, "K": 1, "F": 0}


def test_votes_already_passed_on_keep_their_lesser_value():
    """By hand, 24 votes, 3 seats, quota 7. A has 14: each of its ballots passes on at 7/14 = 1/2, so B gets 12/2 on its
    own 4 and reaches 10, D gets 1. B passes 3 of 10 on: those from A are worth 1/2 x 3/10 = 3/20, its own 3/10.

    C: 2 + 12 x 3/20 = 3.8; D: 1 + 4 + 4 x 3/10 = 6.2. C goes, and its ballots name nobody else: D takes the last seat.
    """
    votes = profile((12, "ABC"), (2, "AD"), (4, "BD"), (2, "C"), (4, "D"))
    tally = counted(votes, "ABCD", 3)
    assert totals(tally, "B") == [4, 10, 7, 7]
    assert totals(tally, "C")[2] == Fraction(19, 5)
    assert totals(tally, "D") == [4, 5, Fraction(31, 5), Fraction(31, 5)]
    assert tally.rounds.rounds[-1].exhausted == Fraction(19, 5)
    assert tally.rounds.elected == ("A", "B", "D")
    options = {name: name for name in "ABCD"}
    (table,) = STV.tables(tally, options, {})
    assert table.caption == "Les tours : 24 bulletins, 3 places, quota de 7 voix"
    assert table.lines[3] == ("D", "4", "5", "6,2", "6,2")
    assert (
        table.notes[0]
        == "Tour 1 : place obtenue par « A » (14) ; le surplus de « A » (7 voix) passe aux choix suivants."
    )
    assert table.notes[-1].startswith("Le compte est fait en fractions exactes")
    outcome = STV.outcome(tally, options, {}, 30)
    assert outcome.sentences[0] == "Pour 3 places : « A », « B » et « D »."
    assert (outcome.status, outcome.chosen) == ("chosen", ("A", "B", "D"))


def test_equal_surpluses_pass_on_at_once():
    """By hand, 12 votes, 3 seats, quota 4: A and B have 5, and both pass 1 on in the same round. C and D are level."""
    votes = profile((5, "AC"), (5, "BD"), (1, "C"), (1, "D"))
    tally = counted(votes, "ABCD", 3)
    assert tally.rounds.quota == 4
    assert tally.rounds.rounds[0].passed == ("A", "B")
    assert (totals(tally, "C")[1], totals(tally, "D")[1]) == (2, 2)
    assert tally.rounds.tied == ("C", "D")


def test_a_tie_for_the_last_seat_is_told_and_nothing_is_drawn():
    votes = profile((5, "A"), (3, "B"), (3, "C"))
    for ties in ("stop", "previous"):
        tally = counted(votes, "ABC", 2, ties)
        options = {name: name for name in "ABC"}
        outcome = STV.outcome(tally, options, {}, 20)
        assert (outcome.status, outcome.chosen) == ("tie", ("A",))
        assert outcome.sentences[0] == (
            "Égalité pour la dernière place au tour 2 entre « B » et « C », 3\u00a0voix de part et d’autre. "
            "Elle n’est pas départagée."
        )
        assert outcome.sentences[1] == "Déjà acquis, 1 place : « A »."
        assert STV.rank(tally) == (("A",), ("B", "C"))


def test_the_published_rule_looks_at_the_rounds_before():
    """By hand: 16 votes, 2 seats, quota 6. A passes 2 of its 8 on to C: B 4, C 2 + 2 = 4, D 2. D goes, to nobody.
    B and C are level at 4; before the transfer C had 2: C goes, and B has the seat."""
    votes = profile((8, "AC"), (4, "B"), (2, "C"), (2, "D"))
    assert counted(votes, "ABCD", 2).rounds.tied == ("B", "C")
    tally = counted(votes, "ABCD", 2, "previous")
    assert tally.rounds.elected == ("A", "B")
    assert [each.told_apart for each in tally.rounds.rounds if each.told_apart] == [("B",)]


def test_as_many_seats_as_options_seats_them_all():
    tally = counted(profile((3, "A"), (1, "B")), "AB", 3)
    assert tally.rounds.elected == ("A", "B")


def test_nobody_voted():
    tally = STV.count({}, OPTIONS, {"seats": 2})
    assert STV.outcome(tally, OPTIONS, {}, 9).status == "empty"
    assert STV.rank(tally) == (tuple(NAMES),)


@pytest.mark.parametrize(("typed", "number"), [("1", None), ("11", None), ("deux", None), ("", 2), ("3", 3)])
def test_the_seats_have_their_bounds(typed, number):
    read, problems = STV.read_settings({"seats": typed})
    assert (read.get("seats"), list(problems)) == (number, [] if number else ["seats"])


def test_each_rank_is_given_once():
    assert STV.validate({"option-A": "1", "option-B": "2"}, OPTIONS, {}) == ({"A": 1, "B": 2}, {})
    assert list(STV.validate({"option-A": "1", "option-B": "1"}, OPTIONS, {})[1]) == ["choice"]


@given(
    some_orders(),
    seats,
    st.randoms(use_true_random=False),
    st.permutations(NAMES),
    st.sampled_from(["stop", "previous"]),
)
def test_neither_the_order_of_ballots_nor_that_of_options_weighs(ballots, number, shuffler, names, ties):
    first = counted(profile(*((1, each) for each in ballots)), NAMES, number, ties)
    shuffler.shuffle(ballots)
    assert counted(profile(*((1, each) for each in ballots)), NAMES, number, ties) == first
    renamed = dict(zip(NAMES, names, strict=True))
    others = ["".join(renamed[name] for name in each) for each in ballots]
    second = counted(profile(*((1, each) for each in others)), NAMES, number, ties)
    assert {renamed[name] for name in first.rounds.elected} == set(second.rounds.elected)
    assert [{renamed[name] for name in place} for place in STV.rank(first)] == [set(p) for p in STV.rank(second)]


@given(some_orders("ABCDE"), st.integers(2, 4))
def test_no_vote_is_lost_or_made(ballots, number):
    tally = counted(profile(*((1, each) for each in ballots)), "ABCDE", number)
    for each in tally.rounds.rounds:
        assert sum(each.totals.values()) + each.exhausted == len(ballots)
    elected = tally.rounds.elected
    assert len(elected) == len(set(elected)) <= number
    assert tally.rounds.tied or len(elected) == number


@given(some_orders(), seats)
def test_a_quota_of_identical_ballots_has_its_seat(ballots, number):
    more = [*ballots, *["A"] * (len(ballots) + 1)]
    tally = counted(profile(*((1, each) for each in more)), NAMES, number)
    assert "A" in tally.rounds.elected
