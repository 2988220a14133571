"""What every voting method obeys: pure functions of plain values, without database, clock or HTTP.

An option is known by its name, unique within its proposal ("agree", or "1", "2" for those that members typed), and
shown by its label; the options of a proposal are a mapping name -> label, in the order shown. A ballot is its marks:
name -> whole number, whose meaning belongs to the method (1 = chosen, a grade, a rank, points). Ballots that bear the
same marks are counted together: a profile maps marks to the number of ballots that bear them. So the order of ballots
cannot weigh on the result, and a count of fifty thousand ballots costs as much as there are different ballots.
Most methods need less: for each option how many ballots give it each value, to which a ballot is added as it comes.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

Options = Mapping[str, str]
Marks = Mapping[str, int]
Profile = Mapping[frozenset[tuple[str, int]], int]
Given = Mapping[str, Mapping[int, int]]
Settings = Mapping[str, str | int]
Problems = dict[str, str]
Places = tuple[tuple[str, ...], ...]

MAX_OPTIONS = 30
MAX_LABEL = 160


@dataclass(frozen=True)
class Setting:
    """One thing the proposer chooses: among `choices` (value, label), or a whole number from `least` to `most`."""

    name: str
    label: str
    default: str | int
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    hint: str = ""

    def read(self, typed: str | None) -> str | int | None:
        """The value meant by what was typed (nothing typed = the default), None when it means nothing."""
        typed = (typed or "").strip()
        if not typed:
            return self.default
        if self.choices:
            return typed if typed in dict(self.choices) else None
        return whole(typed, self.least, self.most)

    @property
    def complaint(self) -> str:
        """The sentence for a value that `read` could not accept."""
        if self.choices:
            return f"{self.label} : choisissez une des réponses proposées."
        return f"{self.label} : un nombre entier de {self.least} à {self.most}."


QUORUM = Setting(
    "quorum",
    "Quorum, en % des membres",
    0,
    most=100,
    hint="0 : pas de quorum. Sinon, la part des membres qui doivent voter pour que le résultat compte.",
)


@dataclass(frozen=True)
class Tally:
    """The count of a profile: `voters` ballots; for each option how many ballots chose it, and the sum of their values.

    A method that needs more to rank or to explain (duels, rounds) returns a subclass that carries it.
    """

    voters: int
    counts: Mapping[str, int]
    scores: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What a tally decides: the options retained, and why, in French sentences, the result first.

    `status` is "adopted", "rejected", "chosen" (one option among several), "noted" (opinions, no threshold), "tie",
    "no_quorum" or "empty" (nobody voted).
    """

    status: str
    chosen: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An option in the tally: its result in words, what there is to add, and a bar of `parts` on a line `whole` long.

    A part is (shade, length): from 0, the worst answer, to 6, the best; None is the colour of the option itself.
    `middle` marks the middle of the line, where the median stands.
    """

    name: str
    label: str
    figure: str
    parts: tuple[tuple[int | None, int], ...]
    whole: int
    note: str = ""
    middle: bool = False


@dataclass(frozen=True)
class Table:
    """Workings of a count, to be checked by hand: the head of each column, lines of cells, the cells (line, column,
    from 0) that stand out, and sentences that say how to read it or what happened."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    strong: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[str, ...] = ()


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
    form = "ticks"
    """How a ballot is filled where it may mark several options: "ticks"; "scale", one of the `answers` for each option,
    side by side; "select", the same in a list; "points", a whole number for each option."""

    @property
    def shades(self) -> tuple[tuple[int, str], ...]:
        """The shades of the parts of its rows, in their order, each with the answer that it stands for."""
        return ()

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
        labels = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
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

    def advice(self, settings: Settings) -> str:
        """A sentence above the ballot, "" where the ballot says all."""
        return ""

    @abstractmethod
    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        """The marks meant by a ballot's form values ("choice", "option-<name>", "reason"), one sentence a wrong field.

        The marks are good only when there is no problem.
        """

    def count(self, profile: Profile, options: Options, settings: Settings) -> Tally:
        """The tally of these ballots."""
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
            Row(name, label, str(counts[name]), ((None, counts[name]),), tally.voters)
            for name, label in options.items()
        )

    def tables(self, tally: Tally, options: Options, settings: Settings) -> tuple[Table, ...]:
        """The workings of the count, where the tally does not say all."""
        return ()


