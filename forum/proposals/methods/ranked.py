"""Options put in order, one wins: by duels (Schulze), or by successive eliminations (instant run-off)."""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.proposals.methods import pairwise, rounds, runoff
from forum.proposals.methods.method import Method
from forum.proposals.methods.rankings import behind, firsts, orders, ordinal, read_ranks
from forum.proposals.methods.results import named, quorum_sentences, without_result
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
)
from forum.proposals.methods.transfers import Rounds
from forum.text.numbers import figure

COUNTING = Setting(
    "counting",
    "Dépouillement du classement",
    "schulze",
    choices=(
        ("schulze", "Duels : l’emporte l’option préférée à chacune des autres (méthode de Schulze)"),
        ("runoff", "Éliminations successives, jusqu’à ce qu’une option ait la majorité"),
    ),
)


@dataclass(frozen=True)
class RankedTally(Tally):
    """`counts` are first choices, `scores` how many options stand behind. `won` and `paths` are the duels and the
    strongest paths (forum.proposals.methods.pairwise); `rounds` is None where duels decide."""

    won: pairwise.Duels
    paths: pairwise.Duels
    places: Places
    rounds: Rounds | None = None


class Ranked(Method):
    """Duels allow equal ranks, eliminations do not. Moving the winner of duels up on a ballot never makes it lose
    (Schulze is monotonic); instant run-off promises no such thing."""

    name = "ranked"
    label = "Classer les options"
    summary = "Chaque personne classe les options, de la préférée à la dernière ; ce qui n’est pas classé vient après."
    settings = (COUNTING, rounds.TIES, QUORUM)
    form = "select"
    from_ballots = True

    def rules(self, settings: Settings) -> tuple[Setting, ...]:
        by_rounds = settings.get("counting") == "runoff"
        return tuple(setting for setting in self.settings if by_rounds or setting != rounds.TIES)

    def answers(self, options: Options, settings: Settings) -> tuple[tuple[int, str], ...]:
        return tuple((rank, ordinal(rank)) for rank in range(1, len(options) + 1))

    def word(self, value: int) -> str:
        return ordinal(value)

    def advice(self, settings: Settings) -> str:
        again = (
            "Chaque rang ne sert qu’une fois." if settings.get("counting") == "runoff" else "Un rang peut se partager."
        )
        return f"1er pour ce que vous préférez ; ce qui n’est pas classé vient après. {again}"

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        return read_ranks(typed, options, ties=settings.get("counting") != "runoff")

    def count(self, profile: Profile, options: Options, settings: Settings, ended: bool = True) -> RankedTally:
        ballots = orders(profile)
        won = pairwise.duels(ballots, options)
        paths = pairwise.strengths(won, options)
        count, places = None, pairwise.places(paths, options)
        if settings.get("counting") == "runoff":
            count = rounds.count(ballots, options, settings, ended=ended)
            places = count.places
        first = dict.fromkeys(options, 0)
        for order, number in ballots.items():
            for name in order[0] if order else ():
                first[name] += number
        scores = behind(places)
        ordered = {name: scores[name] for name in options}
        return RankedTally(sum(profile.values()), first, ordered, won, paths, places, count)

    def add_up(self, given: Given, voters: int) -> Tally:
        return firsts(given, voters)

    def rank(self, tally: Tally) -> Places:
        assert isinstance(tally, RankedTally)
        return tally.places

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        assert isinstance(tally, RankedTally)
        detail = runoff.first_choices(tally, options) if tally.rounds else _won(tally, options)
        missing = without_result(tally, settings, eligible, detail)
        if missing:
            return missing
        if tally.rounds:
            return runoff.outcome(tally, tally.rounds, tally.places, options, settings, eligible)
        first = tally.places[0]
        status = "chosen" if len(first) == 1 else "tie"
        told = (_decided(tally, options), *_paths(tally, options), f"Pour mémoire : {detail}.")
        return Outcome(status, first, (*told, *quorum_sentences(tally, settings, eligible)))

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        assert isinstance(tally, RankedTally)
        if tally.rounds:
            return runoff.rows(tally, tally.rounds, options)
        won = pairwise.won_by(tally.won, options)
        return tuple(
            Row(name, label, _duels(won[name]), ((None, won[name]),), len(options) - 1, _heads(tally.counts[name]))
            for name, label in options.items()
        )

    def tables(self, tally: Tally, options: Options, settings: Settings) -> tuple[Table, ...]:
        assert isinstance(tally, RankedTally)
        duels = _square("Les duels", tally.won, options, _HOW)
        if tally.rounds:
            return (rounds.table(tally.rounds, options, tally.voters), duels)
        if not _paths(tally, options):
            return (duels,)
        return (duels, _square("Les chemins les plus forts", tally.paths, options, _PATHS))


_HOW = "À lire ligne par ligne : combien de bulletins placent cette option devant celle de la colonne."
_PATHS = (
    "On compare la force des chemins, de duel gagné en duel gagné ; un chemin a la force de son duel le plus faible."
)


def _decided(tally: RankedTally, options: Options) -> str:
    """Who wins, and by what: a place in the order of duels is no number of duels."""
    first = tally.places[0]
    if len(first) > 1:
        none = "aucune des deux ne devance l’autre" if len(first) == 2 else "aucune ne devance toutes les autres"
        return f"Égalité entre {named(first, options)} : {none}. Elle n’est pas départagée."
    won = pairwise.won_by(tally.won, options)[first[0]]
    if won == len(options) - 1:
        return f"Choix retenu : {named(first, options)}, préférée à chacune des autres."
    return f"Choix retenu : {named(first, options)}, première dans l’ordre qui résulte des duels."


def _paths(tally: RankedTally, options: Options) -> tuple[str, ...]:
    """How it was decided, where the duels alone do not tell."""
    if pairwise.goes_round(tally.won, tally.paths):
        return (f"Les duels tournent en rond. {_PATHS}",)
    if len(tally.places[0]) == 1 and pairwise.won_by(tally.won, options)[tally.places[0][0]] < len(options) - 1:
        return (f"Aucune option ne gagne tous ses duels. {_PATHS}",)
    return ()


def _won(tally: RankedTally, options: Options) -> str:
    """ "duels gagnés, Bellac 2, Guéret 1", in the order of the result."""
    won = pairwise.won_by(tally.won, options)
    placed = (name for place in tally.places for name in place)
    return "duels gagnés, " + ", ".join(f"{options[name]} {figure(won[name])}" for name in placed)


def _duels(number: int) -> str:
    return f"{figure(number)}\u00a0duel{'s' if number > 1 else ''} gagné{'s' if number > 1 else ''}"


def _heads(number: int) -> str:
    return f"{figure(number)} fois en tête"


def _square(caption: str, figures: pairwise.Duels, options: Options, how: str) -> Table:
    names = list(options)
    lines = tuple(
        (f"{line}. {options[a]}", *("–" if a == b else str(figures[a, b]) for b in names))
        for line, a in enumerate(names, 1)
    )
    strong = frozenset(
        (line, column)
        for line, a in enumerate(names)
        for column, b in enumerate(names, 1)
        if a != b and figures[a, b] > figures[b, a]
    )
    return Table(caption, ("", *(str(number) for number in range(1, len(names) + 1))), lines, strong, (how,))
