"""What is told of successive eliminations (instant run-off): who wins, in which round, and what each option held."""

from fractions import Fraction

from forum.proposals.methods.results import named, quorum_sentences
from forum.proposals.methods.rounds import tie, votes
from forum.proposals.methods.shapes import Options, Outcome, Places, Row, Settings, Tally
from forum.proposals.methods.transfers import Rounds
from forum.text.numbers import counted, figure


def outcome(
    tally: Tally, count: Rounds, places: Places, options: Options, settings: Settings, eligible: int
) -> Outcome:
    """The outcome of a vote in which somebody voted and the quorum, if any, was reached."""
    rest = (*_last_round(count, options), *quorum_sentences(tally, settings, eligible))
    if count.tied:
        return Outcome("tie", count.at_stake or places[0], (*tie(count, options), *rest))
    winner = count.elected
    last = count.rounds[-1]
    if last.tied:
        won = f"Choix retenu : {named(winner, options)}."
    else:
        received = f"{_voices(last.totals[winner[0]])} sur {figure(_in_play(count))}"
        won = f"Choix retenu : {named(winner, options)}, {received} au tour {len(count.rounds)}."
    return Outcome("chosen", winner, (won, *tie(count, options), *rest))


def first_choices(tally: Tally, options: Options) -> str:
    """ "premiers choix, Bellac 4, Guéret 3"."""
    return "premiers choix, " + ", ".join(f"{label} {figure(tally.counts[name])}" for name, label in options.items())


def rows(tally: Tally, count: Rounds, options: Options) -> tuple[Row, ...]:
    """What each option held in the last round where it stood."""
    left = {name: number for number, each in enumerate(count.rounds, 1) for name in each.dropped}
    return tuple(
        Row(name, label, _voices(held), ((None, int(held)),), tally.voters, _note(left.get(name), tally.counts[name]))
        for name, label in options.items()
        for held in (count.rounds[left.get(name, len(count.rounds)) - 1].totals[name],)
    )


def _last_round(count: Rounds, options: Options) -> tuple[str, ...]:
    """Who held what when the count ended, the greatest first."""
    last, number = count.rounds[-1], len(count.rounds)
    gone = {name for each in count.rounds for name in each.dropped}
    left = sorted((name for name in options if name not in gone), key=lambda name: -last.totals[name])
    held = ", ".join(f"{options[name]} {votes(last.totals[name])}" for name in left)
    return (f"Voix au tour {number} : {held}{_exhausted(int(last.exhausted))}.",)


def _exhausted(ballots: int) -> str:
    """ " ; 2 bulletins épuisés": those that name nobody who is left."""
    return f" ; {counted(ballots, 'bulletin')} épuisé{'s' if ballots > 1 else ''}" if ballots else ""


def _in_play(count: Rounds) -> int:
    return int(sum(count.rounds[-1].totals.values()))


def _voices(held: Fraction) -> str:
    return counted(int(held), "voix")


def _note(left: int | None, first: int) -> str:
    heads = f"{figure(first)} fois en tête"
    return f"éliminée au tour {left}, {heads}" if left else heads
