"""Ballots that order options, written short: "ABC" is A, then B, then C; "A=BC" is A and B level, then C."""

from collections.abc import Iterable

from hypothesis import strategies as st

from forum.proposals.methods.shapes import Marks, profile_of

NAMES = "ABCD"
OPTIONS = {name: f"Option {name}" for name in NAMES}


def marks(order: str) -> Marks:
    found, rank = {}, 0
    for place, name in enumerate(order):
        if name != "=":
            rank += not (place and order[place - 1] == "=")
            found[name] = rank
    return found


def profile(*votes: tuple[int, str]):
    """A profile from numbers of ballots and what they say."""
    return profile_of(marks(order) for number, order in votes for _ in range(number))


def some_orders(names: str = NAMES) -> st.SearchStrategy[list[str]]:
    """A few ballots that rank some of the options, strictly."""
    return st.lists(st.permutations(names).flatmap(cut), max_size=15)


def cut(names: Iterable[str]) -> st.SearchStrategy[str]:
    whole = "".join(names)
    return st.integers(1, len(whole)).map(lambda length: whole[:length])
