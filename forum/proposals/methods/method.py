"""What every voting method obeys: pure functions of plain values, without database, clock or HTTP.

An option is known by its name, unique within its proposal ("agree", or "1", "2" for those that members typed), and
shown by its label; the options of a proposal are a mapping name -> label, in the order shown.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from forum.proposals.methods.shapes import (
    QUORUM,
    Given,
    Marks,
    Options,
    Outcome,
    Places,
    Problems,
    Profile,
    Row,
    Setting,
    Settings,
    Table,
    Tally,
    given_by,
)
from forum.text import scripts
from forum.text.numbers import figure
from forum.text.typed import one_line

MAX_OPTIONS = 30
MAX_LABEL = 160


class Method(ABC):
    """A way of voting. One instance each, in the registry; nothing in it changes."""

    name: str
    label: str
    summary: str
    own_options: Options = MappingProxyType({})
    settings: tuple[Setting, ...] = (QUORUM,)
    single_mark = False
    """Each ballot bears exactly one mark: the profile is then a plain count of marks."""
    from_ballots = False
    """Whether a count needs whole ballots (an order of preference), not only how many give an option each value."""
    growing = False
    """Whether members may add options while it runs: a ballot that says nothing of an option still means something."""
    objections: Mapping[str, str] = MappingProxyType({})
    """The answers that oppose what is proposed, each with its noun in a sentence, "un désaccord"."""
    explained: tuple[str, ...] = ()
    """Those of them of which a ballot says why, whatever reasons the vote asks for."""
    lead: tuple[str, str] | None = None
    """The answer whose count says most while a vote runs, and how it is called after a number."""
    colours: Mapping[str, str] = MappingProxyType({})
    """The colour (k-<colour> in the stylesheet) of the answers that have one of their own; others go by their place."""
    dated = False
    """Whether each option is a moment, which its name tells (ISO 8601)."""
    options_hint = ""
    """How an option is to be written, where words alone will not do."""
    form = "ticks"
    """How a ballot is filled where it may mark several options: "ticks"; "scale", one of the `answers` for each option,
    side by side; "select", the same in a list; "points", a whole number for each option."""

    letters: tuple[str, ...] = ()
    """A sign for each of the shades, in their order, where answers are too many for their words under each bar."""

    @property
    def shades(self) -> tuple[tuple[int, str], ...]:
        """The shades of the parts of its rows, in their order, each with the answer that it stands for."""
        return ()

    def objects(self, choice: str) -> bool:
        """Whether this answer opposes what is proposed."""
        return choice in self.objections

    def needs_reason(self, choice: str) -> bool:
        """Whether a ballot with this answer says why, whatever reasons the vote asks for."""
        return choice in self.explained

    def colour(self, name: str, place: int) -> str:
        """The colour of an option, "0" to "9" by its place (from 0) where it has none of its own."""
        return self.colours.get(name) or str(place % 10)

    def read_settings(self, typed: Mapping[str, str]) -> tuple[Settings, Problems]:
        """The settings meant by a form's values (absent = default), and a sentence for each field that is wrong."""
        read = {setting.name: setting.read(typed.get(setting.name)) for setting in self.settings}
        problems = {setting.name: setting.complaint for setting in self.settings if read[setting.name] is None}
        return {name: value for name, value in read.items() if value is not None}, problems

    def misfit(self, settings: Settings, options: Options) -> Problems:
        """What is wrong with these settings for these options, one sentence a field."""
        return {}

    def rules(self, settings: Settings) -> tuple[Setting, ...]:
        """The settings that matter with these values, to be published with the vote."""
        return self.settings

    def read_options(self, typed: str) -> tuple[Options, Problems]:
        """The options of a new proposal: the method's own, or those typed one a line (blank lines do not count)."""
        if self.own_options:
            return self.own_options, {}
        labels = [one_line(line) for line in typed.splitlines() if line.strip()]
        problem = _options_problem(labels)
        return {str(i): label for i, label in enumerate(labels, 1)}, {"options": problem} if problem else {}

    def typed_options(self, options: Options) -> str:
        """The options as the proposer would type them again, for `read_options`."""
        return "" if self.own_options else "\n".join(options.values())

    def answers(self, options: Options, settings: Settings) -> tuple[tuple[int, str], ...]:
        """What a ballot may say of each option, in the order shown: (value, words); none where a mark says all."""
        return ()

    def word(self, value: int) -> str:
        """What the value of a mark means, "" where the mark says all."""
        return ""

    def in_words(self, marks: Marks, options: Options) -> str:
        """What a ballot says: "D’accord", "Bellac, Guéret", "Bellac (Excellent), Le Dorat (Passable)", "Bellac (3)"."""
        plain = self.form == "ticks"
        return ", ".join(
            label if plain else f"{label} ({self.word(marks[name]) or marks[name]})"
            for name, label in options.items()
            if name in marks
        )

    def advice(self, settings: Settings) -> str:
        """A sentence above the ballot, "" where the ballot says all."""
        return ""

    @abstractmethod
    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        """The marks meant by a ballot's form values ("choice", "option-<name>", "reason"), one sentence a wrong field.

        The marks are good only when there is no problem.
        """

    def count(self, profile: Profile, options: Options, settings: Settings, ended: bool = True) -> Tally:
        """The tally of these ballots; not `ended`: more may come, and what only a result needs is left out."""
        return self.add_up(given_by(profile, options), sum(profile.values()))

    def add_up(self, given: Given, voters: int) -> Tally:
        """How many ballots mark each option with a value above zero, and the sum of the values it received.

        The whole tally, as `count` gives it, but where it needs whole ballots (`from_ballots`): then its counts only.
        """
        counts = {name: sum(n for value, n in values.items() if value > 0) for name, values in given.items()}
        scores = {name: sum(value * n for value, n in values.items()) for name, values in given.items()}
        return Tally(voters, counts, scores)

    def rank(self, tally: Tally) -> Places:
        """The options from the best place to the last; those that are level share a place, in the order shown."""
        levels = sorted(set(tally.scores.values()), reverse=True)
        return tuple(tuple(name for name, score in tally.scores.items() if score == level) for level in levels)

    @abstractmethod
    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        """What the tally decides, in sentences, when `eligible` people could vote. Ties are shown, never broken."""

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        """The tally, option by option, in the order shown."""
        counts = tally.counts
        return tuple(
            Row(name, label, figure(counts[name]), ((None, counts[name]),), tally.voters)
            for name, label in options.items()
        )

    def tables(self, tally: Tally, options: Options, settings: Settings) -> tuple[Table, ...]:
        """The workings of the count, where the tally does not say all."""
        return ()


def _options_problem(labels: list[str]) -> str:
    if len(labels) < 2:
        return "Écrivez au moins deux options, une par ligne."
    if len(labels) > MAX_OPTIONS:
        return f"Trente options au plus : il y en a {len(labels)}."
    if any(len(label) > MAX_LABEL for label in labels):
        return f"Une option tient en {MAX_LABEL} caractères."
    if len(set(map(alike, labels))) < len(labels):
        return "Deux options se lisent de même."
    return next(filter(None, map(scripts.problem, labels)), "")


def alike(label: str) -> str:
    """What two options that read the same have in common: letters and figures, whatever their case, form and signs."""
    folded = unicodedata.normalize("NFKC", label.casefold())
    return "".join(sign for sign in folded if sign.isalnum()) or label
