"""Several seats for options put in order: the single transferable vote (transfers.py says by which rules)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forum.proposals.methods import rounds
from forum.proposals.methods.method import Method
from forum.proposals.methods.rankings import behind, firsts, orders, ordinal, read_ranks
from forum.proposals.methods.results import named, quorum_sentences, without_result
from forum.proposals.methods.runoff import first_choices
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
from forum.proposals.methods.transfers import Round, Rounds
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

    def count(self, profile: Profile, options: Options, settings: Settings, ended: bool = True) -> SeatsTally:
        seats, ballots = int(settings.get("seats", SEATS.default)), orders(profile)
        count = rounds.count(ballots, options, settings, seats, ended)
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
        missing = without_result(tally, settings, eligible, first_choices(tally, options))
        if missing:
            return missing
        count = tally.rounds
        rest = (
            *_obtained(count, options),
            f"Quota : {count.quota}\u00a0voix pour {counted(tally.voters, 'bulletin')}.",
            f"Pour mémoire : {first_choices(tally, options)}.",
            *quorum_sentences(tally, settings, eligible),
        )
        obtained = f"{_seats(len(count.elected))} : {named(count.elected, options)}." if count.elected else ""
        if not count.tied:
            return Outcome("chosen", count.elected, (f"Pour {obtained}", *rounds.tie(count, options), *rest))
        sure = (f"Déjà acquis, {obtained}",) if obtained else ()
        return Outcome("tie", count.elected, (*rounds.tie(count, options), *sure, *_ahead(count, options), *rest))

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


def _obtained(count: Rounds, options: Options) -> Iterator[str]:
    """A sentence a seat: by whom, in which round, with how many votes."""
    for number, each in enumerate(count.rounds, 1):
        for name in (*each.elected, *each.sure):
            held = f"au tour {number} avec {rounds.votes(each.totals[name])}\u00a0voix"
            yield f"{named((name,), options)} obtient une place {held}{_below(count, each, name)}."


def _below(count: Rounds, each: Round, name: str) -> str:
    """Why a seat came below the quota, where it did."""
    if name in each.sure:
        return ", quel que soit l’ordre d’élimination"
    return "" if each.totals[name] >= count.quota else ", car il reste une place pour chaque option en lice"


def _ahead(count: Rounds, options: Options) -> tuple[str, ...]:
    """Who still stood before those that are level, with their votes."""
    last = count.rounds[-1]
    gone = {*count.elected, *last.tied, *(name for each in count.rounds for name in each.dropped)}
    ahead = sorted((name for name in options if name not in gone), key=lambda name: -last.totals[name])
    if not ahead:
        return ()
    held = ", ".join(f"{options[name]} {rounds.votes(last.totals[name])}" for name in ahead)
    return (f"Devant elles, sans place encore : {held}.",)
