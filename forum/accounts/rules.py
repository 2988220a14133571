"""Who may change an account."""

from forum.accounts.models import Viewer
from forum.errors import ALLOWED, Verdict, refused, sign_in_first


def change(member: Viewer) -> Verdict:
    """Whether this person may change their password and address: the demonstration's account is everybody's."""
    if member.is_guest:
        return sign_in_first()
    if member.demo:
        return refused("Le compte de démonstration est à tout le monde : il ne se modifie pas.")
    return ALLOWED
