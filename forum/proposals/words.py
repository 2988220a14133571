"""Ballots in words."""

from collections.abc import Iterable

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Marks
from forum.proposals.models import Option, Proposal


def said(proposal: Proposal, options: Iterable[Option], marks: Marks) -> str:
    """What a ballot says: "D’accord", "Bellac, Guéret", "Bellac (Excellent), Le Dorat (Passable)", "Bellac (3)"."""
    method = METHODS[proposal.method]
    plain = method.form == "ticks"
    return ", ".join(
        option.label if plain else f"{option.label} ({method.word(value) or value})"
        for option in options
        if (value := marks.get(option.name)) is not None
    )
