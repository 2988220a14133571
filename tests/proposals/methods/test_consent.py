"""Agree, abstain, disagree, block: what a ballot may say, and when a proposal is adopted."""

from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Outcome, profile_of

CONSENT = METHODS["consent"]
OPTIONS = CONSENT.own_options

answers = st.sampled_from(sorted(OPTIONS))
thresholds = st.sampled_from(["majority", "2/3", "4/5", "consent", "none"])


def decided(counts: Mapping[str, int], eligible: int = 62, **settings: str | int) -> Outcome:
    ballots = [{name: 1} for name, count in counts.items() for _ in range(count)]
    tally = CONSENT.count(profile_of(ballots), OPTIONS, settings)
    return CONSENT.outcome(tally, OPTIONS, settings, eligible)


@pytest.mark.parametrize("choice", ["agree", "abstain", "disagree"])
def test_three_answers_need_no_reason(choice):
    assert CONSENT.validate({"choice": choice}, OPTIONS, {}) == ({choice: 1}, {})


def test_a_block_needs_its_reason():
    _, problems = CONSENT.validate({"choice": "block", "reason": "  \n"}, OPTIONS, {})
    assert problems == {"reason": "Un blocage se motive : dites en quelques mots ce qui vous arrête."}
    assert CONSENT.validate({"choice": "block", "reason": "Le local est fermé."}, OPTIONS, {}) == ({"block": 1}, {})


@pytest.mark.parametrize("typed", [{}, {"choice": ""}, {"choice": "oui"}, {"choice": "Agree"}, {"option-agree": "1"}])
def test_an_answer_that_is_not_offered_is_refused(typed):
    assert list(CONSENT.validate(typed, OPTIONS, {})[1]) == ["choice"]


# Counts worked out by hand: voices expressed are agree + disagree + block.
@pytest.mark.parametrize(
    ("counts", "settings", "status"),
    [
        ({"agree": 28, "abstain": 6, "disagree": 5, "block": 1}, {}, "adopted"),
        ({"agree": 1}, {}, "adopted"),
        ({"agree": 3, "disagree": 2, "block": 1}, {}, "tie"),
        ({"agree": 3, "abstain": 30, "disagree": 2}, {}, "adopted"),
        ({"agree": 2, "disagree": 3}, {}, "rejected"),
        ({"abstain": 4}, {}, "rejected"),
        ({}, {}, "empty"),
        ({"agree": 2, "disagree": 1}, {"threshold": "2/3"}, "adopted"),
        ({"agree": 13, "disagree": 7}, {"threshold": "2/3"}, "rejected"),
        ({"agree": 4, "block": 1}, {"threshold": "4/5"}, "adopted"),
        ({"agree": 7, "disagree": 2}, {"threshold": "4/5"}, "rejected"),
        ({"agree": 2, "disagree": 9}, {"threshold": "consent"}, "adopted"),
        ({"agree": 50, "block": 1}, {"threshold": "consent"}, "rejected"),
        ({"abstain": 5}, {"threshold": "consent"}, "rejected"),
        ({"disagree": 5}, {"threshold": "none"}, "noted"),
        ({"agree": 31}, {"quorum": 50}, "adopted"),
        ({"agree": 30}, {"quorum": 50}, "no_quorum"),
        ({"agree": 20, "abstain": 11}, {"quorum": 50}, "adopted"),
    ],
)
def test_a_proposal_is_adopted_when_its_threshold_and_quorum_are_met(counts, settings, status):
    assert decided(counts, **settings).status == status


def test_the_outcome_is_told_with_its_counts_and_its_rule():
    outcome = decided({"agree": 28, "abstain": 6, "disagree": 5, "block": 1}, quorum=50)
    assert outcome.sentences == (
        "Adoptée : 28 d’accord, 6 abstentions, 5 en désaccord, 1 blocage.",
        "Majorité des voix exprimées : 28 sur 34, il en fallait 18.",
        "Quorum atteint : 40 voix, il en fallait 31.",
    )


