"""A budget of points that each spreads as they like: the option with the most points wins (cumulative voting)."""

from collections.abc import Mapping

from forum.proposals.methods.method import Method
from forum.proposals.methods.results import leading
from forum.proposals.methods.shapes import QUORUM, Marks, Options, Outcome, Problems, Row, Setting, Settings, Tally
from forum.proposals.methods.values import read_numbers
from forum.text.numbers import counted

BUDGET = Setting("budget", "Points par personne", 10, least=1, most=1000)


class Dots(Method):
    """Nobody need spend all their points. More points for the winner from one ballot never make it lose."""

    name = "dots"
    label = "Répartir des points"
    summary = "Chaque personne répartit ses points entre les options ; celle qui en reçoit le plus l’emporte."
    settings = (BUDGET, QUORUM)
    growing = True
    form = "points"

    def advice(self, settings: Settings) -> str:
        return f"Vous avez {_points(int(settings.get('budget', BUDGET.default)))} à répartir."

    def word(self, value: int) -> str:
        return _points(value)

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        budget = int(settings.get("budget", BUDGET.default))
        nothing = "Donnez au moins un point."
        complaint = f"Un nombre entier de 0 à {budget}."
        marks, problems = read_numbers(typed, options, 0, budget, complaint, nothing)
        spent = sum(marks.values())
        if not problems and spent > budget:
            problems = {"choice": f"Vous avez donné {_points(spent)} : vous en avez {budget}."}
        if not problems and not spent:
            problems = {"choice": nothing}
        return {name: points for name, points in marks.items() if points}, problems

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        figures = {name: _points(score) for name, score in tally.scores.items()}
        return leading(self, tally, options, settings, eligible, figures)

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        spent = sum(tally.scores.values())
        return tuple(
            Row(name, label, _points(points), ((None, points),), spent, f"de {_people(tally.counts[name])}")
            for name, label in options.items()
            for points in (tally.scores[name],)
        )


def _points(number: int) -> str:
    return counted(number, "point")


def _people(number: int) -> str:
    return counted(number, "personne")
