"""Who is coming: a head count, with or without a target."""

import pytest

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of

COUNT = METHODS["count"]
OPTIONS = COUNT.own_options


def decided(yes: int, no: int, **settings: int):
    tally = COUNT.count(profile_of([{"yes": 1}] * yes + [{"no": 1}] * no), OPTIONS, settings)
    return COUNT.outcome(tally, OPTIONS, settings, 100)


@pytest.mark.parametrize(
    ("yes", "no", "target", "status", "sentence"),
    [
        (12, 3, 0, "noted", "Réponses recueillies : 12 personnes viennent, 3 ne viennent pas."),
        (12, 3, 12, "adopted", "Objectif atteint : 12 personnes viennent, 3 ne viennent pas."),
        (1, 1, 12, "rejected", "Objectif non atteint : 1 personne vient, 1 ne vient pas."),
        (0, 2, 1, "rejected", "Objectif non atteint : 0 personne vient, 2 ne viennent pas."),
        (0, 0, 1, "empty", "Personne n’a voté."),
    ],
)
def test_the_target_is_reached_by_those_who_come(yes, no, target, status, sentence):
    outcome = decided(yes, no, target=target)
    assert (outcome.status, outcome.sentences[0]) == (status, sentence)
    assert outcome.chosen == (("yes",) if status == "adopted" else ())


def test_how_many_are_missing_is_told():
    assert decided(10, 30, target=12).sentences[1] == "Il en fallait 12 : il en manque 2."


@pytest.mark.parametrize("typed", [{}, {"choice": "agree"}, {"choice": ""}, {"option-yes": "1"}])
def test_the_answer_is_yes_or_no(typed):
    assert list(COUNT.validate(typed, OPTIONS, {})[1]) == ["choice"]
    assert COUNT.validate({"choice": "no"}, OPTIONS, {}) == ({"no": 1}, {})


def test_the_target_is_a_number_of_people():
    assert COUNT.read_settings({"target": "12"}) == ({"target": 12}, {})
    assert list(COUNT.read_settings({"target": "une douzaine"})[1]) == ["target"]