def test_a_quorum_that_is_missed_still_tells_the_counts():
    assert decided({"agree": 1, "abstain": 2}, quorum=100).sentences == (
        "Quorum non atteint : 3 voix pour 62 membres, il en fallait 62.",
        "Pour mémoire : 1 d’accord, 2 abstentions.",
    )


def test_a_quorum_is_rounded_up():
    assert decided({"agree": 1}, eligible=3, quorum=34).status == "no_quorum"
    assert decided({"agree": 2}, eligible=3, quorum=34).status == "adopted"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"threshold": "3/4"}, "threshold"), ({"quorum": "101"}, "quorum"), ({"quorum": "-1"}, "quorum")],
)
def test_settings_that_mean_nothing_are_told_field_by_field(typed, field):
    assert list(CONSENT.read_settings(typed)[1]) == [field]


def test_settings_left_out_take_their_default():
    assert CONSENT.read_settings({"quorum": " "}) == ({"threshold": "majority", "quorum": 0}, {})
    assert CONSENT.read_settings({"threshold": "4/5", "quorum": "20"}) == ({"threshold": "4/5", "quorum": 20}, {})


@given(st.lists(answers), st.randoms(use_true_random=False), thresholds)
def test_the_order_of_ballots_weighs_nothing(choices, shuffler, threshold):
    mixed = list(choices)
    shuffler.shuffle(mixed)
    first, second = (CONSENT.count(profile_of([{c: 1} for c in row]), OPTIONS, {}) for row in (choices, mixed))
    assert first == second
    settings = {"threshold": threshold}
    assert CONSENT.outcome(first, OPTIONS, settings, 99) == CONSENT.outcome(second, OPTIONS, settings, 99)


@given(st.lists(answers))
def test_the_counts_add_up_to_the_voters(choices):
    tally = CONSENT.count(profile_of([{c: 1} for c in choices]), OPTIONS, {})
    assert sum(tally.counts.values()) == tally.voters == len(choices)
    assert tally.counts == {name: choices.count(name) for name in OPTIONS}


@given(st.lists(answers, max_size=60), thresholds, st.integers(0, 100))
def test_one_more_voice_in_agreement_never_undoes_an_adoption(choices, threshold, quorum):
    counts = {name: choices.count(name) for name in OPTIONS}
    settings = {"threshold": threshold, "quorum": quorum}
    more = {**counts, "agree": counts["agree"] + 1}
    if decided(counts, eligible=80, **settings).status == "adopted":
        assert decided(more, eligible=80, **settings).status == "adopted"


@given(st.lists(answers, max_size=60), thresholds)
def test_one_voice_going_over_to_agreement_never_undoes_an_adoption(choices, threshold):
    counts = {name: choices.count(name) for name in OPTIONS}
    if decided(counts, threshold=threshold).status != "adopted":
        return
    for name in ("abstain", "disagree", "block"):
        if counts[name]:
            moved = {**counts, name: counts[name] - 1, "agree": counts["agree"] + 1}
            assert decided(moved, threshold=threshold).status == "adopted"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Désaccord et blocage comptent contre"),
        ({"threshold": "2/3"}, "Adoptée si les deux tiers"),
        ({"threshold": "consent"}, "Un seul blocage arrête la proposition. Un désaccord se note sans l’arrêter"),
        ({"threshold": "consent", "quorum": 20}, "l’abstention ne compte que pour le quorum."),
        ({"threshold": "none"}, "rien n’est adopté ni rejeté."),
    ],
)
def test_voters_are_told_what_each_answer_does(settings, said):
    assert said in CONSENT.advice(settings)


def test_consent_that_disagreements_did_not_stop_says_so():
    outcome = decided({"agree": 1, "disagree": 40}, threshold="consent")
    assert outcome.status == "adopted"
    assert outcome.sentences[1].endswith("Un désaccord se note sans arrêter la proposition.")
