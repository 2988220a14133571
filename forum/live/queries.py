"""What a page that watches a tally asks, for almost nothing: one prepared statement, along one index."""

from functools import cache
from typing import NamedTuple

from forum.db import database, is_postgresql
from forum.groups.models import Group
from forum.proposals import rules
from forum.proposals.models import Proposal

# They hold the place of the two values in the statement, and are found there again.
KEY, MEMBER = "?", -1


class Pulse(NamedTuple):
    """Whether a tally moved: its revision, the hour of its closing (ms since 1970), whether its outcome is written."""

    revision: int
    closes_at: int
    closed: bool

    def settled(self, at: int) -> bool:
        """Whether at this moment (ms) the revision tells all: false between the hour of closing and its noting."""
        return self.closed or at < self.closes_at


class _Anyone(NamedTuple):
    id: int


def pulse(member_id: int, key: str) -> Pulse | None:
    """The pulse of a proposal, None when this person (0: a guest) may not read it.

    The right is the one the page asks, `proposals.rules.readable_by`, compiled once: building the query anew at each
    call costs ten times what the database takes to answer it.
    """
    statement, params = _statement(is_postgresql())
    values = [key if value == KEY else member_id if value == MEMBER else value for value in params]
    row = database.execute_sql(statement, values).fetchone()
    return Pulse(row[0], row[1], row[2] is not None) if row else None


@cache
def _statement(_postgresql: bool) -> tuple[str, tuple]:
    query = Proposal.select(Proposal.revision, Proposal.closes_at, Proposal.closed_at).join(Group)
    statement, params = query.where(Proposal.key == KEY, rules.readable_by(_Anyone(MEMBER))).sql()
    return statement, tuple(params)
