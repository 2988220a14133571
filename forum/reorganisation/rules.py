"""Who may pour groups together, move a discussion, bring a deleted group back."""

from datetime import timedelta

from peewee import Expression

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion
from forum.errors import ALLOWED, Verdict, refused
from forum.groups import rules as groups
from forum.groups.models import Group, Membership, Merge
from forum.proposals.models import Proposal

# How long a merger can be undone.
MERGE_GRACE = timedelta(days=30)


def restore(member: Viewer, group: Group) -> Verdict:
    """Whether this person may bring a deleted group back: its animators, unless it was poured into another."""
    if Merge.select().where(Merge.source == group.id, Merge.undone_at.is_null()).exists():
        return refused("Ce groupe a été réuni à un autre : c’est cette réunion qu’il faut défaire.")
    return groups.edit(member, group)


def merge(member: Viewer, group: Group, target: Group) -> Verdict:
    """Whether this person may pour a group into another: whoever animates both, if nobody reads more than before."""
    verdict = groups.edit(member, group) and groups.edit(member, target)
    if not verdict:
        return refused("Réunir deux groupes se fait par qui anime les deux.")
    if group.hidden_at:
        return groups.active_for(member, group)
    if group.visibility != target.visibility:
        return refused(
            "On ne réunit que des groupes lisibles par les mêmes personnes : donnez-leur d’abord le même accès."
        )
    return groups.active_for(member, target) and _no_vote_changes_hands(group, target)


def unmerge(member: Viewer, target: Group, row: Merge) -> Verdict:
    """Whether this person may make two groups again: an animator, for so long after they became one."""
    if row.created_at < now() - MERGE_GRACE:
        return refused("Trente jours ont passé\u00a0: cette réunion ne se défait plus.")
    # What came from the other group would be read again by everybody.
    return groups.active_for(member, target) if target.hidden_at else groups.edit(member, target)


def move(member: Viewer, discussion: Discussion, target: Group) -> Verdict:
    """Whether this person may move a discussion to a group now: no vote that was born in it is open, or to come."""
    verdict = bring_into(member, discussion, target)
    born_in_it = Proposal.select().where(Proposal.discussion == discussion.id, _running())
    if verdict and born_in_it.exists():
        return refused("Un vote né de cette discussion est en cours\u00a0: attendez sa fin pour la déplacer.")
    return verdict


def bring_into(member: Viewer, discussion: Discussion, target: Group) -> Verdict:
    """Whether a discussion may stand in this group: whoever moves it animates both, and nobody reads it who did not."""
    verdict = discussions.care(member, discussion)
    if not verdict:
        return verdict
    if not groups.animates(member, target):
        return refused("On ne déplace une discussion que vers un groupe que l’on anime aussi.")
    if discussion.hidden_at:
        return refused("Ce texte est masqué\u00a0: il reste là où la décision a été prise.")
    if discussion.group.sandbox != target.sandbox:
        return refused("Ce qui s’essaie au bac à sable y reste, et rien d’autre n’y entre.")
    verdict = _read_by_no_more(discussion.group, target)
    return groups.comment(member, target) if verdict else verdict


def _no_vote_changes_hands(group: Group, target: Group) -> Verdict:
    """A vote open in the one, or one in the other whose voters were fixed at its opening: who may vote would change."""
    fixed = Proposal.electorate == "before", Proposal.opens_at <= now()
    for busy, those in ((group, ()), (target, fixed)):
        if Proposal.select().where(Proposal.group == busy.id, _running(), *those).exists():
            return refused(f"Un vote est en cours dans #{busy.handle}\u00a0: attendez sa fin pour réunir les groupes.")
    return ALLOWED


def _running() -> Expression:
    return Proposal.closed_at.is_null() & (Proposal.closes_at > now())


def _read_by_no_more(group: Group, target: Group) -> Verdict:
    """Whether all who read in the target read in the group already: nobody's words are shown to others than then."""
    if groups.is_public(group):
        return ALLOWED
    if groups.is_public(target):
        return refused(
            "Tout le monde lirait ce qui a été écrit pour un groupe fermé\u00a0: elle ne va pas dans un groupe ouvert."
        )
    known = Membership.select(Membership.member).where(Membership.group == group.id)
    others = Membership.select().where(Membership.group == target.id, Membership.member.not_in(known))
    if others.exists():
        return refused(
            "D’autres personnes liraient ce qui a été écrit pour ce groupe-ci\u00a0: depuis un groupe fermé, une "
            "discussion ne va que dans un groupe dont tous les membres la lisent déjà."
        )
    return ALLOWED
