"""Ballots become counts: here and nowhere else."""

from collections.abc import Iterable

from forum.proposals import queries
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Tally
from forum.proposals.models import Option, Proposal


def recount(proposal: Proposal, options: Iterable[Option]) -> Tally:
    """The one place where ballots become counts, inside the transaction that changed them."""
    labels = {option.name: option.label for option in options}
    tally = METHODS[proposal.method].count(queries.profile(proposal), labels, queries.settings_of(proposal))
    for option in options:
        count, score = tally.counts[option.name], tally.scores[option.name]
        if (option.count, option.score) != (count, score):
            Option.update(count=count, score=score).where(Option.id == option.id).execute()
    eligible = queries.count_eligible(proposal, tally.voters)
    moved = {"voters_count": tally.voters, "eligible_count": eligible, "revision": Proposal.revision + 1}
    Proposal.update(**moved).where(Proposal.id == proposal.id).execute()
    return tally
