"""Scores from 0 to 5: the option with the greatest sum wins (score voting)."""

from collections.abc import Mapping

from forum.proposals.methods.grades import Graded, GradedTally
from forum.proposals.methods.results import leading
from forum.proposals.methods.shapes import Options, Outcome, Settings, Tally
from forum.text.numbers import counted


class Score(Graded):
    """An option left without a score receives 0. One more ballot that gives the winner 5 and the others 0 keeps it."""

    name = "score"
    label = "Noter de 0 à 5"
    summary = "Chaque personne note chaque option de 0 à 5 ; la mieux notée l’emporte. Sans note, c’est 0."
    scale = ("0", "1", "2", "3", "4", "5")
    growing = True
    nothing = "Notez au moins une option."
    unsaid = "De 0 à 5 ; sans note, une option compte pour 0."

    def answers(self, options: Options, settings: Settings) -> tuple[tuple[int, str], ...]:
        return tuple(enumerate(self.scale))

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        assert isinstance(tally, GradedTally)
        figures = self.figures(tally)
        if len(set(figures.values())) < len(set(tally.scores.values())):
            # Rounded, averages that differ look equal: what parts them is said.
            figures = {name: f"{figure} sur 5 en moyenne, {self.note(tally, name)}" for name, figure in figures.items()}
            return leading(self, tally, options, settings, eligible, figures)
        return leading(self, tally, options, settings, eligible, figures, "{} sur 5 en moyenne")

    def figure(self, tally: GradedTally, name: str) -> str:
        """The average to one hundredth, as written in French: "3,4"."""
        return _decimal(tally.scores, name, tally.voters)

    def note(self, tally: GradedTally, name: str) -> str:
        return counted(tally.scores[name], "point")


def _decimal(scores: Mapping[str, int], name: str, voters: int) -> str:
    return f"{scores[name] / max(voters, 1):.2f}".rstrip("0").rstrip(".").replace(".", ",")
