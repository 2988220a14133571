"""Colleges: seats shared among them in proportion to their tickets, before anybody knows the seed."""

from collections.abc import Mapping
from fractions import Fraction

# In a college of fewer tickets a seat would tell too much of each, and chance would say little.
LEAST = 10
# Who declares nothing stands here, with seats in proportion: nobody is dropped for a field left empty.
UNDECLARED = "sans-declaration"
# Where those go whose own college would be too small.
MERGED = "autres"
GENDERS = {"femmes": "une femme", "hommes": "un homme", "autre-genre": "d’un autre genre"}


def shared(seats: int, tickets: Mapping[str, int]) -> dict[str, int]:
    """The seats of each college by the largest remainder (Hamilton's method), in proportion to its tickets.

    Equal remainders: the college with more tickets first, then the first by name: a rule, published, not a choice. None
    has more seats than tickets. Raises ValueError when there are more seats than tickets.
    """
    total = sum(tickets.values())
    if not 0 < seats <= total:
        raise ValueError("more seats than tickets")
    exact = {college: Fraction(seats * number, total) for college, number in tickets.items()}
    given = {college: int(share) for college, share in exact.items()}
    by_remainder = sorted(tickets, key=lambda college: (given[college] - exact[college], -tickets[college], college))
    for college in by_remainder[: seats - sum(given.values())]:
        given[college] += 1
    return given


def college_of(grouping: str, gender: str, place: str) -> str:
    """The college of what somebody declares, '' where there are none ("parity", "place", "both"); whoever does not
    declare all that is asked is of UNDECLARED."""
    asked = {"": [], "parity": [gender], "place": [place], "both": [gender, place]}[grouping]
    return "-".join(asked) if all(asked) else UNDECLARED


def merged(tickets: Mapping[str, int]) -> dict[str, str]:
    """The college that each becomes: those of fewer tickets than LEAST are one, MERGED; the others stay."""
    small = too_small(tickets)
    return {college: MERGED if college in small else college for college in tickets}


def too_small(tickets: Mapping[str, int]) -> list[str]:
    """The colleges of fewer tickets than LEAST, by name."""
    return sorted(college for college, number in tickets.items() if number < LEAST)
