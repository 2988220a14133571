"""Ties for the last place: passed where every way of breaking them elects the same, told where they do not."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS, branches
from forum.proposals.methods.shapes import RULE
from tests.proposals.methods.orders import OPTIONS, profile, some_orders

RANKED, STV = METHODS["ranked"], METHODS["stv"]
RUNOFF = {"counting": "runoff", "ties": "stop", "rule": RULE}
FIRST_RULE = {**RUNOFF, "rule": 1}


def every_way(ballots: list[str], names: str, seats: int) -> set[str]:
    """All that may be elected, by the same rules written another way: each paper keeps its value and its holder, and
    one option alone goes in a round. pyrankvote has another quota, and does not weigh what has moved."""
    papers = [(each, Fraction(1), each[0]) for each in ballots]
    quota = len(ballots) // (seats + 1) + 1 if seats > 1 else 0
    return _ways(papers, frozenset(names), frozenset(), seats, quota)


def _ways(papers, hopeful, elected, seats, quota) -> set[str]:
    held = {
        name: sum((value for _, value, holder in papers if holder == name), Fraction(0)) for name in hopeful | elected
    }
    in_play = sum(held[name] for name in hopeful)
    reached = {name for name in hopeful if (held[name] >= quota if quota else 2 * held[name] > in_play)}
    if len(hopeful) <= seats - len(elected):
        reached = set(hopeful)
    elected, hopeful = elected | reached, hopeful - reached
    if len(elected) >= seats or not hopeful:
        return {"".join(sorted(elected))}
    most = max((held[name] for name in elected), default=quota)
    if most > quota:
        for name in [name for name in elected if held[name] == most]:
            papers = _moved(papers, name, hopeful, (most - quota) / most)
        return _ways(papers, hopeful, elected, seats, quota)
    last = min(held[name] for name in hopeful)
    gone = [name for name in hopeful if held[name] == last]
    return set().union(
        *(_ways(_moved(papers, name, hopeful - {name}, 1), hopeful - {name}, elected, seats, quota) for name in gone)
    )


def _moved(papers, name, hopeful, share):
    kept = []
    for order, value, holder in papers:
        if holder != name:
            kept.append((order, value, holder))
            continue
        following = next((each for each in order[order.index(name) + 1 :] if each in hopeful), None)
        kept += [(order, value * share, following), (order, value * (1 - share), name)]
    return kept


def counted(ballots: list[str], names: str, settings):
    method = STV if "seats" in settings else RANKED
    options = {name: name for name in names}
    tally = method.count(profile(*((1, each) for each in ballots)), options, settings)
    return tally, method.outcome(tally, options, settings, 100)


@given(some_orders("ABCDE"))
def test_a_run_off_decides_just_where_every_way_agrees(ballots):
    if not ballots:
        return
    tally, outcome = counted(ballots, "ABCDE", RUNOFF)
    ways = every_way(ballots, "ABCDE", 1)
    assert (outcome.status == "chosen") == (len(ways) == 1)
    assert set(outcome.chosen) == set("".join(ways))
    assert len(ways) == 1 or {"".join(end) for end in tally.rounds.ends} == ways


@given(some_orders("ABCDE"), st.integers(2, 4))
def test_seats_are_filled_just_where_every_way_agrees(ballots, number):
    if not ballots:
        return
    tally, outcome = counted(ballots, "ABCDE", {"seats": number, "ties": "stop", "rule": RULE})
    ways = every_way(ballots, "ABCDE", number)
    assert (outcome.status == "chosen") == (len(ways) == 1)
    assert set(outcome.chosen) == set.intersection(*map(set, ways))
    assert len(ways) == 1 or {"".join(sorted(end)) for end in tally.rounds.ends} == ways


@given(some_orders("ABCDE"), st.sampled_from([1, 2, 3]))
def test_earlier_rounds_choose_among_the_ways(ballots, number):
    if not ballots:
        return
    settings = {**RUNOFF, "ties": "previous", **({"seats": number} if number > 1 else {})}
    _, outcome = counted(ballots, "ABCDE", settings)
    ways = every_way(ballots, "ABCDE", number)
    if outcome.status == "chosen":
        assert "".join(sorted(outcome.chosen)) in ways
    else:
        assert len(ways) > 1


def test_a_tie_that_changes_nothing_is_passed():
    """By hand: A has 6 of 13. Without C or D it needs more than half of at most 13: B cannot reach 4 + 2 + 2."""
    ballots = 6 * ["A"] + 3 * ["B"] + 2 * ["C"] + 2 * ["D"]
    _, outcome = counted(ballots, "ABCD", RUNOFF)
    assert (outcome.status, outcome.chosen) == ("chosen", ("A",))
    won, tie, held = (sentence.replace("\u202f", " ").replace("\u00a0", " ") for sentence in outcome.sentences)
    assert won == "Choix retenu : « A »."
    assert tie.startswith("Égalité pour la dernière place au tour 1 entre « C » et « D », 2 voix de part et d’autre.")
    assert tie.endswith("Quel que soit l’ordre d’élimination, « A » l’emporte.")
    assert held == "Voix au tour 1 : A 6, B 3, C 2, D 2."


def test_a_vote_that_opened_under_the_first_rule_keeps_it():
    ballots = 6 * ["A"] + 3 * ["B"] + 2 * ["C"] + 2 * ["D"]
    _, outcome = counted(ballots, "ABCD", FIRST_RULE)
    assert (outcome.status, outcome.chosen) == ("tie", ("A", "B", "C", "D"))
    assert outcome.sentences[0].endswith("Elle n’est pas départagée.")


def test_what_hangs_on_a_tie_is_told():
    """By hand: C goes and A has 5 to 4 against B; or B goes and its votes make C 6 to A's 5."""
    ballots = 5 * ["A"] + 3 * ["BC"] + ["CA"] + 2 * ["CB"]
    _, outcome = counted(ballots, "ABC", RUNOFF)
    assert (outcome.status, outcome.chosen) == ("tie", ("A", "C"))
    assert "Selon l’ordre d’élimination, «\u202fA\u202f» ou «\u202fC\u202f» l’emporte." in outcome.sentences[0]


