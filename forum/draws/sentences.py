"""What the tails of an honest draw mean, in words and in bars."""

from dataclasses import dataclass
from fractions import Fraction

from forum.draws.chance import Tails, possible, shape
from forum.text.numbers import figure

# A drawing on a phone: one bar for each outcome as long as there are no more.
MOST_BARS = 41
FAR = ((10**12, "mille milliards"), (10**9, "un milliard"), (10**6, "un million"))


@dataclass(frozen=True)
class Bar:
    """A column of the drawing: from `least` to `most` of the kind, its height from 0 to 100, whether it is as far out
    as what was seen."""

    least: int
    most: int
    height: int
    far: bool


def frequency(probability: Fraction) -> str:
    """How often something of this probability happens, as one says it: "environ 1 fois sur 44"."""
    if probability >= Fraction(9, 10):
        return "presque à chaque fois"
    if probability > Fraction(3, 5):
        return "environ 2 fois sur 3"
    times = round(1 / probability)
    for most, words in FAR:
        if times >= most:
            return f"moins d’une fois sur {words}"
    if times >= 1_000:
        times = round(times, 2 - len(str(times)))
    return f"environ 1 fois sur {figure(times)}"


def sentence(tails: Tails, seen: int) -> str:
    """What the draw looks like if it was honest; never how likely fraud is, which no such figure tells."""
    if seen == tails.expected:
        return "C’est exactement ce qu’un tirage honnête donne en moyenne."
    tail = tails.at_least if seen > tails.expected else tails.at_most
    return f"Si le tirage est honnête, un écart au moins aussi grand, dans ce sens, arrive {frequency(tail)}."


def bars(pool: int, kind: int, drawn: int, seen: int) -> list[Bar]:
    """The outcomes that an honest draw can well bring, and what was seen among them, least first."""
    likely, expected = shape(pool, kind, drawn), Fraction(drawn * kind, pool)
    least, most = min(*likely, seen), max(*likely, seen)
    step = -(-(most - least + 1) // MOST_BARS)
    columns = [range(start, min(start + step, most + 1)) for start in range(least, most + 1, step)]
    weights = [sum(likely.get(number, 0.0) for number in column) for column in columns]
    return [
        Bar(column[0], column[-1], round(100 * weight / max(weights)), _far(column, expected, seen))
        for column, weight in zip(columns, weights, strict=True)
    ]


def _far(column: range, expected: Fraction, seen: int) -> bool:
    return column[-1] >= seen if seen > expected else column[0] <= seen if seen < expected else False


def rounded(expected: Fraction) -> str:
    """A mean as one says it: a whole number, or one figure behind the comma."""
    tenths = round(10 * expected)
    return figure(tenths // 10) if tenths % 10 == 0 else f"{figure(tenths // 10)},{tenths % 10}"


def not_a_number(most: int) -> str:
    """What is said of a field that holds no number, or one too large."""
    return f"Écrivez un nombre entier, {figure(most)} au plus."


def what_cannot_be(pool: int, kind: int, drawn: int, seen: int) -> dict[str, str]:
    """The sentences, by field, that say why no draw can bring this; none for one that can."""
    if not pool:
        return {"pool": "Il faut au moins une personne dans la liste."}
    if kind > pool:
        return {"kind": "Il ne peut pas y en avoir plus que de personnes dans la liste."}
    if not 0 < drawn <= pool:
        return {"drawn": "On tire au moins une personne, et pas plus qu’il n’y en a dans la liste."}
    least, most = possible(pool, kind, drawn)
    if not least <= seen <= most:
        return {"seen": f"Un tel tirage en donne de {figure(least)} à {figure(most)}."}
    return {}
