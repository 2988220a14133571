"""Majority judgment (Balinski and Laraki, PNAS 104, 2007; Majority Judgment, MIT Press 2010).

Each option has the median of its grades, the lower of the two in the middle when there are as many on both sides.
Options with the same median are told apart by taking one median grade away from each, again and again, until their
medians differ: the published majority ranking. Those that never differ have the same grades throughout, and are level.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from forum.proposals.methods.grades import Graded, GradedTally
from forum.proposals.methods.results import leading, named
from forum.proposals.methods.shapes import Given, Options, Outcome, Places, Row, Settings, Tally
from forum.text.numbers import figure


class MajorityJudgment(Graded):
    """An option without a grade is graded "À rejeter". The `scores` of its tally are the median grades, 0 to 6."""

    name = "majority_judgment"
    label = "Jugement majoritaire"
    summary = (
        "Chaque personne donne une mention à chaque option. L’emporte celle dont la mention médiane est la "
        "meilleure : au moins la moitié des votes lui donnent cette mention ou mieux. Sans mention, « À rejeter »."
    )
    scale = ("À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent")
    letters = ("E", "TB", "B", "AB", "P", "I", "R")
    form = "select"
    nothing = "Donnez une mention à au moins une option."
    unsaid = "Sans mention, une option compte pour « À rejeter »."

    def add_up(self, given: Given, voters: int) -> GradedTally:
        tally = super().add_up(given, voters)
        medians = {name: median(given) for name, given in tally.grades.items()}
        return replace(tally, scores=medians)

    def rank(self, tally: Tally) -> Places:
        assert isinstance(tally, GradedTally)
        merits = majority_values(list(tally.grades.values()))
        merit = dict(zip(tally.grades, merits, strict=True))
        return tuple(
            tuple(name for name in merit if merit[name] == level) for level in sorted(set(merits), reverse=True)
        )

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        assert isinstance(tally, GradedTally)
        outcome = leading(self, tally, options, settings, eligible, self.figures(tally), "mention {}")
        rival = self._rival(tally) if outcome.status == "chosen" else None
        if rival is None:
            return outcome
        first, *rest = outcome.sentences
        return replace(outcome, sentences=(first, self._told_apart(tally, options, outcome.chosen[0], rival), *rest))

    def figure(self, tally: GradedTally, name: str) -> str:
        return self.scale[tally.scores[name]]

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        assert isinstance(tally, GradedTally)
        given = {name: tuple(map(figure, reversed(grades))) for name, grades in tally.grades.items()}
        rows = super().rows(tally, options, settings)
        return tuple(replace(row, note="", counts=given[row.name], middle=True) for row in rows)

    def _rival(self, tally: GradedTally) -> str | None:
        """The option in the second place, if its median is that of the first."""
        first, *others = self.rank(tally)
        return others[0][0] if others and tally.scores[others[0][0]] == tally.scores[first[0]] else None

    def _told_apart(self, tally: GradedTally, options: Options, winner: str, rival: str) -> str:
        values = majority_values([tally.grades[winner], tally.grades[rival]])
        better, worse = next(pair for pair in zip(*values, strict=True) if pair[0] != pair[1])
        return (
            f"{named((rival,), options)} a la même mention. On retire à chacune sa mention médiane, une par une, "
            f"jusqu’à les départager : {self.scale[better]} pour {named((winner,), options)}, "
            f"{self.scale[worse]} pour {named((rival,), options)}."
        )


def median(given: Sequence[int]) -> int:
    """The median grade of `given[grade]` ballots each, the lower of the two in the middle; 0 without ballots."""
    return _grade(list(accumulate(given)), (sum(given) - 1) // 2) if sum(given) else 0


def majority_values(all_given: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """For each option a tuple; the greater is ranked before, and equal ones are level. Each has as many ballots.

    Taking medians away walks outwards from the middle of the sorted grades: first the middle one (the lower of two),
    then one below and one above it, and so on. Both sides stay for long on the same grade, so it is enough to look
    where one of the options changes: fifty thousand ballots cost no more than fifty.
    """
    voters = sum(all_given[0])
    low, high = (voters - 1) // 2, voters // 2
    edges = [list(accumulate(given)) for given in all_given]
    steps = sorted(_steps(edges, low, high))
    return [tuple(_grade(edge, at) for step in steps for at in (low - step, high + step)) for edge in edges]


def _steps(edges: Iterable[Sequence[int]], low: int, high: int) -> set[int]:
    """How far from the middle some option passes from one grade to another, on either side; and the middle itself."""
    found = {0} if high >= 0 and low >= 0 else set()
    for edge in edges:
        for passed in edge:
            found |= {step for step in (low - passed + 1, passed - high) if 0 <= step <= low}
    return found


def _grade(edge: Sequence[int], at: int) -> int:
    """The grade that stands at this place, from 0, when all are sorted from the worst."""
    return bisect_right(edge, at)
