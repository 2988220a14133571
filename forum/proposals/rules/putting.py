"""Who puts a proposal to the vote, changes it, and answers for it until and after its end."""

import json

from forum.accounts.models import Viewer
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion
from forum.errors import ALLOWED, Verdict, refused
from forum.groups import rules as groups
from forum.groups.models import Group, Merge
from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal, RoomCount

# The status of an outcome that is none.
CANCELLED = "cancelled"

ENDED = "Le vote est terminé : il ne prend plus de voix."
HIDDEN = "Cette proposition est masquée : on ne peut ni la modifier ni voter tant qu’elle l’est."


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote of the group."""
    return groups.propose(member, group)


def propose_from(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may put a proposal to the vote from this discussion."""
    return discussions.propose(member, discussion)


def name_voters(member: Viewer, group: Group) -> Verdict:
    """Whether this person may name who votes: trying names would otherwise tell who belongs."""
    if groups.see_members(member, group):
        return ALLOWED
    return refused("Dans ce groupe, seules les personnes qui voient la liste des membres désignent qui vote.")


def edit(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may rewrite the proposal: its author, while nobody has voted, here or in a room, and the vote
    is not over."""
    if member.id != proposal.author_id:
        return refused("Seule la personne qui a écrit cette proposition peut la modifier.")
    if proposal.is_over():
        return refused(ENDED)
    if proposal.hidden_at:
        return refused(HIDDEN)
    if proposal.voters_count:
        return refused("Une voix est déjà exprimée : la proposition ne change plus.")
    if RoomCount.select().where(RoomCount.proposal == proposal.id).exists():
        return refused("Une salle a déjà compté ses voix : la proposition ne change plus.")
    return groups.comment(member, proposal.group)


def cancel(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may cancel the vote: its author or whoever animates the group, before its end."""
    if proposal.is_over():
        return refused("Le vote est terminé : on n’annule pas un résultat.")
    return _answers_for(member, proposal)


def reopen(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may let an ended vote go on: whoever animates the group, and never one that was cancelled."""
    if not proposal.is_over():
        return refused("Ce vote n’est pas terminé.")
    if is_cancelled(proposal):
        return refused("Un vote annulé ne se rouvre pas : mettez une nouvelle proposition au vote.")
    if proposal.secret:
        return refused("Un vote secret ne se rouvre pas : ses résultats sont connus.")
    if proposal.electorate == "before" and _poured_since(proposal):
        return refused("Ce groupe a été réuni à un autre depuis : qui en était à l’ouverture du vote ne se sait plus.")
    return refused(HIDDEN) if proposal.hidden_at else _animates(member, proposal.group)


def state_outcome(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may write what follows from the vote: its author or whoever animates the group, once over."""
    if not proposal.is_over() or is_cancelled(proposal):
        return refused("On écrit ce qui suit d’un vote une fois qu’il est terminé.")
    return _answers_for(member, proposal)


def remind(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may remind those who have not voted: its author or whoever animates the group, while it runs.

    Once until the vote ends: the action sees to that.
    """
    if not proposal.is_open():
        return refused(ENDED)
    return _answers_for(member, proposal)


def is_cancelled(proposal: Proposal) -> bool:
    """Whether somebody ended it without a result."""
    return proposal.outcome is not None and json.loads(proposal.outcome)["status"] == CANCELLED


def count_by_hand(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may enter the count of a room: whoever animates the group, where options are counted."""
    if METHODS[proposal.method].form != "ticks":
        return refused("Ce vote ne se compte pas à main levée : on y note ou l’on y classe.")
    if proposal.hidden_at:
        return refused(HIDDEN)
    if is_cancelled(proposal) or proposal.is_coming():
        return refused("On entre ce qu’une salle a compté une fois le vote ouvert, s’il n’est pas annulé.")
    return _animates(member, proposal.group)


def _poured_since(proposal: Proposal) -> bool:
    """Whether another group was poured into this one since the vote opened: its members kept their date of joining."""
    since = Merge.target == proposal.group_id, Merge.undone_at.is_null(), Merge.created_at >= proposal.opens_at
    return Merge.select().where(*since).exists()


def _answers_for(member: Viewer, proposal: Proposal) -> Verdict:
    """The author, as long as they belong to the group, and its animators; nobody while it is hidden."""
    if proposal.hidden_at:
        return refused(HIDDEN)
    if member.id == proposal.author_id:
        return groups.comment(member, proposal.group)
    return _animates(member, proposal.group)


def _animates(member: Viewer, group: Group) -> Verdict:
    if not groups.animates(member, group):
        return refused("Cela revient aux personnes qui animent le groupe.")
    return groups.comment(member, group)
