"""Leaving for good."""

from forum.accounts import actions as accounts, rules
from forum.accounts.models import Account
from forum.database.transactions import transaction
from forum.personal_data.queries import HOLDINGS


def leave_for_good(account: Account, password: str) -> None:
    """Take a person out of everything, all or nothing: what they held is forgotten, what they said stays, unsigned.

    Raises Refused, and Invalid (password).
    """
    rules.change(account).require()
    accounts.check_password(account, password)
    with transaction():
        # The highest feature first: to leave a group one must still belong to it.
        for holdings in reversed(HOLDINGS):
            holdings.forget(account)
