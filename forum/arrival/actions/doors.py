"""Signing up or in, and doing what one had pressed before one had an account: entering a group, or asking to."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from forum.accounts import actions as accounts
from forum.accounts.models import Account
from forum.errors import NotFound, Refused
from forum.groups import actions as groups, queries as group_queries


@dataclass(frozen=True)
class Wish:
    """The group somebody pressed "Rejoindre" on: by its handle, or by the token of an invitation; '' for neither."""

    handle: str = ""
    invitation: str = ""


NONE = Wish()


def sign_up(username: str, password: str, email: str = "", wish: Wish = NONE) -> Account:
    """Create an account, in the group it was made for. Raises Invalid (username, password, email)."""
    return accounts.sign_up(username, password, email, partial(_enter, wish))


def sign_in(username: str, password: str, wish: Wish = NONE) -> Account:
    """The account of this pseudonym and password, in the group it came for. Raises as `accounts.actions.sign_in`."""
    account = accounts.sign_in(username, password)
    _enter(wish, account)
    return account


def _enter(wish: Wish, account: Account) -> None:
    """Used up meanwhile, or closed to this person: they are signed in all the same, and the group's page tells why."""
    with suppress(NotFound, Refused):
        if wish.invitation:
            groups.accept_invitation(account, wish.invitation)
        elif wish.handle:
            groups.enter(account, group_queries.group_for(account, wish.handle))
