"""Every option one accepts: the most widely accepted wins (approval voting, Brams and Fishburn 1978)."""

from collections.abc import Mapping

from forum.proposals.methods.method import Method
from forum.proposals.methods.results import leading
from forum.proposals.methods.shapes import Marks, Options, Outcome, Problems, Settings, Tally


class Approval(Method):
    """Each ballot ticks one option or more; approving one more option never takes a voice from another."""

    name = "approval"
    label = "Tout ce qui me convient"
    summary = "Chaque personne coche toutes les options qui lui conviennent ; la plus acceptée l’emporte."
    growing = True

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        values = {name.removeprefix("option-"): value for name, value in typed.items() if name.startswith("option-")}
        if not values.keys() <= options.keys() or not set(values.values()) <= {"0", "1"}:
            return {}, {"choice": "Choisissez parmi les options proposées."}
        marks = {name: 1 for name in options if values.get(name) == "1"}
        return (marks, {}) if marks else ({}, {"choice": "Cochez au moins une option."})

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        return leading(self, tally, options, settings, eligible)
