"""Who holds which office of the site."""

from forum.accounts.models import ROLES, Account, Viewer
from forum.errors import ALLOWED, Verdict, refused, sign_in_first

ADMIN = "admin"
# Of whoever holds an office; of whoever runs the site; of whoever judges what is reported to it.
HOLDS = Account.role.in_([role for role in ROLES if role])
ADMINISTERS = Account.role == ADMIN
JUDGES = Account.role.in_(["moderator", ADMIN])


def administer(member: Viewer) -> Verdict:
    """Whether this person runs the site: gives and takes its offices, and sees how it is."""
    if member.is_guest:
        return sign_in_first()
    return ALLOWED if member.role == ADMIN else refused("Cette page est à l’administration du site.")


def resigns(account: Account, role: str) -> bool:
    """Whether somebody who runs the site would no longer do so with this role."""
    return account.role == ADMIN != role


def holds(account: Account, role: str) -> bool:
    """Whether this is the role they have."""
    return account.role == role
