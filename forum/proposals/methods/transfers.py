"""Counts in rounds where votes pass from an option to the next on the ballot: one seat or several, in exact fractions.

Several seats: Droop quota (votes // (seats + 1) + 1), and surpluses passed on by the weighted inclusive Gregory method:
every ballot that an elected option holds passes on, at its present value times surplus / total (as the Scottish Local
Government Elections Order 2007, schedule 1, but in exact fractions). The largest surplus first; equal ones at once.
One seat: more than half of the votes still in play (instant run-off).

When nobody is elected the last option goes. Several that are last together go together if, added up, they still stand
behind the next one and enough options remain. Otherwise they are told apart only if that was published (`previous`):
the last is the one that had least in the latest round where they differed. Failing that the count stops there, and
forum.proposals.methods.branches looks where each way on leads: nothing is drawn, and the order in which options were
written weighs nothing.
"""

from collections.abc import Collection, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from forum.proposals.methods.rankings import Orders
from forum.proposals.methods.shapes import Places

Pile = dict[tuple[str, ...], Fraction]
"""The ballots that an option holds: the choices after it, and what all that bear them are worth together."""


@dataclass(frozen=True)
class Round:
    """The votes that each option holds, those that no choice is left to hold, and what follows from it.

    `elected` in this round; then `passed`, whose surplus goes on, or `dropped`, eliminated, or `tied`, where it stops;
    `sure` are those that have a seat whichever of the tied goes. `told_apart` holds those that were last with the
    dropped one and stayed by the published rule.
    """

    totals: Mapping[str, Fraction]
    exhausted: Fraction
    elected: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    told_apart: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rounds:
    """A count from its first round to its last; `quota` is 0 where the majority of votes in play decides.

    `ends` is what may follow from a tie in the last round, where every way on was followed: each the options elected in
    all, in the order shown. With one end alone the tie changes nothing, and the last round elects them.
    """

    rounds: tuple[Round, ...]
    quota: int
    seats: int
    ends: Places = ()

    @property
    def elected(self) -> tuple[str, ...]:
        """In the order of election."""
        return tuple(name for each in self.rounds for name in (*each.elected, *each.sure))

    @property
    def tied(self) -> tuple[str, ...]:
        """Those between which the count stopped without a result."""
        return () if len(self.ends) == 1 else self.rounds[-1].tied

    @property
    def at_stake(self) -> tuple[str, ...]:
        """Those that one end elects and another does not."""
        some = dict.fromkeys(name for end in self.ends for name in end)
        return tuple(name for name in self.rounds[-1].totals if name in some and not self._in_all(name))

    def _in_all(self, name: str) -> bool:
        return all(name in end for end in self.ends)

    @property
    def places(self) -> Places:
        """By round of election, then those neither elected nor dropped, by votes unless the count stopped, then those
        dropped, the last to go first."""
        totals, tied = self.rounds[-1].totals, self.rounds[-1].tied
        gone = {name for each in self.rounds for name in (*each.elected, *each.sure, *each.dropped)}
        left = [name for name in totals if name not in gone]
        levels = sorted({0 if tied else totals[name] for name in left}, reverse=True)
        among = [tuple(name for name in left if tied or totals[name] == level) for level in levels]
        return (
            *(level for each in self.rounds for level in _by_votes(each)),
            *among,
            *(each.dropped for each in reversed(self.rounds) if each.dropped),
        )


def _by_votes(each: Round) -> Places:
    """Those elected in a round, in groups of equal votes."""
    elected = (*each.elected, *each.sure)
    levels = sorted({each.totals[name] for name in elected}, reverse=True)
    return tuple(tuple(name for name in elected if each.totals[name] == level) for level in levels)


