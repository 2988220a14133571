"""The options of a proposal: their names, and those that members add while a vote is open."""

import itertools
from collections.abc import Iterable, Sequence

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.proposals import queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import MAX_LABEL, MAX_OPTIONS, alike
from forum.proposals.methods.shapes import Options
from forum.proposals.models import Option, Proposal
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import one_line, parse_moment, parse_whole

# A place shared by all: each adds so many to one vote.
MOST_ADDED = 3
ENOUGH = f"Vous avez déjà ajouté {MOST_ADDED} options : laissez-en aux autres."


def add_option(member: Viewer, proposal: Proposal, typed: str, seen: str | None = None) -> None:
    """Add an option to a vote that takes them; ballots already cast say nothing of it.

    `seen`: what its form was made from (rules.as_read). Raises Refused, Moved, Invalid (option).
    """
    limits.limit_member(member, "vote")
    with transaction():
        proposal = queries.lock(proposal)
        rules.add_option(member, proposal).require()
        present = queries.options_of(proposal)
        if seen is not None:
            rules.require_read(proposal, present, seen)
        check(option=None if queries.count_added(member, proposal) < MOST_ADDED else ENOUGH)
        set_options(proposal, present, _with(proposal, present, one_line(typed)))
        Proposal.update(revision=Proposal.revision + 1).where(Proposal.id == proposal.id).execute()
        journal.record("option.added", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def set_options(proposal: Proposal, present: Sequence[Option], wanted: Options) -> None:
    """Give a proposal whose row is locked these options instead of its present ones, inside the transaction of an act.

    One that keeps its words keeps its name and what it received; the others are numbered on (Option).
    """
    named = _named(proposal, present, wanted)
    rows = {option.name: option for option in present}
    withdrawn = [row.id for name, row in rows.items() if name not in named]
    Option.delete().where(Option.id.in_(withdrawn)).execute()
    for position, (name, label) in enumerate(named.items(), 1):
        if name not in rows:
            Option.create(proposal=proposal, name=name, label=label, position=position)
        elif rows[name].position != position:
            Option.update(position=position).where(Option.id == rows[name].id).execute()
    last = _last_number(proposal, named)
    Proposal.update(last_number=last).where(Proposal.id == proposal.id, Proposal.last_number < last).execute()


def _named(proposal: Proposal, present: Sequence[Option], wanted: Options) -> Options:
    """These options by the names they keep or are given; those whose name says what they are (a date) have theirs."""
    kept = {option.label: option.name for option in present if parse_whole(option.name) is not None}
    numbers = itertools.count(1 + _last_number(proposal, [option.name for option in present]))
    return {
        (kept.get(label) or str(next(numbers))) if parse_whole(name) is not None else name: label
        for name, label in wanted.items()
    }


def _last_number(proposal: Proposal, names: Iterable[str]) -> int:
    return max([proposal.last_number, *(parse_whole(name) or 0 for name in names)])


def _with(proposal: Proposal, present: list[Option], typed: str) -> Options:
    """All the options with the new one, in the order shown (dates stand in theirs)."""
    if len(present) >= MAX_OPTIONS:
        raise Invalid({"option": "Ce vote a déjà ses trente options."})
    check(option=fields.line_problem(typed, MAX_LABEL))
    if alike(typed) in {alike(option.label) for option in present}:
        raise Invalid({"option": "Cette option est déjà là."})
    method, labels = METHODS[proposal.method], {option.name: option.label for option in present}
    wanted, problems = method.read_options(f"{method.typed_options(labels)}\n{typed}")
    check(option=problems.get("options"))
    new = wanted.keys() - {option.name for option in present}
    past = method.dated and any(_is_past(name) for name in new)
    check(option="Cette date est passée." if past else None)
    return wanted


def _is_past(name: str) -> bool:
    """Whether the moment that names an option is over; a day is, once it has ended."""
    moment = parse_moment(name if "T" in name else f"{name}T23:59")
    return moment is not None and moment <= now()
