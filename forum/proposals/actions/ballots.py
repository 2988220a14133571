"""Casting a ballot, and changing it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from peewee import Delete, Insert, Update

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.group_commit import GroupCommit
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.database.transactions import transaction
from forum.errors import Invalid, Refused, check
from forum.groups.texts import rendered
from forum.proposals import queries, rules, secrecy
from forum.proposals.actions import counting, secret_urn
from forum.proposals.actions.opening import open_vote
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Marks
from forum.proposals.models import Ballot, BallotChange, Mark, Proposal
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.typed import many_lines

LONGEST_REASON = 2_000
SURE = "Ce vote est définitif : une fois confirmé, il ne change plus."


@dataclass(frozen=True)
class Cast:
    """A ballot on its way: whose, on which proposal, what was typed, its reason, and who records it for
    them where it is not they."""

    member: Viewer
    proposal: Proposal
    typed: Mapping[str, str]
    reason: str
    reason_html: str
    problem: str | None
    recorder: Viewer | None = None


def vote(member: Viewer, proposal: Proposal, typed: Mapping[str, str]) -> None:
    """Cast or change this person's one ballot; the same ballot again changes nothing.

    `typed` holds "choice" or the "option-<name>" of the method, "reason", "sure" where the vote is final, "seen" what
    it was made from (rules.as_read); one that waited on a phone for the line to come back also "waited": it is refused
    when this person has voted otherwise since. Ballots that come at the same moment are written in one transaction, so
    that all wait for the disk once.
    Raises Refused, Moved (what was seen has changed), Invalid (choice, reason, option-<name>; sure, for a final vote
    that is not confirmed).
    """
    if member.is_guest:
        # Refused at once: what waits for the disk is for those who may vote.
        rules.vote(member, proposal).require()
    limits.limit_member(member, "vote")
    reason = many_lines(typed.get("reason", ""))
    problem = fields.body_problem(reason, LONGEST_REASON, least=0)
    html = "" if problem or not reason else rendered(member, proposal.group, reason)
    _together.do(Cast(member, proposal, typed, reason, html, problem))


def _write(casts: Sequence[Cast]) -> list[Exception | None]:
    """Write these ballots, then what is kept of the count, once a proposal. One refused does not hinder the others."""
    problems: dict[int, Exception] = {}
    with transaction():
        # Always in the same order, or two web processes could wait for one another.
        for proposal_id in sorted({cast.proposal.id for cast in casts}):
            numbers = [number for number, cast in enumerate(casts) if cast.proposal.id == proposal_id]
            urn = Urn(casts[numbers[0]].proposal)
            for number in numbers:
                try:
                    urn.take(casts[number])
                except (Refused, Invalid) as problem:
                    problems[number] = problem
            urn.count()
    return [problems.get(number) for number in range(len(casts))]


@prepared
def _cast(voter: HasId, proposal: HasId, reason: str, html: str, renderer: int, at: datetime) -> Insert:
    said = {"reason": reason, "reason_html": html, "renderer": renderer}
    return Ballot.insert(proposal=proposal.id, voter=voter.id, created_at=at, changed_at=at, **said)


@prepared
def _mark(ballot_id: int, *numbers: int) -> Insert:
    """Numbers in pairs: an option's id, and the value given to it."""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return Mark.insert_many([{"ballot": ballot_id, "option": option_id, "value": value} for option_id, value in pairs])


