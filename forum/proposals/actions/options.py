"""Options that members add while a vote is open."""

from forum import limits
from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.proposals import queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import MAX_LABEL, MAX_OPTIONS
from forum.proposals.methods.shapes import Options
from forum.proposals.models import Option, Proposal
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import one_line


def add_option(member: Viewer, proposal: Proposal, typed: str) -> None:
    """Add an option to a vote that takes them; ballots already cast say nothing of it.

    Raises Refused, Invalid (option).
    """
    limits.limit_member(member, "vote")
    with transaction():
        proposal = queries.lock(proposal)
        rules.add_option(member, proposal).require()
        present = queries.options_of(proposal)
        wanted = _with(proposal, present, one_line(typed))
        places = {option.name: option for option in present}
        for position, (name, label) in enumerate(wanted.items(), 1):
            if name not in places:
                Option.create(proposal=proposal, name=name, label=label, position=position)
            elif places[name].position != position:
                Option.update(position=position).where(Option.id == places[name].id).execute()
        Proposal.update(revision=Proposal.revision + 1).where(Proposal.id == proposal.id).execute()
        journal.record("option.added", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def _with(proposal: Proposal, present: list[Option], typed: str) -> Options:
    """All the options with the new one, in the order shown (dates stand in theirs)."""
    if len(present) >= MAX_OPTIONS:
        raise Invalid({"option": "Ce vote a déjà ses trente options."})
    check(option=fields.line_problem(typed, MAX_LABEL))
    if typed.casefold() in {option.label.casefold() for option in present}:
        raise Invalid({"option": "Cette option est déjà là."})
    method, labels = METHODS[proposal.method], {option.name: option.label for option in present}
    wanted, problems = method.read_options(f"{method.typed_options(labels)}\n{typed}")
    check(option=problems.get("options"))
    return wanted
