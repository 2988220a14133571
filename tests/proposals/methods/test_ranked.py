"""Options in order, one wins: duels (Schulze) and successive eliminations (instant run-off)."""

import pytest
from hypothesis import assume, given, strategies as st
from pyrankvote import Ballot, Candidate, instant_runoff_voting

from forum.proposals.methods import METHODS
from tests.proposals.methods.orders import NAMES, OPTIONS, profile, some_orders

RANKED = METHODS["ranked"]
RUNOFF, PREVIOUS = {"counting": "runoff"}, {"counting": "runoff", "ties": "previous"}
TENNESSEE = {"M": "Memphis", "N": "Nashville", "C": "Chattanooga", "K": "Knoxville"}
VOTERS = profile((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))


def winners(votes, options, settings):
    return RANKED.rank(RANKED.count(votes, options, settings))[0]


def letters(names: str) -> dict[str, str]:
    return {name: name for name in names}


def test_the_duels_of_tennessee_choose_nashville():
    """Wikipedia, Condorcet method: Nashville beats each of the others; the table of duels is theirs."""
    tally = RANKED.count(VOTERS, TENNESSEE, {})
    assert {pair: tally.won[tuple(pair)] for pair in ("NM", "NC", "NK", "CM", "CK", "KM")} == {
        "NM": 58,
        "NC": 68,
        "NK": 68,
        "CM": 58,
        "CK": 83,
        "KM": 58,
    }
    assert RANKED.rank(tally) == (("N",), ("C",), ("K",), ("M",))
    assert tally.counts == {"M": 42, "N": 26, "C": 15, "K": 17}
    outcome = RANKED.outcome(tally, TENNESSEE, {}, 100)
    assert outcome.sentences[0] == "Choix retenu : « Nashville », préférée à chacune des autres."
    (table,) = RANKED.tables(tally, TENNESSEE, {})
    assert table.lines[1] == ("2. Nashville", "58", "–", "68", "68")
    assert {cell for cell in table.strong if cell[0] == 1} == {(1, 1), (1, 3), (1, 4)}


def test_the_eliminations_of_tennessee_choose_knoxville():
    """Wikipedia, Instant-runoff voting: Chattanooga goes, then Nashville; Knoxville has 58 votes against 42."""
    tally = RANKED.count(VOTERS, TENNESSEE, RUNOFF)
    assert [each.dropped for each in tally.rounds.rounds] == [("C",), ("N",), ()]
    assert RANKED.rank(tally) == (("K",), ("M",), ("N",), ("C",))
    outcome = RANKED.outcome(tally, TENNESSEE, RUNOFF, 100)
    assert outcome.sentences[0] == "Choix retenu : « Knoxville », 58\u00a0voix sur 100 au tour 3."
    table, _ = RANKED.tables(tally, TENNESSEE, RUNOFF)
    assert table.lines[-2:] == (("Knoxville", "17", "32", "58"), ("Bulletins épuisés", "0", "0", "0"))
    assert table.notes[0] == "Tour 1 : élimination de « Chattanooga » (15)."
    assert table.notes[2] == "Tour 3 : majorité obtenue par « Knoxville » (58)."


# Published elections by Schulze with their strongest paths: Wikipedia's of 45 voters, Electowiki's second example.
FORTY_FIVE = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"
THIRTY = "5 ACBD, 2 ACDB, 3 ADCB, 4 BACD, 3 CBDA, 3 CDBA, 1 DACB, 5 DBAC, 4 DCBA"


@pytest.mark.parametrize(
    ("votes", "order", "paths"),
    [
        (FORTY_FIVE, "EACBD", {"EA": 25, "AE": 24, "EB": 28, "BE": 24, "AC": 28, "CA": 25, "BD": 33, "DB": 28}),
        (THIRTY, "DACB", {"AB": 20, "AC": 20, "BA": 19, "BC": 19, "CA": 19, "CB": 21, "AD": 17, "BD": 17, "CD": 17}),
    ],
)
def test_published_elections_have_their_published_order(votes, order, paths):
    ballots = [vote.split() for vote in votes.split(", ")]
    options = letters("".join(sorted(order)))
    tally = RANKED.count(profile(*((int(number), vote) for number, vote in ballots)), options, {})
    assert "".join(name for place in RANKED.rank(tally) for name in place) == order
    assert all(len(place) == 1 for place in RANKED.rank(tally))
    assert {pair: tally.paths[tuple(pair)] for pair in paths} == paths
    assert [table.caption for table in RANKED.tables(tally, options, {})][1:] == ["Les chemins les plus forts"]


