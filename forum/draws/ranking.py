"""The formula `sha256`: tickets in the order of the SHA-256 of seed and number, smallest first.

Anybody can compute it with what any machine has. The seed is not known before the list is frozen, so nobody can choose
a number that wins; whoever withdraws leaves the order of the others as it was. (After OCTO-41, ICANN 2025, which ranks
names; its sample code hashes another text than the one it describes, hence the exact bytes here.)
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

FORMULA = "sha256"


@dataclass(frozen=True)
class Picks:
    """The numbers drawn, then the reserves, each in the order of their rank."""

    drawn: list[int]
    reserves: list[int]


def key(seed: str, number: int) -> str:
    """What a ticket is ranked by: the 64 hexadecimal digits of the SHA-256 of `SEED|NUMBER` in UTF-8."""
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()


def ranked(seed: str, numbers: Iterable[int]) -> list[int]:
    """These numbers, smallest key first."""
    return sorted(numbers, key=lambda number: key(seed, number))


def drawn(seed: str, colleges: Mapping[int, str], seats: Mapping[str, int], out: Collection[int] = ()) -> Picks:
    """Who is drawn: of each college its first so many, by rank; the others are reserves of their college.

    `colleges` gives the college of each number, '' where there are none; `seats` those of each college. Whoever is
    `out` (has withdrawn) is passed over: the next of their college takes the seat, nobody else moves.
    """
    left, picks = dict(seats), Picks([], [])
    for number in ranked(seed, colleges):
        if number in out:
            continue
        college = colleges[number]
        if left.get(college, 0):
            left[college] -= 1
            picks.drawn.append(number)
        else:
            picks.reserves.append(number)
    return picks
