"""Shares of a vote: of the ballots cast, and of those who could vote."""

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Table
from forum.proposals.models import Option, Proposal
from forum.text.numbers import counted, figure

HEADS = ("", "Voix", "Des votes", "De qui pouvait voter")


def shares(proposal: Proposal, options: list[Option]) -> Table:
    """Who took part; and, where a ballot chooses options, how many chose each, on both scales."""
    voters, eligible = proposal.voters_count, proposal.eligible_count
    chosen = options if METHODS[proposal.method].form == "ticks" else []
    lines = [
        (option.label, figure(option.count), percent(option.count, voters), percent(option.count, eligible))
        for option in chosen
    ]
    taken = ("Participation", figure(voters), percent(voters, voters), percent(voters, eligible))
    note = f"{counted(eligible, 'personne')} pouvaient voter." if eligible > 1 else "Une personne pouvait voter."
    return Table("Parts", HEADS, (*lines, taken), notes=(note,))


def percent(part: int, whole: int) -> str:
    """A share in French, to a tenth where it is not whole: "62,5 %", "40 %"; a dash of nothing."""
    if not whole:
        return "–"
    tenths = (2_000 * part + whole) // (2 * whole)
    return f"{tenths // 10}{f',{tenths % 10}' if tenths % 10 else ''}\u00a0%"
