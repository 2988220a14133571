"""Sources of public chance, named before they are known, and the seed that is made of them.

A source is a drawing of a game of chance held by somebody else on a given day, a round of drand, or dice thrown before
all. What it gives is written in one form only, so that everybody makes the same seed of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.text.typed import parse_whole

PARIS = ZoneInfo("Europe/Paris")
# Sales of both games end after this hour, in Paris; the numbers are known later still.
EVENING = time(20)
# 25 bits, as a drawing of the Loto has; the list is frozen before, so that more would buy nothing.
LEAST_THROWS, MOST_THROWS = 10, 60
MOST_EXAMPLE = 60


@dataclass(frozen=True)
class Game:
    """A game of chance: its days (Monday is 0), how many numbers from 1 to what, and the same of its second drum."""

    name: str
    label: str
    days: tuple[int, ...]
    numbers: tuple[int, int]
    second: str
    second_numbers: tuple[int, int]


LOTO = Game("LOTO", "Loto", (0, 2, 5), (5, 49), "LOTO-CHANCE", (1, 10))
EUROMILLIONS = Game("EUROMILLIONS", "EuroMillions", (1, 4), (5, 50), "EUROMILLIONS-ETOILES", (2, 12))
GAMES = {game.name: game for game in (LOTO, EUROMILLIONS)}
DICE, EXAMPLE = "DES", "EXEMPLE"


@dataclass(frozen=True)
class Chain:
    """A chain of drand (drand.love): a round every `period` seconds since `genesis`, in seconds since 1970."""

    genesis: int
    period: int


CHAINS = {"DEFAULT": Chain(1_595_431_050, 30), "QUICKNET": Chain(1_692_803_367, 3)}
USUAL_CHAIN = "QUICKNET"
DRAND = re.compile(r"DRAND-([A-Z]+)-([1-9][0-9]{0,11})", re.ASCII)


class NoSuchSource(ValueError):
    """No source of this name and day, or numbers that it cannot give; the text is one French sentence."""


@dataclass(frozen=True)
class Source:
    """What is frozen of a source: `name` (LOTO, EUROMILLIONS, DES, EXEMPLE or DRAND-CHAIN-ROUND) and its day."""

    name: str
    date: date

    @property
    def known_at(self) -> datetime:
        """The moment from which somebody might know what it gives; dice and examples are of their whole day.

        Raises NoSuchSource for a game that is not drawn that day, or a round of another day.
        """
        if self.name in GAMES:
            if self.date.weekday() not in GAMES[self.name].days:
                raise NoSuchSource(f"Il n’y a pas de tirage {GAMES[self.name].label} ce jour-là.")
            return datetime.combine(self.date, EVENING, PARIS).astimezone(UTC)
        if self.name in (DICE, EXAMPLE):
            return datetime.combine(self.date, time(), PARIS).astimezone(UTC)
        moment = _moment_of_round(self.name)
        if moment.date() != self.date:
            raise NoSuchSource("Ce tour de drand n’est pas de ce jour-là.")
        return moment

    def next(self) -> "Source":
        """Where a drawing is not held: the next one of the same game. Others are held, or the draw is frozen anew."""
        if self.name not in GAMES:
            raise NoSuchSource("Seul un jeu a un tirage suivant.")
        later = (self.date + timedelta(days=days) for days in range(1, 8))
        return Source(self.name, next(day for day in later if day.weekday() in GAMES[self.name].days))

    def parts(self, numbers: Sequence[int | str]) -> list[str]:
        """What its numbers add to the seed: `NAME DATE NUMBERS`, for a game one for each drum, ascending.

        Numbers of a game are those of the first drum, then those of the second. Raises NoSuchSource.
        """
        if self.name in GAMES:
            return self._parts_of_game(GAMES[self.name], numbers)
        if DRAND.fullmatch(self.name):
            return [f"{self.name} {self.date.isoformat()} {_randomness(numbers)}"]
        return [f"{self.name} {self.date.isoformat()} {self._thrown(numbers)}"]

    def _thrown(self, numbers: Sequence[int | str]) -> str:
        least, most, top = (LEAST_THROWS, MOST_THROWS, 6) if self.name == DICE else (1, MOST_EXAMPLE, 999_999)
        if not least <= len(numbers) <= most or not all(_between(number, 1, top) for number in numbers):
            raise NoSuchSource(f"Il faut de {least} à {most} nombres, chacun de 1 à {top}.")
        return _joined(numbers)

    def _parts_of_game(self, game: Game, numbers: Sequence[int | str]) -> list[str]:
        first, second = list(numbers[: game.numbers[0]]), list(numbers[game.numbers[0] :])
        for drum, (many, top) in ((first, game.numbers), (second, game.second_numbers)):
            if len(drum) != many or len(set(drum)) != many or not all(_between(number, 1, top) for number in drum):
                raise NoSuchSource(_rule(game))
        day = self.date.isoformat()
        return [f"{game.name} {day} {_joined(sorted(first))}", f"{game.second} {day} {_joined(sorted(second))}"]


def seed_of(results: Sequence[tuple[Source, Sequence[int | str]]]) -> str:
    """The seed: the parts of each source, in the order frozen, joined by `;`. Raises NoSuchSource."""
    return ";".join(part for source, numbers in results for part in source.parts(numbers))


def source_named(name: str, day: date) -> Source:
    """The source of this name on this day. Raises NoSuchSource."""
    if name not in (*GAMES, DICE, EXAMPLE) and not DRAND.fullmatch(name):
        raise NoSuchSource("Choisissez une source de la liste.")
    source = Source(name, day)
    _ = source.known_at
    return source


def drawings_after(choice: str, moment: datetime) -> list[Source]:
    """What a choice of sources ("loto", "euromillions", "games", "drand", "dice", "example") means once a list is
    frozen: of each its first drawing not known before this moment. A rule, so that nobody picks a day."""
    day = moment.astimezone(PARIS).date()
    if choice == "drand":
        hour = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        number = round_after(USUAL_CHAIN, hour)
        name = f"DRAND-{USUAL_CHAIN}-{number}"
        return [Source(name, _moment_of_round(name).date())]
    if choice == "dice":
        return [Source(DICE, day)]
    if choice == "example":
        return [Source(EXAMPLE, day + timedelta(days=1))]
    games = {"loto": (LOTO,), "euromillions": (EUROMILLIONS,), "games": (LOTO, EUROMILLIONS)}[choice]
    return [_first_drawing(game, moment) for game in games]


def _first_drawing(game: Game, moment: datetime) -> Source:
    first = moment.astimezone(PARIS).date()
    days = (first + timedelta(days=later) for later in range(8))
    held = (Source(game.name, day) for day in days if day.weekday() in game.days)
    return next(source for source in held if source.known_at >= moment)


def read_numbers(name: str, typed: str) -> list[int | str]:
    """The numbers that somebody typed for a source, with spaces, points, commas or hyphens between. Raises
    NoSuchSource."""
    if DRAND.fullmatch(name):
        return [typed.strip().lower()]
    words = [word for word in re.split(r"[\s.,;-]+", typed) if word]
    numbers = [parse_whole(word) for word in words]
    if None in numbers:
        raise NoSuchSource("Écrivez les numéros en chiffres, séparés par des espaces.")
    return [number for number in numbers if number is not None]


def names_of(source: Source) -> list[str]:
    """The names under which a source stands in the seed: a game once for each of its drums."""
    game = GAMES.get(source.name)
    return [game.name, game.second] if game else [source.name]


def round_after(chain: str, moment: datetime) -> int:
    """The first round of this chain of drand that is not known before this moment."""
    known = CHAINS[chain]
    return -(-(int(moment.timestamp()) - known.genesis) // known.period) + 1


def _moment_of_round(name: str) -> datetime:
    match = DRAND.fullmatch(name)
    if not match or match[1] not in CHAINS:
        raise NoSuchSource("Cette chaîne de drand n’est pas connue ici.")
    chain = CHAINS[match[1]]
    return datetime.fromtimestamp(chain.genesis + (int(match[2]) - 1) * chain.period, UTC)


def _randomness(numbers: Sequence[int | str]) -> str:
    if len(numbers) == 1 and re.fullmatch("[0-9a-f]{64}", str(numbers[0]), re.ASCII):
        return str(numbers[0])
    raise NoSuchSource("Il faut les 64 signes (0 à 9, a à f) que donne ce tour de drand.")


def _between(number: int | str, least: int, most: int) -> bool:
    return isinstance(number, int) and least <= number <= most


def _joined(numbers: Sequence[int | str]) -> str:
    return ".".join(map(str, numbers))


def _rule(game: Game) -> str:
    (many, top), (more, second_top) = game.numbers, game.second_numbers
    second = "numéro Chance" if more == 1 else "étoiles"
    return f"Il faut {many} numéros de 1 à {top}, tous différents, et {more} {second} de 1 à {second_top}."
