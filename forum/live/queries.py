"""What a page that watches a tally or a discussion asks, for almost nothing: one statement, composed once, along one
index."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from peewee import Select

from forum.database.prepared import prepared
from forum.database.select import tuples
from forum.database.tables import HasId
from forum.discussions import rules as discussion_rules
from forum.discussions.models import Discussion
from forum.groups.models import Group
from forum.proposals import rules
from forum.proposals.models import Proposal
from forum.text.typed import parse_key


class Pulse(NamedTuple):
    """Whether a tally moved: its revision, the hour of its closing, when its outcome was written, who sees results."""

    revision: int
    closes_at: datetime
    closed_at: datetime | None
    results: str

    def settled(self, at: datetime) -> bool:
        """Whether at this moment the revision tells all: false between the hour of closing and its noting."""
        return self.closed_at is not None or at < self.closes_at

    def shown_to_all(self, at: datetime) -> bool:
        """Whether whoever reads the proposal sees its results at this moment."""
        return self.results == "always" or self.closed_at is not None or at >= self.closes_at


class Answers(NamedTuple):
    """Whether somebody has answered in a discussion: how many answers it has."""

    number: int

    def settled(self, at: datetime) -> bool:
        """Nothing is to come at its hour."""
        return True


_FIELDS = Proposal.revision, Proposal.closes_at, Proposal.closed_at, Proposal.results


@prepared
def _pulses(member: HasId, key: str) -> Select:
    return Proposal.select(*_FIELDS).join(Group).where(Proposal.key == key, rules.readable_by(member)).tuples()


def pulse(member: HasId, key: str) -> Pulse | None:
    """The pulse of a proposal, None when this person may not read it: the same right as its page."""
    row = _pulses.first(member, parse_key(key))
    return Pulse(*row) if row else None


@prepared
def _answers(member: HasId, key: str) -> Select:
    readable = Discussion.key == key, discussion_rules.readable_by(member)
    return Discussion.select(Discussion.comments_count).join(Group).where(*readable).tuples()


def answers(member: HasId, key: str) -> Answers | None:
    """How many answers a discussion has, None when this person may not read it: the same right as its page."""
    row = _answers.first(member, parse_key(key))
    return Answers(*row) if row else None


def answers_of(keys: Collection[str]) -> dict[str, Answers]:
    """How many answers these discussions have, whoever may read them, as `pulses`."""
    rows = tuples(Discussion.select(Discussion.key, Discussion.comments_count).where(Discussion.key.in_(list(keys))))
    return {key: Answers(count) for key, count in rows}


def pulses(keys: Collection[str]) -> dict[str, Pulse]:
    """The pulses of these proposals, whoever may read them: for what tells nobody anything but by the right above."""
    rows = tuples(Proposal.select(Proposal.key, *_FIELDS).where(Proposal.key.in_(list(keys))))
    return {key: Pulse(*rest) for key, *rest in rows}