def test_a_perfect_circle_is_a_tie():
    votes = profile((1, "ABC"), (1, "BCA"), (1, "CAB"))
    for settings in ({}, RUNOFF, PREVIOUS):
        tally = RANKED.count(votes, letters("ABC"), settings)
        outcome = RANKED.outcome(tally, letters("ABC"), settings, 9)
        assert (outcome.status, outcome.chosen) == ("tie", ("A", "B", "C"))


def test_options_without_a_rank_come_last_together():
    tally = RANKED.count(profile((3, "A"), (1, "B=C")), letters("ABC"), {})
    assert (tally.won["A", "B"], tally.won["B", "C"], tally.won["C", "A"]) == (3, 0, 1)
    assert RANKED.rank(tally) == (("A",), ("B", "C"))
    assert tally.counts == {"A": 3, "B": 1, "C": 1}


def test_the_last_ones_together_go_together_when_that_changes_nothing():
    """By hand: C and D hold 3 votes together against 4 for B; whichever goes first, both go before B."""
    tally = RANKED.count(profile((5, "A"), (4, "B"), (2, "CB"), (1, "DB"), (1, "D")), OPTIONS, RUNOFF)
    assert tally.rounds.rounds[0].dropped == ()
    tally = RANKED.count(profile((6, "A"), (5, "B"), (2, "CB"), (1, "DB"), (1, "D")), OPTIONS, RUNOFF)
    assert tally.rounds.rounds[0].dropped == ("C", "D")
    assert RANKED.rank(tally) == (("B",), ("A",), ("C", "D"))


def test_a_tie_for_the_last_place_stops_the_count_and_is_told():
    """By hand: A 5, B 4, C 2, D 2; C and D together hold as much as B, so which goes first may matter."""
    votes = profile((5, "A"), (4, "B"), (2, "CB"), (2, "DA"))
    tally = RANKED.count(votes, OPTIONS, RUNOFF)
    outcome = RANKED.outcome(tally, OPTIONS, RUNOFF, 20)
    assert (outcome.status, outcome.chosen) == ("tie", ("A", "B", "C", "D"))
    assert outcome.sentences[0] == (
        "Égalité pour la dernière place au tour 1 entre « Option C » et « Option D », 2\u00a0voix de part et d’autre. "
        "Elle n’est pas départagée."
    )
    assert (
        "égalité en dernière place entre « Option C » (2), « Option D » (2)"
        in RANKED.tables(tally, OPTIONS, {})[0].notes[0]
    )


def test_the_published_rule_looks_at_the_rounds_before():
    """By hand: A 8, B 4, C 3, D 2. D goes to C: B 4, C 5. Then B goes to C. With E's vote for B they were level:
    A 8, B 4, C 3, D 1: after D, B 4 and C 4, and in the round before C had less."""
    votes = profile((8, "A"), (4, "BC"), (3, "CB"), (1, "DC"))
    assert winners(votes, OPTIONS, RUNOFF) == ("A", "B", "C")
    tally = RANKED.count(votes, OPTIONS, PREVIOUS)
    second = tally.rounds.rounds[1]
    assert (second.dropped, second.told_apart) == (("C",), ("B",))
    note = RANKED.tables(tally, OPTIONS, PREVIOUS)[0].notes[1]
    assert (
        note == "Tour 2 : élimination de « Option C » (4) ; à égalité, « Option B » reste grâce aux tours précédents."
    )


def test_the_published_rule_begins_with_the_latest_round():
    """By hand: C leads B in the first round (5, 4), B leads C in the second (6, 5), they are level in the third (7)."""
    votes = profile((10, "A"), (4, "B"), (5, "C"), (1, "DB"), (2, "DC"), (2, "EB"))
    options = letters("ABCDE")
    assert RANKED.count(votes, options, RUNOFF).rounds.tied == ("B", "C")
    third = RANKED.count(votes, options, PREVIOUS).rounds.rounds[2]
    assert (third.dropped, third.told_apart) == (("C",), ("B",))


