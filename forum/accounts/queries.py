"""Reading accounts."""

from forum.accounts import pseudonyms
from forum.accounts.models import Account
from forum.dates import iso
from forum.prepared import Prepared


def account_named(username: str) -> Account | None:
    """The account of this pseudonym, whatever its case and accents."""
    key = pseudonyms.key(username)
    return Account.get_or_none(Account.username_key == key) if "\0" not in key else None


def account_of_cookie(cookie: str) -> Account | None:
    """The account a cookie speaks of, unless it was signed out everywhere since (`id.epoch`)."""
    number, _, epoch = cookie.partition(".")
    if not (number.isascii() and number.isdigit() and epoch.isascii() and epoch.isdigit()):
        return None
    return next(iter(_of_cookie.rows(int(number), int(epoch))), None)


_of_cookie = Prepared(lambda number, epoch: Account.select().where(Account.id == number, Account.epoch == epoch))


def has_demonstration() -> bool:
    """Whether the demonstration account is there, to be shown on the sign-in page."""
    return Account.select().where(Account.username_key == "demo", Account.demo).exists()


def data_of(account: Account) -> dict:
    """What is kept of the account itself; of the password only that there is one."""
    return {"username": account.username, "email": account.email, "created_at": iso(account.created_at)}
