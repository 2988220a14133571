"""Who may change an account."""

from forum.accounts.models import Viewer
from forum.errors import ALLOWED, Verdict, refused, sign_in_first

TRIAL = "Ce pseudonyme d’essai ne sert que dans le bac à sable. Gardez-le, et il sera le vôtre partout."


def last(member: Viewer) -> Verdict:
    """Whether this person is here for longer than a day: who is on trial does nothing outside the sandbox."""
    return refused(TRIAL) if member.trial else ALLOWED


def try_out(member: Viewer) -> Verdict:
    """Whether this person is here for a day, and so may keep their account."""
    if member.is_guest:
        return sign_in_first()
    return ALLOWED if member.trial else refused("Votre compte est déjà à vous, sans limite de temps.")


def change(member: Viewer) -> Verdict:
    """Whether this person may change their password and address: the demonstration's account is everybody's."""
    if member.is_guest:
        return sign_in_first()
    if member.trial:
        return refused(TRIAL)
    if member.demo:
        return refused("Le compte de démonstration est à tout le monde : il ne se modifie pas.")
    return ALLOWED
