"""Who may sign in, and who may change an account."""

from datetime import UTC, datetime

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.text import dates

# The end of a suspension without end.
FOR_GOOD = datetime(9000, 1, 1, tzinfo=UTC)
TRIAL = "Ce pseudonyme d’essai ne sert que dans le bac à sable. Gardez-le, et il sera le vôtre partout."


def act_outside_sandbox(member: Viewer) -> Verdict:
    """Whether this person is here for longer than a day: whoever is on trial does nothing outside the sandbox."""
    return refused(TRIAL) if member.trial else ALLOWED


def try_out(member: Viewer) -> Verdict:
    """Whether this person is here for a day, and so may keep their account."""
    if member.is_guest:
        return sign_in_first()
    return ALLOWED if member.trial else refused("Votre compte est déjà à vous, sans limite de temps.")


def block(member: Viewer) -> Verdict:
    """Whether this person may choose whom they no longer read."""
    return sign_in_first() if member.is_guest else ALLOWED


def sign_out(member: Viewer) -> Verdict:
    """Whether this person may end their sessions: whoever has any."""
    return sign_in_first() if member.is_guest else ALLOWED


def change(member: Viewer) -> Verdict:
    """Whether this person may change their password and address: the demonstration's account is everybody's."""
    if member.is_guest:
        return sign_in_first()
    if member.trial:
        return refused(TRIAL)
    if member.demo:
        return refused("Le compte de démonstration est à tout le monde : il ne se modifie pas.")
    return ALLOWED


def sign_in(account: Account) -> Verdict:
    """Whether this person, known by their password, may sign in now."""
    until = account.suspended_until
    if until is None or until < now():
        return ALLOWED
    if until == FOR_GOOD:
        return refused("Votre compte est suspendu du site, sans limite de temps.")
    return refused(f"Votre compte est suspendu du site {dates.up_to(until)}.")