class CountInRounds:
    """The state of a count between two rounds."""

    def __init__(self, orders: Orders, names: Collection[str], seats: int):
        self.rounds: list[Round] = []
        self.hopeful = dict.fromkeys(names)
        self.held: dict[str, Pile] = {name: {} for name in names}
        self.totals = dict.fromkeys(names, Fraction(0))
        self.exhausted = Fraction(0)
        self.free = seats
        self.quota = sum(orders.values()) // (seats + 1) + 1 if seats > 1 else 0
        for order, ballots in orders.items():
            self._give(_strict(order), Fraction(ballots))

    def next_round(self, previous: bool) -> bool:
        """CountInRounds one round; False when it was the last."""
        told = Round(dict(self.totals), self.exhausted, self._elect())
        surpluses = [total for name, total in self.totals.items() if name not in self.hopeful and total > self.quota]
        if not self.free or not self.hopeful:
            self.rounds.append(told)
            return False
        if self.quota and surpluses:
            passed = tuple(name for name in self.totals if self.totals[name] == max(surpluses))
            self.rounds.append(replace(told, passed=passed))
            self._pass_on(passed)
            return True
        return self._drop_last(told, previous)

    def _elect(self) -> tuple[str, ...]:
        """Those that have enough, and the others too when there is a seat for each; the greatest first."""
        in_play = sum(self.totals[name] for name in self.hopeful)
        reached = [
            name
            for name, total in self.totals.items()
            if name in self.hopeful and (total >= self.quota if self.quota else 2 * total > in_play)
        ]
        if len(self.hopeful) <= self.free:
            reached = list(self.hopeful)
        for name in reached:
            del self.hopeful[name]
        self.free -= len(reached)
        return tuple(sorted(reached, key=lambda name: -self.totals[name]))

    def _pass_on(self, names: Collection[str]) -> None:
        for name in names:
            share = (self.totals[name] - self.quota) / self.totals[name]
            self.totals[name] = Fraction(self.quota)
            for order, worth in self.held.pop(name).items():
                self._give(order, worth * share)

    def _drop_last(self, told: Round, previous: bool) -> bool:
        """Eliminate the last option; False when it cannot be told."""
        least = min(self.totals[name] for name in self.hopeful)
        last = [name for name in self.hopeful if self.totals[name] == least]
        dropped = self._to_drop(last, previous)
        if not dropped:
            self.rounds.append(replace(told, tied=tuple(last)))
            return False
        apart = tuple(name for name in last if name not in dropped)
        self.rounds.append(replace(told, dropped=dropped, told_apart=apart))
        self._drop(dropped)
        return True

    def _drop(self, dropped: Collection[str]) -> None:
        for name in dropped:
            del self.hopeful[name]
            self.totals[name] = Fraction(0)
        for name in dropped:
            for order, worth in self.held.pop(name).items():
                self._give(order, worth)

    def elected(self) -> frozenset[str]:
        """All that have been elected so far."""
        return frozenset(name for each in self.rounds for name in each.elected)

    def sure(self) -> list[str]:
        """Those that a tie in the last place, told in whichever way, leaves a seat."""
        tied = self.rounds[-1].tied
        return [name for name in self.hopeful if name not in tied] if len(self.hopeful) - 1 == self.free else []

    def without(self, name: str) -> "CountInRounds":
        """The count as it goes on from a tie once this option is eliminated; the present one stays as it is."""
        other = copy(self)
        other.rounds, other.hopeful, other.totals = [*self.rounds], dict(self.hopeful), dict(self.totals)
        other.held = {each: dict(pile) for each, pile in self.held.items()}
        other._drop((name,))
        return other

    def state(self) -> Hashable:
        """What all that follows hangs on. Without a quota nothing was passed on but whole: who is left says all."""
        if not self.quota:
            return frozenset(self.hopeful)
        held = frozenset((name, frozenset(pile.items())) for name, pile in self.held.items())
        return frozenset(self.hopeful), held, frozenset(self.totals.items())

    def _to_drop(self, last: list[str], previous: bool) -> tuple[str, ...]:
        others = [self.totals[name] for name in self.hopeful if name not in last]
        together = len(others) >= self.free and sum(self.totals[name] for name in last) < min(others)
        if len(last) == 1 or together:
            return tuple(last)
        for each in reversed(self.rounds) if previous else ():
            least = min(each.totals[name] for name in last)
            last = [name for name in last if each.totals[name] == least]
            if len(last) == 1:
                return tuple(last)
        return ()

    def _give(self, order: tuple[str, ...], worth: Fraction) -> None:
        for place, name in enumerate(order, 1):
            if name in self.hopeful:
                pile, rest = self.held[name], order[place:]
                pile[rest] = pile.get(rest, Fraction(0)) + worth
                self.totals[name] += worth
                return
        self.exhausted += worth


def _strict(order: Places) -> tuple[str, ...]:
    """The choices of a ballot up to the first that it leaves undecided."""
    return tuple(level[0] for level in takewhile(lambda level: len(level) == 1, order))
