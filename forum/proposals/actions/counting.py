"""Ballots become counts: here and nowhere else."""

import json
from collections import Counter
from collections.abc import Collection, Mapping

from peewee import Update

from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.proposals import queries
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Given, Tally, given_by
from forum.proposals.models import Option, Proposal

Moves = Counter[tuple[str, int]]
"""By how much the number of ballots that give an option a value has changed."""


def recount(proposal: Proposal, options: Collection[Option]) -> Tally:
    """Count every ballot, write what is kept of the count, and return the tally: inside a transaction that holds the
    proposal. What was kept is not looked at."""
    labels = {option.name: option.label for option in options}
    profile = queries.profile(proposal)
    tally = METHODS[proposal.method].count(profile, labels, queries.settings_of(proposal))
    given = given_by(profile, labels)
    for option in options:
        _keep(option, given, tally.counts[option.name], tally.scores[option.name])
    _move(proposal, tally.voters, 1)
    return tally


def add(proposal: Proposal, options: Collection[Option], moves: Moves, voters: int, changes: int) -> None:
    """Bring what is kept up to date with ballots that have just been written, without reading the others.

    `voters` is how many vote for the first time, `changes` how many ballots were cast or changed. What a method counts
    from whole ballots is left for those who read it (tallies) and for the recount at the closing.
    """
    given = {option.name: _moved(option, moves) for option in options}
    method, voters = METHODS[proposal.method], proposal.voters_count + voters
    tally = method.add_up(given, voters)
    for option in options:
        score = option.score if method.from_ballots else tally.scores[option.name]
        _keep(option, given, tally.counts[option.name], score)
    _move(proposal, voters, changes)


def is_right(proposal: Proposal, options: Collection[Option]) -> bool:
    """Whether what is kept is what the ballots say."""
    profile = queries.profile(proposal)
    given = given_by(profile, {option.name: option.label for option in options})
    same = all(_present(given[option.name]) == _present(option.received()) for option in options)
    return same and proposal.voters_count == sum(profile.values())


def _present(values: Mapping[int, int]) -> dict[int, int]:
    return {value: ballots for value, ballots in values.items() if ballots}


def _moved(option: Option, moves: Moves) -> dict[int, int]:
    values = Counter(option.received())
    values.update({value: change for (name, value), change in moves.items() if name == option.name})
    return _present(values)


@prepared
def _keep_option(option: HasId, count: int, score: int, values: str) -> Update:
    return Option.update(count=count, score=score, given=values).where(Option.id == option.id)


def _keep(option: Option, given: Given, count: int, score: int) -> None:
    values = json.dumps(_present(given[option.name]), sort_keys=True)
    if (option.count, option.score, option.given) != (count, score, values):
        _keep_option.write(option, count, score, values)


@prepared
def _keep_proposal(proposal: HasId, voters: int, eligible: int, changes: int) -> Update:
    counted = {"voters_count": voters, "eligible_count": eligible, "revision": Proposal.revision + changes}
    return Proposal.update(counted).where(Proposal.id == proposal.id)


def _move(proposal: Proposal, voters: int, changes: int) -> None:
    _keep_proposal.write(proposal, voters, queries.count_eligible(proposal, voters), changes)
