"""Options put in order, one wins: by duels (Schulze), or by successive eliminations (instant run-off)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from forum.proposals.methods import pairwise, rounds
from forum.proposals.methods.method import Method
from forum.proposals.methods.rankings import behind, firsts, orders, ordinal, read_ranks
from forum.proposals.methods.results import leading
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
from forum.proposals.methods.transfers import Rounds, count_rounds
from forum.text.numbers import counted, figure

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
        runoff = settings.get("counting") == "runoff"
        return tuple(setting for setting in self.settings if runoff or setting != rounds.TIES)

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

    def count(self, profile: Profile, options: Options, settings: Settings) -> RankedTally:
        ballots = orders(profile)
        won = pairwise.duels(ballots, options)
        paths = pairwise.strengths(won, options)
        count, places = None, pairwise.places(paths, options)
        if settings.get("counting") == "runoff":
            count = count_rounds(ballots, options, previous=settings.get("ties") == "previous")
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
        figures = {row.name: row.figure for row in self.rows(tally, options, settings)}
        outcome = leading(self, tally, options, settings, eligible, figures)
        if outcome.status not in ("chosen", "tie"):
            return outcome
        return replace(outcome, sentences=(*outcome.sentences, *_told(tally)))

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        assert isinstance(tally, RankedTally)
        if tally.rounds:
            return _last_votes(tally, tally.rounds, options)
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
        if not pairwise.goes_round(tally.won, tally.paths):
            return (duels,)
        return (duels, _square("Les chemins les plus forts", tally.paths, options, _PATHS))


_HOW = "À lire ligne par ligne : combien de bulletins placent cette option devant celle de la colonne."
_PATHS = (
    "Les duels tournent en rond : on compare la force des chemins, de duel gagné en duel gagné ; "
    "un chemin a la force de son duel le plus faible."
)


def _told(tally: RankedTally) -> tuple[str, ...]:
    """How it was decided, where the result does not tell."""
    if tally.rounds:
        number = len(tally.rounds.rounds)
        stopped = "s’est arrêté" if tally.rounds.tied else "a pris fin"
        return (f"Le dépouillement {stopped} au tour {number}.",)
    return (_PATHS,) if pairwise.goes_round(tally.won, tally.paths) else ()


def _last_votes(tally: RankedTally, count: Rounds, options: Options) -> tuple[Row, ...]:
    """What each option held in the last round where it held anything."""
    held = dict.fromkeys(options, 0)
    held.update({name: int(total) for each in count.rounds for name, total in each.totals.items() if total})
    return tuple(
        Row(name, label, counted(held[name], "voix"), ((None, held[name]),), tally.voters, _heads(tally.counts[name]))
        for name, label in options.items()
    )


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
