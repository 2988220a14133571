"""What majority judgment, scores and dates share: each ballot gives each option one of a few answers, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Given, Marks, Options, Problems, Row, Settings, Table, Tally
from forum.proposals.methods.values import read_numbers
from forum.text.numbers import figure

SHADES = 6


@dataclass(frozen=True)
class GradedTally(Tally):
    """`grades`: for each option how many ballots give it each value, from the worst, 0. Each adds up to `voters`."""

    grades: Mapping[str, tuple[int, ...]]


class Graded(Method):
    """`scale` holds the words of the answers from the worst; an option left blank receives the worst."""

    scale: tuple[str, ...]
    form = "scale"
    unsaid: str
    nothing: str

    def advice(self, settings: Settings) -> str:
        return self.unsaid

    def answers(self, options: Options, settings: Settings) -> tuple[tuple[int, str], ...]:
        return tuple(reversed(list(enumerate(self.scale))))

    def word(self, value: int) -> str:
        return self.scale[value]

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        complaint = "Choisissez une des réponses proposées."
        return read_numbers(typed, options, 0, len(self.scale) - 1, complaint, self.nothing)

    def add_up(self, given: Given, voters: int) -> GradedTally:
        plain, better = super().add_up(given, voters), range(1, len(self.scale))
        above = {name: tuple(values.get(value, 0) for value in better) for name, values in given.items()}
        grades = {name: (voters - sum(numbers), *numbers) for name, numbers in above.items()}
        return GradedTally(plain.voters, plain.counts, plain.scores, grades)

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        assert isinstance(tally, GradedTally)
        return tuple(self._row(tally, name, label) for name, label in options.items())

    def tables(self, tally: Tally, options: Options, settings: Settings) -> tuple[Table, ...]:
        assert isinstance(tally, GradedTally)
        heads = ("", *(self.letters or reversed(self.scale)))
        lines = ((label, *map(str, reversed(tally.grades[name]))) for name, label in options.items())
        words = ", ".join(map("{}\u00a0=\u00a0{}".format, self.letters, reversed(self.scale)))
        return (Table("Les réponses, option par option", heads, tuple(lines), notes=(f"{words}.",) if words else ()),)

    @property
    def shades(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._shades().values())

    def _shades(self) -> dict[int, tuple[int, str]]:
        """The shade and the word of each answer, the best first."""
        top = len(self.scale) - 1
        return {value: (value * SHADES // top, self.scale[value]) for value in range(top, -1, -1)}

    def figure(self, tally: GradedTally, name: str) -> str:
        """The result of an option in a few words."""
        raise NotImplementedError

    def figures(self, tally: GradedTally) -> dict[str, str]:
        """The result of each option in a few words."""
        return {name: self.figure(tally, name) for name in tally.grades}

    def note(self, tally: GradedTally, name: str) -> str:
        """How many gave an option each answer, in the order of `shades`: as many figures whatever they say."""
        given = zip(reversed(tally.grades[name]), reversed(self.scale), strict=True)
        return ", ".join(f"{figure(count)}\u00a0{word}" for count, word in given)

    def _row(self, tally: GradedTally, name: str, label: str) -> Row:
        given = tally.grades[name]
        parts = tuple((shade, given[value]) for value, (shade, _) in self._shades().items())
        figure = self.figure(tally, name) if tally.voters else ""
        return Row(name, label, figure, parts, tally.voters, self.note(tally, name))