def test_seats_that_hang_on_a_tie_are_told_and_the_others_given():
    _, outcome = counted(5 * ["A"] + 3 * ["B"] + 3 * ["C"], "ABC", {"seats": 2, "rule": RULE})
    assert (outcome.status, outcome.chosen) == ("tie", ("A",))
    assert "la place restante revient à «\u202fB\u202f» ou à «\u202fC\u202f»" in outcome.sentences[0]


def test_those_who_lead_are_named_where_the_last_are_level():
    """By hand, by the first rule: quota 6; nobody reaches it, C and D are last together."""
    _, outcome = counted(5 * ["A"] + 4 * ["B"] + 3 * ["C"] + 3 * ["D"], "ABCD", {"seats": 2})
    assert outcome.sentences[1] == "Devant elles, sans place encore\u00a0: A 5, B 4."


def test_too_many_ways_leave_the_tie_as_it_is():
    """Thirty options with one vote each: more ways than the rule follows, and the count says so at once."""
    names = [f"{number}" for number in range(30)]
    options = {name: name for name in names}
    votes = {frozenset({(name, 1)}): 1 for name in names}
    for settings, method in ((RUNOFF, RANKED), ({"seats": 3, "rule": RULE}, STV)):
        tally = method.count(votes, options, settings)
        assert (tally.rounds.ends, method.outcome(tally, options, settings, 60).status) == ((), "tie")
    assert branches.MOST_STATES == 1000


def test_a_count_that_still_runs_looks_beyond_no_tie():
    votes = profile((6, "A"), (3, "B"), (2, "C"), (2, "D"))
    assert RANKED.count(votes, OPTIONS, RUNOFF, ended=False).rounds.tied == ("C", "D")
    assert RANKED.count(votes, OPTIONS, RUNOFF).rounds.tied == ()


@pytest.mark.parametrize("method", [RANKED, STV])
def test_earlier_rounds_tell_apart_unless_the_proposer_says_otherwise(method):
    settings, problems = method.read_settings({})
    assert (settings["ties"], problems) == ("previous", {})
