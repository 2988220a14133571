"""Reading accounts."""

from forum.accounts import pseudonyms
from forum.accounts.models import Account


def account_named(username: str) -> Account | None:
    """The account of this pseudonym, whatever its case and accents."""
    return Account.get_or_none(Account.username_key == pseudonyms.key(username))


def account_of_cookie(cookie: str) -> Account | None:
    """The account a cookie speaks of, unless it was signed out everywhere since (`id.epoch`)."""
    number, _, epoch = cookie.partition(".")
    if not (number.isascii() and number.isdigit() and epoch.isascii() and epoch.isdigit()):
        return None
    return Account.get_or_none(Account.id == int(number), Account.epoch == int(epoch))


def has_demonstration() -> bool:
    """Whether the demonstration account is there, to be shown on the sign-in page."""
    return Account.select().where(Account.username_key == "demo", Account.demo).exists()
