"""What a page that watches a tally asks, for almost nothing: one statement, composed once, along one index."""

from datetime import datetime
from typing import NamedTuple

from forum.discussions.queries import known_signs
from forum.groups.models import Group
from forum.prepared import Prepared, viewer
from forum.proposals import rules
from forum.proposals.models import Proposal


class Pulse(NamedTuple):
    """Whether a tally moved: its revision, the hour of its closing, and when its outcome was written."""

    revision: int
    closes_at: datetime
    closed_at: datetime | None

    def settled(self, at: datetime) -> bool:
        """Whether at this moment the revision tells all: false between the hour of closing and its noting."""
        return self.closed_at is not None or at < self.closes_at


def pulse(member_id: int, key: str) -> Pulse | None:
    """The pulse of a proposal, None when this person (0: a guest) may not read it: the same right as its page."""
    rows = _pulses.rows(member_id, known_signs(key))
    return Pulse(*rows[0]) if rows else None


_pulses = Prepared(
    lambda member_id, key: (
        Proposal.select(Proposal.revision, Proposal.closes_at, Proposal.closed_at)
        .join(Group)
        .where(Proposal.key == key, rules.readable_by(viewer(member_id)))
        .tuples()
    )
)