@pytest.mark.parametrize(
    ("typed", "settings", "field", "sentence"),
    [
        ({}, {}, "choice", "Classez au moins une option."),
        ({"option-A": ""}, {}, "choice", "Classez au moins une option."),
        ({"option-E": "1"}, {}, "choice", "Répondez sur les options proposées."),
        ({"option-A": "5"}, {}, "option-A", "Un rang de 1 à 4."),
        ({"option-A": "0", "option-B": "1"}, {}, "option-A", "Un rang de 1 à 4."),
        ({"option-A": "premier"}, {}, "option-A", "Un rang de 1 à 4."),
        (
            {"option-A": "2", "option-B": "2"},
            RUNOFF,
            "choice",
            "« Option A » et « Option B » ont le même rang : donnez à chacune le sien.",
        ),
    ],
)
def test_a_wrong_ranking_is_told(typed, settings, field, sentence):
    assert RANKED.validate(typed, OPTIONS, settings)[1] == {field: sentence}


def test_only_the_order_counts():
    assert RANKED.validate({"option-A": "4", "option-C": "2"}, OPTIONS, RUNOFF) == ({"A": 2, "C": 1}, {})
    assert RANKED.validate({"option-A": "3", "option-C": "3"}, OPTIONS, {}) == ({"A": 1, "C": 1}, {})


def test_nobody_voted():
    for settings in ({}, RUNOFF):
        tally = RANKED.count({}, OPTIONS, settings)
        assert RANKED.outcome(tally, OPTIONS, settings, 9).status == "empty"
        assert RANKED.rank(tally) == (tuple(NAMES),)


@given(some_orders())
def test_eliminations_agree_with_an_independent_count(ballots):
    """pyrankvote breaks ties at random: only counts in which no two options were ever level are compared."""
    tally = RANKED.count(profile(*((1, each) for each in ballots)), OPTIONS, RUNOFF)
    for each in tally.rounds.rounds:
        held = [total for total in each.totals.values() if total]
        assume(len(set(held)) == len(held))
    assume(ballots and not tally.rounds.tied)
    people = {name: Candidate(name) for name in NAMES}
    votes = [Ballot([people[name] for name in each]) for each in ballots]
    theirs = instant_runoff_voting(list(people.values()), votes).get_winners()
    assert [person.name for person in theirs] == list(RANKED.rank(tally)[0])


@given(
    some_orders(), st.randoms(use_true_random=False), st.permutations(NAMES), st.sampled_from([{}, RUNOFF, PREVIOUS])
)
def test_neither_the_order_of_ballots_nor_that_of_options_weighs(ballots, shuffler, names, settings):
    first = RANKED.count(profile(*((1, each) for each in ballots)), OPTIONS, settings)
    shuffler.shuffle(ballots)
    assert RANKED.count(profile(*((1, each) for each in ballots)), OPTIONS, settings) == first
    renamed = dict(zip(NAMES, names, strict=True))
    others = ["".join(renamed[name] for name in each) for each in ballots]
    second = RANKED.count(profile(*((1, each) for each in others)), OPTIONS, settings)
    assert [{renamed[name] for name in place} for place in RANKED.rank(first)] == [
        set(place) for place in RANKED.rank(second)
    ]


@given(some_orders())
def test_the_votes_of_each_round_add_up(ballots):
    tally = RANKED.count(profile(*((1, each) for each in ballots)), OPTIONS, RUNOFF)
    for each in tally.rounds.rounds:
        assert sum(each.totals.values()) + each.exhausted == len(ballots)
    for a, b in tally.won:
        assert tally.won[a, b] + tally.won[b, a] <= len(ballots)


@given(some_orders(), st.integers(0, 14))
def test_moving_a_winner_of_duels_up_never_makes_it_lose(ballots, which):
    """Schulze 2011, section 4.5: monotonicity."""
    assume(ballots)
    winner = winners(profile(*((1, each) for each in ballots)), OPTIONS, {})[0]
    raised = list(ballots)
    changed = raised[which % len(raised)]
    raised[which % len(raised)] = winner + changed.replace(winner, "")
    assert winner in winners(profile(*((1, each) for each in raised)), OPTIONS, {})


@given(some_orders())
def test_an_option_that_wins_every_duel_wins(ballots):
    tally = RANKED.count(profile(*((1, each) for each in ballots)), OPTIONS, {})
    for a in NAMES:
        if all(tally.won[a, b] > tally.won[b, a] for b in NAMES if b != a):
            assert RANKED.rank(tally)[0] == (a,)
