"""Proposals of a group that is poured into another."""

from forum.db import now, tuples
from forum.errors import refused
from forum.groups.models import Group
from forum.proposals.models import Proposal


def pour(group: Group, target: Group) -> list[int]:
    """Move all proposals of a group; their ids. Its rights were asked with the merger.

    Raises Refused while a vote is open: who may vote would change under way.
    """
    running = Proposal.group == group.id, Proposal.closed_at.is_null(), Proposal.closes_at > now()
    if Proposal.select().where(*running).exists():
        refused(f"Un vote est en cours dans #{group.handle}\u00a0: attendez sa fin pour réunir les groupes.").require()
    ids = [number for (number,) in tuples(Proposal.select(Proposal.id).where(Proposal.group == group.id))]
    return pour_back(ids, target)


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these proposals to a group, when a merger is undone."""
    Proposal.update(group=group.id).where(Proposal.id.in_(ids)).execute()
    return ids
