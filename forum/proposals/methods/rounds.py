"""What is told of a count in rounds: a setting, sentences and a table, for one seat or several."""

from collections.abc import Iterator
from fractions import Fraction

from forum.proposals.methods.branches import count_rounds
from forum.proposals.methods.rankings import Orders
from forum.proposals.methods.results import named
from forum.proposals.methods.shapes import Options, Setting, Settings, Table
from forum.proposals.methods.transfers import Round, Rounds
from forum.text.numbers import counted

TIES = Setting(
    "ties",
    "Égalité au moment d’éliminer une option",
    "previous",
    choices=(
        ("stop", "On suit toutes les éliminations possibles"),
        ("previous", "On élimine celle qui avait le moins de voix au tour précédent où elles différaient"),
    ),
    hint=(
        "Pour les éliminations successives et les places à pourvoir. Si l’égalité demeure, on suit toutes les "
        "éliminations possibles : quand elles mènent au même résultat, il est acquis. Sinon, l’égalité est annoncée. "
        "Rien n’est tiré au sort."
    ),
)
# So many of the ways on from a tie are told; beyond, those at stake alone.
MOST_ENDS = 4


def count(ballots: Orders, options: Options, settings: Settings, seats: int = 1, ended: bool = True) -> Rounds:
    """The rounds of these ballots by the rules of a vote: while ballots still come, a tie is not looked beyond."""
    branches = ended and int(settings.get("rule", 1)) > 1
    return count_rounds(ballots, options, seats, settings.get("ties") == "previous", branches)


def votes(number: Fraction) -> str:
    """A number of votes as written in French, to one hundredth: "26", "21,54"."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def table(count: Rounds, options: Options, voters: int) -> Table:
    """The votes of each option in each round; what is elected or eliminated stands out, and every round is told."""
    rounds = count.rounds
    heads = ("", *(f"Tour {number}" for number in range(1, len(rounds) + 1)))
    lines = [(label, *(_cell(each, name) for each in rounds)) for name, label in options.items()]
    lines.append(("Bulletins épuisés", *(votes(each.exhausted) for each in rounds)))
    decided = {
        (line, column)
        for line, name in enumerate(options)
        for column, each in enumerate(rounds, 1)
        if name in (*each.elected, *each.sure, *each.dropped)
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
        stops = ", le dépouillement s’arrête" if count.tied else ""
        yield f"égalité en dernière place entre {_with_votes(each.tied, each, options)}{stops}"
    if each.sure:
        yield f"quel que soit l’ordre d’élimination, {named(each.sure, options)} {_wins(count, each.sure)}"


def tie(count: Rounds, options: Options) -> tuple[str, ...]:
    """What is told of the tie where a count ended: what it is for, and what hangs on it; nothing where it met none."""
    last = count.rounds[-1]
    if not last.tied:
        return ()
    each = "de part et d’autre" if len(last.tied) == 2 else "chacune"
    between = (
        f"Égalité pour la dernière place au tour {len(count.rounds)} entre {named(last.tied, options)}, "
        f"{votes(last.totals[last.tied[0]])}\u00a0voix {each}"
    )
    if not count.tied:
        same = _wins(count, count.elected)
        return (f"{between}. Quel que soit l’ordre d’élimination, {named(count.elected, options)} {same}.",)
    if not count.ends:
        return (f"{between}. Elle n’est pas départagée.",)
    return (f"{between}. Selon l’ordre d’élimination, {_at_stake(count, options)}. Elle n’est pas départagée.",)


def _wins(count: Rounds, names: tuple[str, ...]) -> str:
    if not count.quota:
        return "l’emporte"
    return "obtient une place" if len(names) == 1 else "obtiennent une place chacune"


def _at_stake(count: Rounds, options: Options) -> str:
    """ "« A » ou « B » l’emporte", "la place revient à « A » ou à « B »"."""
    ends = [tuple(name for name in end if name in count.at_stake) for end in count.ends]
    if not count.quota:
        return f"{' ou '.join(named(end, options) for end in ends)} l’emporte"
    places = "la place restante revient" if len(ends[0]) == 1 else f"les {len(ends[0])} places restantes reviennent"
    if len(ends) > MOST_ENDS:
        return f"{places} à certaines de {named(count.at_stake, options)}"
    return f"{places} à {' ou à '.join(named(end, options) for end in ends)}"


def _with_votes(names: tuple[str, ...], each: Round, options: Options) -> str:
    return ", ".join(f"{named((name,), options)} ({votes(each.totals[name])})" for name in names)
