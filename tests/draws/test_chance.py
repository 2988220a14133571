"""The tails of an honest draw are exact."""

import random
from fractions import Fraction
from math import comb

import pytest

from forum.draws.chance import MOST_DRAWN, MOST_POOL, tails

CHANCE = random.Random(17)


def counted(pool: int, kind: int, drawn: int, low: int, high: int) -> Fraction:
    """By the definition: the share of all draws that bring from `low` to `high` of the kind."""
    ways = sum(comb(kind, number) * comb(pool - kind, drawn - number) for number in range(low, high + 1))
    return Fraction(ways, comb(pool, drawn))


def draws(number: int):
    for _ in range(number):
        pool = CHANCE.choice([CHANCE.randint(1, 30), CHANCE.randint(1, 400), CHANCE.randint(400, 3_000)])
        kind, drawn = CHANCE.randint(0, pool), CHANCE.randint(1, min(pool, 120))
        low, high = max(0, drawn - pool + kind), min(drawn, kind)
        yield pool, kind, drawn, CHANCE.choice([low, high, CHANCE.randint(low, high)])


def test_two_thousand_draws_agree_with_the_definition():
    for pool, kind, drawn, seen in draws(2_000):
        found = tails(pool, kind, drawn, seen)
        assert found.at_least == counted(pool, kind, drawn, seen, min(drawn, kind))
        assert found.at_most == counted(pool, kind, drawn, max(0, drawn - pool + kind), seen)
        assert found.expected == Fraction(drawn * kind, pool)


# Published with the draws' reference: 60 or more of 100 from 1,000 with 400 such, and so on.
@pytest.mark.parametrize(
    ("draw", "probability"),
    [((1_000, 400, 100, 60), 1.7e-5), ((150, 30, 20, 8), 0.0227), ((150, 30, 20, 6), 0.181)],
)
def test_known_tails(draw, probability):
    assert float(tails(*draw).at_least) == pytest.approx(probability, rel=0.02)


def test_the_two_tails_share_what_was_seen_and_make_the_whole():
    found, more = tails(130_000, 65_000, 650, 380), tails(130_000, 65_000, 650, 381)
    assert found.at_most + more.at_least == 1


def test_the_farthest_tail_is_not_rounded_to_nothing():
    assert 0 < tails(MOST_POOL, 100_000, MOST_DRAWN, 2_000).at_least < Fraction(1, 10**600)


@pytest.mark.parametrize(
    "draw",
    [
        (0, 0, 1, 0),
        (10, 11, 2, 1),
        (10, 5, 11, 5),
        (10, 5, 0, 0),
        (10, 5, 2, 3),
        (10, 9, 2, 0),
        (10, -1, 2, 0),
        (MOST_POOL + 1, 5, 2, 1),
        (MOST_POOL, 5, MOST_DRAWN + 1, 1),
    ],
)
def test_what_cannot_be_is_refused(draw):
    with pytest.raises(ValueError, match="no such"):
        tails(*draw)
