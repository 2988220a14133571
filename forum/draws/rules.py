"""Who may see a draw, prepare one, stand in it, and carry it out."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.draws.models import Draw
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group

ANIMATORS = "Seul·es les animateur·rices du groupe peuvent faire cela."
CANCELLED = "Ce tirage est annulé : plus rien n’y change."
ENDED = "Ce tirage est terminé : plus rien n’y change."
FROZEN = "La liste est gelée : plus personne n’y entre ni n’en sort."
NOT_FROZEN = "La liste n’est pas encore gelée."


def readable_by(member: Viewer) -> Expression:
    """The draws this person may read, as a condition on the group joined to them: as what is said in it."""
    return groups.content_readable_by(member)


def prepare(member: Viewer, group: Group) -> Verdict:
    """Whether this person may prepare a draw: the animators of a living group."""
    if member.is_guest:
        return sign_in_first()
    return groups.vote(member, group) if groups.animates(member, group) else refused(ANIMATORS)


def stand(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may stand: the members, where volunteers are drawn, until the freeze."""
    if draw.pool != "volunteers":
        return refused("On ne se porte pas volontaire à ce tirage.")
    verdict = _before_freeze(draw)
    return groups.vote(member, draw.group) if verdict else verdict


def step_back(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may take their name out before the freeze: even after leaving the group."""
    return sign_in_first() if member.is_guest else _before_freeze(draw)


def freeze(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may freeze the list."""
    verdict = _before_freeze(draw)
    return prepare(member, draw.group) if verdict else verdict


def enter(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may enter what a source gave: any member, from the freeze to the end."""
    verdict = _running(draw)
    return groups.vote(member, draw.group) if verdict else verdict


def withdraw(member: Viewer, draw: Draw, holds: bool) -> Verdict:
    """Whether this person may take a ticket out: whoever `holds` it, or an animator, from the freeze to the end."""
    if member.is_guest:
        return sign_in_first()
    verdict = _running(draw)
    return (ALLOWED if holds else prepare(member, draw.group)) if verdict else verdict


def hold(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may ask for their own ticket: whoever has an account."""
    return sign_in_first() if member.is_guest else ALLOWED


def cancel(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may cancel it: an animator, until it has ended."""
    verdict = refused(ENDED) if draw.ended_at else ALLOWED
    return prepare(member, draw.group) if verdict else verdict


def end(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may end it, so that what is not needed any more is erased: an animator, once it is drawn."""
    verdict = _running(draw)
    if verdict and not draw.drawn_at:
        return refused("Ce tirage n’a pas encore eu lieu.")
    return prepare(member, draw.group) if verdict else verdict


def see_names(member: Viewer, draw: Draw) -> Verdict:
    """Whether this person may see who was drawn.

    Volunteers were told that everybody will; those who come to an initiative are known to the members alone.
    """
    return groups.see_members(member, draw.group) if draw.pool == "initiative" else ALLOWED


def _before_freeze(draw: Draw) -> Verdict:
    if draw.cancelled_at:
        return refused(CANCELLED)
    return refused(FROZEN) if draw.frozen_at else ALLOWED


def _running(draw: Draw) -> Verdict:
    if draw.cancelled_at:
        return refused(CANCELLED)
    if draw.ended_at:
        return refused(ENDED)
    return ALLOWED if draw.frozen_at else refused(NOT_FROZEN)
