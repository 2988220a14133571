"""What was voted: options with their counts, ballots, reasons, and what a count is made from."""

from collections import Counter
from datetime import datetime
from typing import Any

from peewee import ModelSelect, Select, fn

from forum.accounts.models import Account, Viewer
from forum.database.connection import is_postgresql
from forum.database.prepared import prepared
from forum.database.select import START, Cursor, cut, tuples
from forum.database.tables import HasId
from forum.proposals.methods.shapes import Marks, Profile
from forum.proposals.models import Ballot, Mark, Option, Proposal, Voter
from forum.proposals.queries.secret import secret_profile, secret_votes_of
from forum.tasks.journal import JournalLine
from forum.text.dates import iso

PAGE = 50


@prepared
def _options(proposal: HasId) -> "ModelSelect[Option]":
    return Option.select().where(Option.proposal == proposal.id).order_by(Option.position)


def options_of(proposal: Proposal) -> list[Option]:
    """The options with their present counts, in the order shown."""
    return _options.rows(proposal)


@prepared
def _own(voter: HasId, proposal: HasId) -> "ModelSelect[Mark]":
    marks = Mark.select(Mark.value, Ballot, Option.name).join(Ballot).join_from(Mark, Option)
    return marks.where(Ballot.proposal == proposal.id, Ballot.voter == voter.id).order_by(Option.position)


def ballot_of(member: Viewer, proposal: Proposal) -> tuple[Ballot | None, Marks]:
    """This person's own ballot and its marks."""
    marks = [] if member.is_guest else _own.rows(member, proposal)
    return marks[0].ballot if marks else None, {mark.option.name: mark.value for mark in marks}


@prepared
def _reasoned(proposal: HasId, until: datetime, last: int) -> "ModelSelect[Ballot]":
    ballots = _page_of_reasons(proposal, until, last)
    return ballots.select(Ballot, Account.id, Account.username).join(Account, on=Ballot.voter)


@prepared
def _marks_reasoned(proposal: HasId, until: datetime, last: int) -> Select:
    marks = Mark.select(Mark.ballot, Option.name, Mark.value).join(Option)
    return marks.where(Mark.ballot.in_(_page_of_reasons(proposal, until, last))).tuples()


def reasons(proposal: Proposal, before: Cursor = START) -> tuple[list[tuple[Ballot, Marks]], Cursor | None]:
    """The ballots that give a reason, each with its voter and its marks, the latest first, 50 a page, and where the
    next begins.

    A reason is published under its author's pseudonym; whoever votes without one is not named.
    """
    ballots, older = cut(_reasoned.rows(proposal, *before), PAGE, Ballot.changed_at)
    marks: dict[int, dict[str, int]] = {ballot.id: {} for ballot in ballots}
    for ballot_id, name, value in _marks_reasoned.rows(proposal, *before) if ballots else ():
        if ballot_id in marks:
            marks[ballot_id][name] = value
    return [(ballot, marks[ballot.id]) for ballot in ballots], older


def count_added(member: Viewer, proposal: Proposal) -> int:
    """How many options this person has added to a vote since it was put."""
    there = JournalLine.group_id == proposal.group_id, JournalLine.subject_id == proposal.id
    mine = JournalLine.verb == "option.added", JournalLine.actor_id == member.id
    return JournalLine.select().where(*there, *mine).count()


def profile(proposal: Proposal) -> Profile:
    """What the ballots say, those that say the same counted together (methods.method.Profile)."""
    if proposal.secret:
        return secret_profile(proposal)
    names = {option.id: option.name for option in options_of(proposal)}
    counts: Counter[frozenset[tuple[str, int]]] = Counter()
    for text, ballots in tuples(_ballots_said(proposal)):
        marks = (mark.split(":") for mark in text.split(" "))
        counts[frozenset((names[int(option_id)], int(value)) for option_id, value in marks)] += ballots
    return counts


def data_of(member: Account) -> dict[str, list[dict[str, Any]]]:
    """What the person proposed and voted, and where they were named to vote, for the file of all their data."""
    put = Proposal.select().where(Proposal.author == member.id).order_by(Proposal.id)
    rows = (
        Mark.select(Mark.value, Option.label, Ballot.reason, Ballot.changed_at, Proposal.key, Proposal.title)
        .join(Ballot)
        .join(Proposal)
        .join_from(Mark, Option)
        .where(Ballot.voter == member.id)
        .order_by(Ballot.id, Option.position)
    )
    names = Voter.select(Proposal.key, Proposal.title).join(Proposal).where(Voter.member == member.id)
    return {
        "named_to_vote": [{"proposal": key, "title": title} for key, title in tuples(names.order_by(Proposal.id))],
        "proposals": [{"key": row.key, "title": row.title, "body": row.body} for row in put],
        "ballots": [
            {"proposal": key, "title": title, "option": label, "value": value, "reason": reason, "changed_at": iso(at)}
            for value, label, reason, at, key, title in tuples(rows)
        ],
        "secret_ballots": [{"proposal": key} for key in secret_votes_of(member)],
    }


def _ballots_said(proposal: Proposal) -> Select:
    """What each ballot says, in one text ("12:1 14:3": option and value), and how many ballots say it. Their marks come
    in any order: the same ballot may be said in two ways."""
    mark = Mark.option.cast("text").concat(":").concat(Mark.value.cast("text"))
    joined = (fn.STRING_AGG if is_postgresql() else fn.GROUP_CONCAT)(mark, " ").alias("said")
    each = Mark.select(joined).join(Ballot).where(Ballot.proposal == proposal.id).group_by(Mark.ballot).alias("each")
    return each.select_from(each.c.said, fn.COUNT(each.c.said)).group_by(each.c.said)


def _page_of_reasons(proposal: HasId, until: datetime, last: int) -> "ModelSelect[Ballot]":
    """The reasons of a page, and one more."""
    reasoned = Ballot.select(Ballot.id).where(Ballot.proposal == proposal.id, Ballot.reason != "")
    reasoned = reasoned.where(Cursor(until, last).older(Ballot.id, Ballot.changed_at))
    return reasoned.order_by(Ballot.changed_at.desc(), Ballot.id.desc()).limit(PAGE + 1)
