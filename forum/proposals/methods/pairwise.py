"""Duels between options, and the Schulze method (M. Schulze, Social Choice and Welfare 36, 2011), by winning votes."""

from collections.abc import Collection, Mapping
from itertools import permutations

from forum.proposals.methods.rankings import Orders
from forum.proposals.methods.shapes import Places

Duels = Mapping[tuple[str, str], int]
"""For each ordered pair of options how many ballots put the first before the second."""


def duels(orders: Orders, names: Collection[str]) -> Duels:
    """The duels of these options; one that a ballot ranks wins over those it does not."""
    won = dict.fromkeys(permutations(names, 2), 0)
    for order, ballots in orders.items():
        after = set(names)
        for level in order:
            after -= set(level)
            for first in level:
                for second in after:
                    won[first, second] += ballots
    return won


def strengths(won: Duels, names: Collection[str]) -> Duels:
    """The strength of the strongest path from an option to another.

    A path goes from duel to duel won; it is as strong as the weakest of them, and a duel as the ballots of its winner.
    """
    paths = {(a, b): won[a, b] if won[a, b] > won[b, a] else 0 for a, b in won}
    for through in names:
        for a, b in paths:
            if through not in (a, b):
                paths[a, b] = max(paths[a, b], min(paths[a, through], paths[through, b]))
    return paths


def places(paths: Duels, names: Collection[str]) -> Places:
    """The options that no other beats by a stronger path, then those that none of the remaining beats, and so on."""
    left, found = list(names), []
    while left:
        best = tuple(a for a in left if all(paths[a, b] >= paths[b, a] for b in left if b != a))
        found.append(best)
        left = [name for name in left if name not in best]
    return tuple(found)


def won_by(won: Duels, names: Collection[str]) -> dict[str, int]:
    """How many duels each option wins."""
    return {a: sum(won[a, b] > won[b, a] for b in names if b != a) for a in names}


def goes_round(won: Duels, paths: Duels) -> bool:
    """Whether some option that wins a duel does not beat the other by its path: the duels alone do not settle."""
    return any(won[a, b] > won[b, a] and paths[a, b] <= paths[b, a] for a, b in won)
