"""How often a vote in rounds ends without a result: plausible votes of unequal popularity and partial ballots.

For each number of voters: the share without result by the first rules of counting and by the present ones, with each
setting of ties. That no way of breaking a tie contradicts a result is a test (tests/proposals/methods).
"""

import random
import sys
import time

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import RULE, Profile, Settings, profile_of

NAMES = "ABCDEF"
VOTERS = (12, 25, 50, 100)
RUNOFF: Settings = {"counting": "runoff"}
SEATS: Settings = {"seats": 3}


def vote(chance: random.Random, voters: int) -> Profile:
    """Ballots that rank one option to all of them; each option is liked by a share of its own, with noise."""
    liked = {name: chance.random() for name in NAMES}
    ballots = []
    for _ in range(voters):
        order = sorted(NAMES, key=lambda name: liked[name] + chance.gauss(0, 0.4), reverse=True)
        ballots.append({name: rank for rank, name in enumerate(order[: chance.randint(1, len(NAMES))], 1)})
    return profile_of(ballots)


def ended_without(method: str, settings: Settings, votes: list[Profile]) -> int:
    """How many of these votes end in a tie."""
    options = {name: name for name in NAMES}
    counts = (METHODS[method].count(each, options, settings) for each in votes)
    return sum(METHODS[method].outcome(count, options, settings, 1000).status == "tie" for count in counts)


def main(number: int = 300) -> None:
    print(f"{number} votes of each size among {len(NAMES)} options; % without a result, rule 1 -> rule {RULE}")
    print("voters  run-off stop  run-off previous  3 seats stop  3 seats previous  ms a count")
    for voters in VOTERS:
        chance = random.Random(voters)
        votes = [vote(chance, voters) for _ in range(number)]
        cells, begun = [], time.process_time()
        for method, base in (("ranked", RUNOFF), ("stv", SEATS)):
            for ties in ("stop", "previous"):
                before, after = (
                    ended_without(method, {**base, "ties": ties, "rule": rule}, votes) for rule in (1, RULE)
                )
                cells.append(f"{100 * before / number:5.0f} -> {100 * after / number:2.0f}")
        spent = (time.process_time() - begun) * 1000 / (8 * number)
        print(f"{voters:6}  " + "  ".join(f"{cell:>14}" for cell in cells) + f"  {spent:8.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
