"""Who may read a proposal, put one to the vote, vote, and change one."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.db import milliseconds
from forum.errors import ALLOWED, Verdict, refused
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.proposals.models import Ballot, Proposal

ENDED = "Le vote est terminé : il ne prend plus de voix."
OVERTAKEN = "Vous avez voté autrement depuis : cette voix, restée en attente, n’a pas été comptée."


def readable_by(member: Viewer) -> Expression:
    """The proposals this person may read, as a condition on the group joined to them: as what is said in the group."""
    return groups.content_readable_by(member)


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote of the group."""
    return groups.propose(member, group)


def vote(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may vote now: members of the group, until the hour of closing."""
    if not proposal.is_open():
        return refused(ENDED)
    return groups.vote(member, proposal.group)


def replace_seen(ballot: Ballot | None, seen: str | None) -> Verdict:
    """Whether a ballot sent late, by a phone that last saw its author's ballot as `seen`, may take its place.

    None is a ballot sent at once: the last pressed is the one that counts.
    """
    return ALLOWED if seen in (None, as_seen(ballot)) else refused(OVERTAKEN)


def as_seen(ballot: Ballot | None) -> str:
    """What the form of a ballot says of the one already cast, '' when there is none."""
    return str(milliseconds(ballot.changed_at)) if ballot else ""


def edit(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may rewrite the proposal: its author, while nobody has voted and the vote is open."""
    if member.id != proposal.author_id:
        return refused("Seule la personne qui a écrit cette proposition peut la modifier.")
    if not proposal.is_open():
        return refused(ENDED)
    if proposal.voters_count:
        return refused("Une voix est déjà exprimée : la proposition ne change plus.")
    return ALLOWED if groups.role_in(member, proposal.group) else refused(groups.MEMBERS_ONLY)
