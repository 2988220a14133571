"""A count in rounds to its end, beyond ties for the last place that change nothing.

Where no published rule tells which of the last options goes, every one of them is eliminated in turn, and each count
goes on to its end (parallel-universe tie-breaking: V. Conitzer, M. Rognlie and L. Xia, Preference functions that score
rankings and maximum likelihood estimation, IJCAI 2009). Where all of them elect the same, so does the count.
"""

from collections.abc import Collection, Hashable
from dataclasses import replace

from forum.proposals.methods.rankings import Orders
from forum.proposals.methods.shapes import Places
from forum.proposals.methods.transfers import CountInRounds, Rounds

# How many states of a count are looked at beyond a tie. It belongs to the rule: every machine stops at the same place.
MOST_STATES = 1000

Ends = frozenset[frozenset[str]]
"""The sets of options that may be elected in all."""


def count_rounds(
    orders: Orders, names: Collection[str], seats: int = 1, previous: bool = False, branches: bool = False
) -> Rounds:
    """The rounds of a count. A ballot that gives one rank to several options is held by none from there on.

    `previous`: earlier rounds tell apart those that are last together; `branches`: ties that change nothing are passed.
    """
    count = CountInRounds(orders, names, seats)
    while count.next_round(previous):
        pass
    last = count.rounds[-1]
    if not last.tied:
        return Rounds(tuple(count.rounds), count.quota, seats)
    ends = _ends(count, names) if branches else ()
    sure = count.sure() if not ends else [name for name in count.hopeful if all(name in end for end in ends)]
    count.rounds[-1] = replace(last, sure=tuple(sure))
    return Rounds(tuple(count.rounds), count.quota, seats, ends)


def _ends(count: CountInRounds, names: Collection[str]) -> Places:
    """What each way on from a tie elects, in the order shown; none where there are too many ways to follow."""
    ends = [tuple(name for name in names if name in end) for end in _Branches().ends(count)]
    return tuple(sorted(ends, key=lambda end: [name not in end for name in names]))


class _Branches:
    """Every way on from a tie, each state of the count looked at once.

    Within a way no earlier round tells options apart: so every rule that would have told them apart is among the ways.
    """

    def __init__(self) -> None:
        self.seen: dict[Hashable, Ends] = {}

    def ends(self, count: CountInRounds) -> Ends:
        """The sets of options that may be elected from here; none where the states are too many."""
        found: set[frozenset[str]] = set()
        for name in count.rounds[-1].tied:
            after = self._after(count.without(name))
            if not after:
                return frozenset()
            found |= after
        return frozenset(found)

    def _after(self, count: CountInRounds) -> Ends:
        state = count.state()
        if state not in self.seen:
            if len(self.seen) == MOST_STATES:
                return frozenset()
            self.seen[state] = frozenset()
            while count.next_round(previous=False):
                pass
            ended = not count.rounds[-1].tied
            self.seen[state] = frozenset((count.elected(),)) if ended else self.ends(count)
        return self.seen[state]