class Urn:
    """A proposal while ballots come in. Its row is locked: nobody comes between."""

    def __init__(self, proposal: Proposal):
        self.proposal = queries.lock(proposal)
        if self.proposal.opened_at is None:
            self.proposal = open_vote(self.proposal)
        self.options = queries.options_of(self.proposal)
        self.settings = queries.settings_of(self.proposal)
        self.moves: counting.Moves = Counter()
        self.newcomers = self.changes = 0

    def take(self, cast: Cast) -> bool:
        """Write a ballot; False when it says what it already said. Before it writes it may raise Refused, Invalid."""
        rules.vote(cast.member, self.proposal).require()
        seen = cast.typed.get("seen", "" if cast.typed.get("waited") else None)
        if seen is not None:
            rules.require_read(self.proposal, self.options, seen)
        marks, cast = self._read(cast)
        if self.proposal.secret:
            return self._take_secretly(cast, marks)
        ballot, before = queries.ballot_of(cast.member, self.proposal)
        if ballot and ballot.hidden_at:
            # Hidden reasons stay as they are: to write others over them would show what was to be hidden.
            cast = replace(cast, reason=ballot.reason, reason_html=ballot.reason_html)
        recorder_id = cast.recorder.id if cast.recorder else None
        if ballot and (before, ballot.reason, ballot.recorded_by_id) == (marks, cast.reason, recorder_id):
            return False
        self._allow(ballot, cast)
        self._keep(ballot, before, cast, marks)
        about = ("proposal", self.proposal.id)
        journal.record("vote.cast", actor=cast.recorder or cast.member, group=self.proposal.group, subject=about)
        return True

    def _keep(self, ballot: Ballot | None, before: Marks, cast: Cast, marks: Marks) -> None:
        if ballot is None:
            self.newcomers += 1
            ballot_id = _cast.insert(cast.member, self.proposal, *_said(cast))
        else:
            ballot_id = ballot.id
            _change(ballot, before, cast)
        ids = {option.name: option.id for option in self.options}
        _mark.write(ballot_id, *(part for name, value in marks.items() for part in (ids[name], value)))
        if cast.recorder or (ballot and ballot.recorded_by_id):
            Ballot.update(recorded_by=cast.recorder).where(Ballot.id == ballot_id).execute()
        self.changes += 1
        self.moves.subtract(before.items())
        self.moves.update(marks.items())

    def _take_secretly(self, cast: Cast, marks: Marks) -> bool:
        """Nothing of this vote stays together, no line of the journal tells of it, and it cannot be cast again."""
        if rules.has_voted(cast.member, self.proposal):
            return False
        self._allow(None, cast)
        secret_urn.put_in(self.proposal, cast.member.id, secrecy.written(marks))
        self.newcomers += 1
        self.changes += 1
        return True

    def count(self) -> None:
        """Bring what is kept of the count up to date."""
        if self.changes:
            counting.add(self.proposal, self.options, self.moves, self.newcomers, self.changes)

    def _read(self, cast: Cast) -> tuple[Marks, Cast]:
        """The marks, and the ballot without its reason where none is kept."""
        labels = {option.name: option.label for option in self.options}
        if self.proposal.secret:
            # A reason would be known by its words: even a block is cast without.
            typed = {**cast.typed, "reason": "tue"}
            marks, problems = METHODS[self.proposal.method].validate(typed, labels, self.settings)
            check(**problems)
            return marks, replace(cast, reason="", reason_html="", problem=None)
        marks, problems = METHODS[self.proposal.method].validate(cast.typed, labels, self.settings)
        if not rules.keeps_reason(self.proposal, marks or {cast.typed.get("choice", "")}):
            cast = replace(cast, reason="", reason_html="", problem=None)
        lacking = rules.reason_problem(self.proposal, marks, cast.reason)
        check(**{"reason": cast.problem or lacking, **problems})
        return marks, cast

    def _allow(self, ballot: Ballot | None, cast: Cast) -> None:
        """Whether this ballot may be written, in the place of `ballot` if there is one."""
        if ballot:
            rules.change_vote(cast.member, self.proposal).require()
        rules.replace_seen(ballot, rules.own_seen(cast.typed["seen"]) if cast.typed.get("waited") else None).require()
        check(sure=SURE if self.proposal.final and cast.typed.get("sure") != "1" else None)


@prepared
def _remember(ballot: HasId, marks: str, reason: str, at: datetime) -> Insert:
    return BallotChange.insert(ballot=ballot.id, marks=marks, reason=reason, until=at)


@prepared
def _unmark(ballot: HasId) -> Delete:
    return Mark.delete().where(Mark.ballot == ballot.id)


@prepared
def _say_again(ballot: HasId, reason: str, html: str, renderer: int, at: datetime) -> Update:
    said = Ballot.update(reason=reason, reason_html=html, renderer=renderer, changed_at=at)
    return said.where(Ballot.id == ballot.id)


def _change(ballot: Ballot, before: Marks, cast: Cast) -> None:
    change_id = _remember.insert(ballot, json.dumps(before), ballot.reason, now())
    if ballot.recorded_by_id:
        BallotChange.update(recorded_by=ballot.recorded_by_id).where(BallotChange.id == change_id).execute()
    _unmark.write(ballot)
    _say_again.write(ballot, *_said(cast))


def _said(cast: Cast) -> tuple[str, str, int, datetime]:
    return cast.reason, cast.reason_html, markdown.RENDERER, now()


_together = GroupCommit(_write)