def whole(typed: str, least: int, most: int) -> int | None:
    """The whole number that was typed, None when it is none or lies outside its bounds."""
    typed = typed.strip()
    if len(typed) > 9 or not typed.isascii() or not typed.isdigit():
        return None
    return int(typed) if least <= int(typed) <= most else None


def given_by(profile: Profile, options: Options) -> Given:
    """For each option how many ballots of a profile give it each value."""
    given: dict[str, Counter[int]] = {name: Counter() for name in options}
    for marks, ballots in profile.items():
        for name, value in marks:
            given[name][value] += ballots
    return given


def profile_of(ballots: Iterable[Marks]) -> Profile:
    """The profile of single ballots."""
    return Counter(frozenset(marks.items()) for marks in ballots)


def quorum_needed(settings: Settings, eligible: int) -> int:
    """How many voters the quorum asks for: the percentage of those who could vote, rounded up."""
    return -(-int(settings.get("quorum", 0)) * eligible // 100)


def people(count: int) -> str:
    """ "1 membre", "62 membres"."""
    return f"{count} membre{'s' if count > 1 else ''}"


def without_result(tally: Tally, settings: Settings, eligible: int, detail: str) -> Outcome | None:
    """The outcome when nobody voted or the quorum is missed (`detail`: the counts); None when there is more to say."""
    if not tally.voters:
        return Outcome("empty", (), ("Personne n’a voté.",))
    needed = quorum_needed(settings, eligible)
    if tally.voters >= needed:
        return None
    missed = f"Quorum non atteint : {tally.voters} voix pour {people(eligible)}, il en fallait {needed}."
    return Outcome("no_quorum", (), (missed, f"Pour mémoire : {detail}."))


def quorum_sentences(tally: Tally, settings: Settings, eligible: int) -> tuple[str, ...]:
    """What there is to say of a quorum that was reached: one sentence, or none when there was no quorum."""
    needed = quorum_needed(settings, eligible)
    return (f"Quorum atteint : {tally.voters} voix, il en fallait {needed}.",) if needed else ()


def leading(
    method: Method,
    tally: Tally,
    options: Options,
    settings: Settings,
    eligible: int,
    figures: Mapping[str, str] | None = None,
    worth: str = "{}",
) -> Outcome:
    """The outcome of a method where the first place wins: one option chosen, or the tie of those that share it.

    `figures` says what each option received, `worth` how that is said of the first; without them, voices are counted.
    """
    places = method.rank(tally)
    said = figures or {name: str(count) for name, count in tally.counts.items()}
    colon = " : " if figures else " "
    detail = ", ".join(f"{options[name]}{colon}{said[name]}" for place in places for name in place)
    missing = without_result(tally, settings, eligible, detail)
    if missing:
        return missing
    first = places[0]
    received = worth.format(said[first[0]]) if figures else f"{said[first[0]]} voix"
    rest = (f"Détail : {detail}.", *quorum_sentences(tally, settings, eligible))
    if len(first) == 1:
        among = "" if figures else f" sur {tally.voters}"
        return Outcome("chosen", first, (f"Choix retenu : {named(first, options)}, {received}{among}.", *rest))
    between = f"Égalité entre {named(first, options)}, {received} de part et d’autre. Elle n’est pas départagée."
    return Outcome("tie", first, (between, *rest))


def named(names: Sequence[str], options: Options) -> str:
    """Options in a sentence: « Bellac », « Bellac » et « Le Dorat », « Bellac », « Le Dorat » et « Guéret »."""
    quoted = [f"« {options[name]} »" for name in names]
    return f"{', '.join(quoted[:-1])} et {quoted[-1]}" if len(quoted) > 1 else quoted[0]


def _options_problem(labels: list[str]) -> str:
    if len(labels) < 2:
        return "Écrivez au moins deux options, une par ligne."
    if len(labels) > MAX_OPTIONS:
        return f"Trente options au plus : il y en a {len(labels)}."
    if any(len(label) > MAX_LABEL for label in labels):
        return f"Une option tient en {MAX_LABEL} caractères."
    if len({label.casefold() for label in labels}) < len(labels):
        return "Deux options sont identiques."
    return ""
