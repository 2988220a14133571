"""Who may read a proposal, put one to the vote, vote, and change one."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.db import milliseconds
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.proposals.methods import METHODS
from forum.proposals.models import Ballot, Proposal

# Below so many ballots a stranger is not given them one by one, where they tell more than the totals do.
FEW = 5

ENDED = "Le vote est terminé : il ne prend plus de voix."
OVERTAKEN = "Vous avez voté autrement depuis : cette voix, restée en attente, n’a pas été comptée."


def readable_by(member: Viewer) -> Expression:
    """The proposals this person may read, as a condition on the group joined to them: as what is said in the group."""
    return groups.content_readable_by(member)


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote of the group."""
    return groups.propose(member, group)


def propose_from(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may put a proposal to the vote from this discussion."""
    return discussions.propose(member, discussion)


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


def read_ballots(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may read the ballots one by one, without names.

    Members may as soon as they see the results. Others once the vote is over: two copies taken during the vote would
    tell what was said between them, by whom gives reasons at that moment. And not where they are so few that a known
    opinion gives the rest of somebody's ballot away; a ballot of one mark is no more than the totals say.
    """
    if groups.role_in(member, proposal.group):
        return ALLOWED
    if proposal.is_open():
        return refused("Les bulletins, sans noms, se liront ici à la fin du vote.")
    if proposal.voters_count < FEW and not METHODS[proposal.method].single_mark:
        return refused(f"Moins de {FEW} bulletins : seuls les membres du groupe les lisent un à un.")
    return ALLOWED


def see_voices(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who voted what: who may see who belongs to the group."""
    if groups.see_members(member, proposal.group):
        return ALLOWED
    return refused("Qui a voté quoi ne se voit qu’entre membres du groupe.")


def see_own_voice(member: Viewer) -> Verdict:
    """Whether this person may look up what they voted: whoever can have voted."""
    return sign_in_first() if member.is_guest else ALLOWED


def public_ballot(proposal: Proposal) -> str:
    """Who will know what one votes, said before one does."""
    who = (
        "les membres du groupe voient"
        if proposal.group.members_see_members
        else "les personnes qui animent le groupe voient"
    )
    return f"Vote public : {who} qui vote quoi ; les autres ne voient que les totaux et les bulletins sans noms."
