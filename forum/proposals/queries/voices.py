"""Who voted what, for whoever may see it: ask `rules.see_voices` first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from peewee import JOIN, ModelSelect

from forum.accounts.models import Account
from forum.database.select import paged, tuples
from forum.proposals.methods.shapes import Marks
from forum.proposals.models import Ballot, BallotChange, Mark, Option, Proposal
from forum.proposals.queries.ballots import PAGE


@dataclass
class BallotHistory:
    """Somebody's ballot: its marks by option name, and what it said before, the oldest first."""

    ballot: Ballot
    marks: dict[str, int] = field(default_factory=dict)
    changes: list[tuple[BallotChange, Marks]] = field(default_factory=list)


def voices(proposal: Proposal, page: int = 1) -> tuple[list[BallotHistory], bool]:
    """The ballots in the order of pseudonyms, 50 a page; are there more?"""
    ballots, more = paged(_named(proposal), page, PAGE)
    return _with_marks(ballots), more


def every_voice(proposal: Proposal) -> list[BallotHistory]:
    """All the ballots in the order of pseudonyms."""
    return _with_marks(list(_named(proposal)))


def voice_of(member: Account, proposal: Proposal) -> BallotHistory | None:
    """This person's own ballot with what it said before."""
    return next(iter(_with_marks(list(_named(proposal).where(Ballot.voter == member.id)))), None)


def _named(proposal: Proposal) -> "ModelSelect[Ballot]":
    recorder = Account.alias()
    ballots = Ballot.select(Ballot, Account.id, Account.username, recorder.id, recorder.username)
    ballots = ballots.join(Account, on=Ballot.voter)
    ballots = ballots.join_from(Ballot, recorder, JOIN.LEFT_OUTER, on=Ballot.recorded_by, attr="recorded_by")
    return ballots.where(Ballot.proposal == proposal.id).order_by(Account.username_key, Ballot.id)


def _with_marks(ballots: Iterable[Ballot]) -> list[BallotHistory]:
    """Marks and changes for the whole list: two queries, however long it is."""
    voices = {ballot.id: BallotHistory(ballot) for ballot in ballots}
    marks = Mark.select(Mark.ballot, Option.name, Mark.value).join(Option).where(Mark.ballot.in_(list(voices)))
    for ballot_id, name, value in tuples(marks) if voices else ():
        voices[ballot_id].marks[name] = value
    changes = BallotChange.select(BallotChange, Account.id, Account.username)
    changes = changes.join(Account, JOIN.LEFT_OUTER, on=BallotChange.recorded_by, attr="recorded_by")
    changes = changes.where(BallotChange.ballot.in_(list(voices))).order_by(BallotChange.id)
    for change in changes if voices else ():
        voices[change.ballot_id].changes.append((change, json.loads(change.marks)))
    return list(voices.values())
