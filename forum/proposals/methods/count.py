"""Who is coming? Yes or no, and how many it takes."""

from collections.abc import Mapping
from types import MappingProxyType

from forum.proposals.methods.method import Method
from forum.proposals.methods.results import without_result
from forum.proposals.methods.shapes import Marks, Options, Outcome, Problems, Setting, Settings, Tally
from forum.text.numbers import counted, figure

TARGET = Setting(
    "target",
    "Combien de personnes il faut",
    0,
    most=100_000,
    hint="0 : pas d’objectif, on compte seulement.",
)


class Count(Method):
    """A head count. With a target it is adopted once so many have said yes; those who say no take nothing away."""

    name = "count"
    label = "Qui vient ?"
    summary = "Chaque personne dit si elle vient ; on compte, jusqu’à l’objectif s’il y en a un."
    own_options = MappingProxyType({"yes": "Je viens", "no": "Je ne viens pas"})
    settings = (TARGET,)
    single_mark = True

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        choice = typed.get("choice", "")
        if choice not in options:
            return {}, {"choice": "Choisissez une des réponses proposées."}
        return {choice: 1}, {}

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        yes, no = tally.counts["yes"], tally.counts["no"]
        said = _said(yes, no)
        missing = without_result(tally, settings, eligible, said)
        if missing:
            return missing
        target = int(settings.get("target", 0))
        if not target:
            return Outcome("noted", (), (f"Réponses recueillies : {said}.",))
        if yes >= target:
            return Outcome("adopted", ("yes",), (f"Objectif atteint : {said}.", f"Il en fallait {target}."))
        lacking = f"Il en fallait {target} : il en manque {target - yes}."
        return Outcome("rejected", (), (f"Objectif non atteint : {said}.", lacking))


def _said(yes: int, no: int) -> str:
    come = f"{counted(yes, 'personne')} {'viennent' if yes > 1 else 'vient'}"
    return come + (f", {figure(no)} ne {'viennent' if no > 1 else 'vient'} pas" if no else "")
