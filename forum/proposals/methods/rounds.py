"""What is told of a count in rounds: a setting, sentences and a table, for one seat or several."""

from collections.abc import Iterator
from fractions import Fraction

from forum.proposals.methods.results import named
from forum.proposals.methods.shapes import Options, Setting, Table
from forum.proposals.methods.transfers import Round, Rounds
from forum.text.numbers import counted

TIES = Setting(
    "ties",
    "Égalité au moment d’éliminer une option",
    "stop",
    choices=(
        ("stop", "Le dépouillement s’arrête et l’égalité est annoncée"),
        ("previous", "On élimine celle qui avait le moins de voix au tour précédent où elles différaient"),
    ),
    hint=(
        "Pour les éliminations successives et les places à pourvoir. Les dernières à égalité qui, même réunies, "
        "restent derrière la suivante sont éliminées ensemble. Rien n’est tiré au sort."
    ),
)


def votes(number: Fraction) -> str:
    """A number of votes as written in French, to one hundredth: "26", "21,54"."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def table(count: Rounds, options: Options, voters: int) -> Table:
    """The votes of each option in each round; what is elected or eliminated stands out, and every round is told."""
    rounds = count.rounds
    heads = ("", *(f"Tour {number}" for number in range(1, len(rounds) + 1)))
    lines = [(label, *(_cell(each, name) for each in rounds)) for name, label in options.items()]
    lines.append(("Sans suite", *(votes(each.exhausted) for each in rounds)))
    decided = {
        (line, column)
        for line, name in enumerate(options)
        for column, each in enumerate(rounds, 1)
        if name in (*each.elected, *each.dropped)
    }
    return Table(_caption(count, voters), heads, tuple(lines), frozenset(decided), tuple(_told(count, options)))


def _cell(each: Round, name: str) -> str:
    return votes(each.totals[name]) if each.totals[name] else "–"


def _caption(count: Rounds, voters: int) -> str:
    ballots = counted(voters, "bulletin")
    if not count.quota:
        return f"Les tours : {ballots}, il faut plus de la moitié des voix en jeu"
    return f"Les tours : {ballots}, {count.seats}\u00a0places, quota de {count.quota}\u00a0voix"


def _told(count: Rounds, options: Options) -> Iterator[str]:
    for number, each in enumerate(count.rounds, 1):
        yield f"Tour {number} : {' ; '.join(_events(count, each, options))}."
    if any(total.denominator > 1 for each in count.rounds for total in each.totals.values()):
        yield "Le compte est fait en fractions exactes ; seul l’affichage est arrondi au centième."


def _events(count: Rounds, each: Round, options: Options) -> Iterator[str]:
    if each.elected:
        seat = "place obtenue" if count.quota else "majorité obtenue"
        yield f"{seat} par {_with_votes(each.elected, each, options)}"
    if each.passed:
        surplus = votes(each.totals[each.passed[0]] - count.quota)
        yield f"le surplus de {named(each.passed, options)} ({surplus}\u00a0voix) passe aux choix suivants"
    if each.dropped:
        yield f"élimination de {_with_votes(each.dropped, each, options)}"
    if each.told_apart:
        yield f"à égalité, {named(each.told_apart, options)} reste grâce aux tours précédents"
    if each.tied:
        yield f"égalité en dernière place entre {_with_votes(each.tied, each, options)}, le dépouillement s’arrête"


def _with_votes(names: tuple[str, ...], each: Round, options: Options) -> str:
    return ", ".join(f"{named((name,), options)} ({votes(each.totals[name])})" for name in names)
