"""What voting methods are given and give back: marks, profiles, settings, tallies, outcomes, rows and tables.

A ballot is its marks: name -> whole number, whose meaning belongs to the method (1 = chosen, a grade, a rank, points).
Ballots that bear the same marks are counted together: a profile maps marks to the number of ballots that bear them. So
the order of ballots cannot weigh on the result, and a count of fifty thousand ballots costs as much as there are
different ballots. Most methods need less (`Given`): for each option how many ballots give it each value, to which a
ballot is added as it comes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forum.text.typed import parse_whole

Options = Mapping[str, str]
Marks = Mapping[str, int]
Profile = Mapping[frozenset[tuple[str, int]], int]
Given = Mapping[str, Mapping[int, int]]
Settings = Mapping[str, str | int]
"""What the proposer chose, by name of setting; and "rule", the number of the rules of counting where it is not 1."""
Problems = dict[str, str]
Places = tuple[tuple[str, ...], ...]

RULE = 2
"""The rules by which a vote that opens today is counted. 1: a tie for the last place ends a count in rounds. 2: it does
not where every way of breaking it elects the same."""


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
        return parse_whole(typed, self.least, self.most)

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
    `counts` says how many each part stands for, where each answer has a letter (Method.letters); `middle` marks the
    middle of the line, where the median stands.
    """

    name: str
    label: str
    figure: str
    parts: tuple[tuple[int | None, int], ...]
    whole: int
    note: str = ""
    counts: tuple[str, ...] = ()
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
