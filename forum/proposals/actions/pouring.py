"""Proposals of a group that is poured into another, or of a discussion that moves there."""

from forum.database.clock import now
from forum.database.select import tuples
from forum.discussions.models import Discussion
from forum.errors import refused
from forum.groups.models import Group
from forum.proposals.models import Proposal


def pour(group: Group, target: Group) -> list[int]:
    """Move all proposals of a group; their ids. Its rights were asked with the merger.

    Raises Refused while a vote is open there, or one in the target whose voters were fixed at its opening: who may vote
    would change under way.
    """
    running = Proposal.closed_at.is_null(), Proposal.closes_at > now()
    fixed = Proposal.electorate == "before", Proposal.opens_at <= now()
    for busy, those in ((group, ()), (target, fixed)):
        if Proposal.select().where(Proposal.group == busy.id, *running, *those).exists():
            refused(
                f"Un vote est en cours dans #{busy.handle}\u00a0: attendez sa fin pour réunir les groupes."
            ).require()
    ids = [number for (number,) in tuples(Proposal.select(Proposal.id).where(Proposal.group == group.id))]
    return pour_back(ids, target)


def stay(discussion: Discussion) -> None:
    """Let the proposals of a discussion stay behind, in their group; inside the transaction that moves it.

    Raises Refused while a vote that was born in it is open, or to come.
    """
    running = Proposal.discussion == discussion.id, Proposal.closed_at.is_null(), Proposal.closes_at > now()
    if Proposal.select().where(*running).exists():
        refused("Un vote né de cette discussion est en cours\u00a0: attendez sa fin pour la déplacer.").require()


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these proposals to a group, when a merger is undone."""
    Proposal.update(group=group.id).where(Proposal.id.in_(ids)).execute()
    return ids
