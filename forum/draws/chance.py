"""Was it really chance? The exact tails of the hypergeometric distribution.

Of a pool with so many of some kind, so many are drawn: how often would an honest draw bring as many of that kind, or
more; as many, or fewer. Each term follows from the one before by a ratio of small numbers, in whole numbers throughout:
nothing is rounded, however far the tail, and the largest question takes some milliseconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, lgamma

MOST_POOL = 200_000
MOST_DRAWN = 2_000
# What is rarer has no height in a drawing.
LEAST_SHOWN = 1e-4


@dataclass(frozen=True)
class Tails:
    """How likely as many or more (`at_least`), as many or fewer (`at_most`), and how many one would expect."""

    at_least: Fraction
    at_most: Fraction
    expected: Fraction


def tails(pool: int, kind: int, drawn: int, seen: int) -> Tails:
    """Of `pool`, `kind` are of some kind; of the `drawn`, `seen` are. Raises ValueError for numbers that cannot be."""
    if not (0 < pool <= MOST_POOL and 0 <= kind <= pool and 0 < drawn <= min(pool, MOST_DRAWN)):
        raise ValueError("no such draw")
    least, most = possible(pool, kind, drawn)
    if not least <= seen <= most:
        raise ValueError("no such outcome")
    total = comb(pool, drawn)
    below = above = same = 0
    for number, ways in _ways(pool, kind, drawn):
        if number < seen:
            below += ways
        elif number > seen:
            above += ways
        else:
            same = ways
    return Tails(Fraction(same + above, total), Fraction(below + same, total), Fraction(drawn * kind, pool))


def possible(pool: int, kind: int, drawn: int) -> tuple[int, int]:
    """The fewest and the most of the kind that a draw can bring."""
    return max(0, drawn - (pool - kind)), min(drawn, kind)


def _ways(pool: int, kind: int, drawn: int) -> Iterator[tuple[int, int]]:
    """In how many ways each number x of the kind can be drawn, least first: C(kind, x) C(pool - kind, drawn - x)."""
    others = pool - kind
    least, most = possible(pool, kind, drawn)
    ways = comb(kind, least) * comb(others, drawn - least)
    for number in range(least, most + 1):
        yield number, ways
        ways = ways * (kind - number) * (drawn - number) // ((number + 1) * (others - drawn + number + 1))


def shape(pool: int, kind: int, drawn: int) -> dict[int, float]:
    """How likely each number of the kind is, where it is at all likely: for a drawing, rounded, unlike `tails`."""
    total = _log_comb(pool, drawn)
    least, most = possible(pool, kind, drawn)
    shares = (
        (number, exp(_log_comb(kind, number) + _log_comb(pool - kind, drawn - number) - total))
        for number in range(least, most + 1)
    )
    return {number: share for number, share in shares if share > LEAST_SHOWN}


def _log_comb(of: int, some: int) -> float:
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
