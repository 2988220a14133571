"""Who may see an initiative, plan one, take part, and change it."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.database.tables import HasId
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.initiatives.models import Initiative

OVER = "C’est passé : cette initiative a déjà eu lieu."
HIDDEN = "Cette initiative est masquée : on ne peut ni la modifier ni s’y inscrire tant qu’elle l’est."
CANCELLED = "Cette initiative est annulée."


def readable_by(member: HasId) -> Expression:
    """The initiatives this person may read, as a condition on the group joined to them: as what is said in it."""
    return groups.content_readable_by(member)


def plan(member: Viewer, group: Group) -> Verdict:
    """Whether this person may plan an initiative: whoever may open a discussion there."""
    return groups.discuss(member, group)


def take_part(member: Viewer, initiative: Initiative) -> Verdict:
    """Whether this person may say that they come: members, until it is over."""
    verdict = _to_come(initiative)
    return groups.vote(member, initiative.group) if verdict else verdict


def withdraw(member: Viewer, initiative: Initiative) -> Verdict:
    """Whether this person may say that they do not come: even after leaving the group, and twice is no fault."""
    if member.is_guest:
        return sign_in_first()
    return ALLOWED if initiative.hidden_at else _to_come(initiative)


def edit(member: Viewer, initiative: Initiative) -> Verdict:
    """Whether this person may change or cancel it: whoever plans it, or an animator of the group, until it is over."""
    organises = groups.belongs(member, initiative.group) and initiative.author_id == member.id
    if not organises and not groups.animates(member, initiative.group):
        return refused("Seules la personne qui organise et les animateur·rices du groupe peuvent changer ceci.")
    verdict = _to_come(initiative)
    return groups.comment(member, initiative.group) if verdict else verdict


def delete(member: Viewer, initiative: Initiative, others: int) -> Verdict:
    """Whether this person may take it back, where so many others come: whoever plans it; those who come are told first
    that it is cancelled."""
    if member.is_guest:
        return sign_in_first()
    if initiative.author_id != member.id:
        return refused("Seule la personne qui organise une initiative peut la supprimer.")
    if initiative.hidden_at:
        return refused("Cette initiative est déjà masquée ou supprimée.")
    if others and _to_come(initiative):
        return refused("Des personnes viennent : annulez d’abord, elles seront prévenues.")
    return ALLOWED


def see_participants(member: Viewer, group: Group) -> Verdict:
    """Whether this person may see who comes: whoever may see who belongs to the group."""
    return groups.see_members(member, group)


def _to_come(initiative: Initiative) -> Verdict:
    if initiative.hidden_at:
        return refused(HIDDEN)
    if initiative.cancelled_at:
        return refused(CANCELLED)
    return refused(OVER) if initiative.is_over() else ALLOWED
