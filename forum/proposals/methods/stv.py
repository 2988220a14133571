"""Several seats for options put in order: the single transferable vote (transfers.py says by which rules)."""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.proposals.methods import rounds
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
from forum.proposals.methods.transfers import Rounds, count_rounds
from forum.text.numbers import counted, figure

SEATS = Setting("seats", "Places à pourvoir", 2, least=2, most=10)


@dataclass(frozen=True)
class SeatsTally(Tally):
    """`counts` are first choices, `scores` how many options stand behind in the order of election and elimination."""

    rounds: Rounds


class TransferableVote(Method):
    """Each group of voters obtains about its share of the seats."""

    name = "stv"
    label = "Pourvoir plusieurs places"
    summary = (
        "Chaque personne classe les candidatures ; les voix en trop et celles des éliminées passent au choix suivant, "
        "si bien que chaque sensibilité obtient sa part des places (vote unique transférable)."
    )
    settings = (SEATS, rounds.TIES, QUORUM)
    form = "select"
    from_ballots = True

    def misfit(self, settings: Settings, options: Options) -> Problems:
        if int(settings.get("seats", SEATS.default)) < len(options):
            return {}
        return {"seats": "Il y a autant de places que d’options, ou davantage : toutes seraient retenues sans vote."}

    def answers(self, options: Options, settings: Settings) -> tuple[tuple[int, str], ...]:
        return tuple((rank, ordinal(rank)) for rank in range(1, len(options) + 1))

    def word(self, value: int) -> str:
        return ordinal(value)

    def advice(self, settings: Settings) -> str:
        return (
            "1er pour votre premier choix, et ainsi de suite, aussi loin que vous voulez. Un rang ne sert qu’une fois."
        )

    def validate(self, typed: Mapping[str, str], options: Options, settings: Settings) -> tuple[Marks, Problems]:
        return read_ranks(typed, options, ties=False)

    def count(self, profile: Profile, options: Options, settings: Settings) -> SeatsTally:
        seats, previous = int(settings.get("seats", SEATS.default)), settings.get("ties") == "previous"
        ballots = orders(profile)
        count = count_rounds(ballots, options, seats, previous)
        first = dict.fromkeys(options, 0)
        for order, number in ballots.items():
            if order and len(order[0]) == 1:
                first[order[0][0]] += number
        scores = behind(count.places)
        return SeatsTally(sum(profile.values()), first, {name: scores[name] for name in options}, count)

    def add_up(self, given: Given, voters: int) -> Tally:
        return firsts(given, voters)

    def rank(self, tally: Tally) -> Places:
        assert isinstance(tally, SeatsTally)
        return tally.rounds.places

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        assert isinstance(tally, SeatsTally)
        firsts = ", ".join(f"{label} {figure(tally.counts[name])}" for name, label in options.items())
        missing = without_result(tally, settings, eligible, f"premiers choix, {firsts}")
        if missing:
            return missing
        count = tally.rounds
        rest = (
            f"Quota : {count.quota}\u00a0voix pour {counted(tally.voters, 'bulletin')}. Premiers choix : {firsts}.",
            *quorum_sentences(tally, settings, eligible),
        )
        obtained = f"{_seats(len(count.elected))} : {named(count.elected, options)}." if count.elected else ""
        if not count.tied:
            return Outcome("chosen", count.elected, (f"Pour {obtained}", *rest))
        stopped = f"Égalité entre {named(count.tied, options)} au tour {len(count.rounds)}. Elle n’est pas départagée."
        sure = (f"Déjà acquis, {obtained}",) if obtained else ()
        return Outcome("tie", count.elected, (stopped, *sure, *rest))

    def rows(self, tally: Tally, options: Options, settings: Settings) -> tuple[Row, ...]:
        assert isinstance(tally, SeatsTally)
        elected = {name: number for number, name in enumerate(tally.rounds.elected, 1)} if tally.voters else {}
        return tuple(
            Row(
                name,
                label,
                "une place" if name in elected else "",
                ((None, tally.counts[name]),),
                tally.voters,
                f"{figure(tally.counts[name])} fois en tête",
            )
            for name, label in options.items()
        )

    def tables(self, tally: Tally, options: Options, settings: Settings) -> tuple[Table, ...]:
        assert isinstance(tally, SeatsTally)
        return (rounds.table(tally.rounds, options, tally.voters),)


def _seats(number: int) -> str:
    return counted(number, "place")
