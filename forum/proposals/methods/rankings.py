"""Ballots that put options in order: each mark is a rank, from 1, and what is not ranked comes last, together."""

from collections import Counter
from collections.abc import Mapping

from forum.proposals.methods.results import named
from forum.proposals.methods.shapes import Given, Marks, Options, Places, Problems, Profile, Tally
from forum.proposals.methods.values import read_numbers

Orders = Mapping[Places, int]
"""How many ballots put the options in this order; those of one level are level; the options not ranked are absent."""


def read_ranks(typed: Mapping[str, str], options: Options, ties: bool) -> tuple[Marks, Problems]:
    """The ranks typed, made to follow one another from 1, whether or not several options may share one (`ties`)."""
    complaint = f"Un rang de 1 à {len(options)}."
    marks, problems = read_numbers(typed, options, 1, len(options), complaint, "Classez au moins une option.")
    if problems:
        return {}, problems
    shared = next((level for level in order_of(marks) if len(level) > 1), ())
    if shared and not ties:
        return {}, {"choice": f"{named(shared, options)} ont le même rang : donnez à chacune le sien."}
    ranks = {rank: place for place, rank in enumerate(sorted(set(marks.values())), 1)}
    return {name: ranks[rank] for name, rank in marks.items()}, {}


def order_of(marks: Marks) -> Places:
    """The options ranked by a ballot, from its first choice; those that share a rank together, by name."""
    ranks = sorted(set(marks.values()))
    return tuple(tuple(sorted(name for name in marks if marks[name] == rank)) for rank in ranks)


def orders(profile: Profile) -> Orders:
    """The ballots of a profile, by the order they express."""
    found: Counter[Places] = Counter()
    for marks, ballots in profile.items():
        found[order_of(dict(marks))] += ballots
    return found


def firsts(given: Given, voters: int) -> Tally:
    """What can be told of ballots while they come: how many put each option first. Who stands behind is counted."""
    return Tally(voters, {name: values.get(1, 0) for name, values in given.items()}, dict.fromkeys(given, 0))


def behind(places: Places) -> dict[str, int]:
    """For each option how many stand strictly behind it."""
    left = sum(len(place) for place in places)
    found = {}
    for place in places:
        left -= len(place)
        found.update(dict.fromkeys(place, left))
    return found


def ordinal(rank: int) -> str:
    """ "1er", "2e"."""
    return f"{rank}{'er' if rank == 1 else 'e'}"
