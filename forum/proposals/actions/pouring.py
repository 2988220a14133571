"""Proposals of a group that is poured into another."""

from forum.database.select import tuples
from forum.groups.models import Group
from forum.proposals.models import Proposal


def pour(group: Group, target: Group) -> list[int]:
    """Move all proposals of a group; their ids. Its rights were asked with the merger."""
    ids = [number for (number,) in tuples(Proposal.select(Proposal.id).where(Proposal.group == group.id))]
    return pour_back(ids, target)


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these proposals to a group, when a merger is undone."""
    Proposal.update(group=group.id).where(Proposal.id.in_(ids)).execute()
    return ids
