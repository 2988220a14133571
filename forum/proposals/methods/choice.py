"""One option among several: the most chosen wins, even without a majority."""

from collections.abc import Mapping

from forum.proposals.methods.method import Method
from forum.proposals.methods.results import leading
from forum.proposals.methods.shapes import Marks, Options, Outcome, Problems, Settings, Tally


class SingleChoice(Method):
    """Each ballot names one option (plurality voting)."""

    name = "choice"
    label = "Un choix parmi plusieurs"
    summary = "Chaque personne retient une seule option ; la plus choisie l’emporte."
    single_mark = True
    growing = True

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        choice = typed.get("choice", "")
        if choice not in options:
            return {}, {"choice": "Choisissez une des options proposées."}
        return {choice: 1}, {}

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        return leading(self, tally, options, settings, eligible)
