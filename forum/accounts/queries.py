"""Reading accounts."""

from datetime import datetime

from peewee import ModelSelect, Select

from forum.accounts import pseudonyms
from forum.accounts.models import Account, Block, Viewer
from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.select import tuples
from forum.database.tables import HasId
from forum.text.dates import iso
from forum.text.typed import parse_whole, without_at


def account_named(username: str) -> Account | None:
    """The account of this pseudonym, with an @ before it or none, whatever its case and accents."""
    key = pseudonyms.key(without_at(username))
    return Account.get_or_none(Account.username_key == key) if "\0" not in key else None


@prepared
def _signed_in(number: int, epoch: int, at: datetime) -> "ModelSelect[Account]":
    present = Account.suspended_until.is_null() | (Account.suspended_until < at)
    return Account.select().where(Account.id == number, Account.epoch == epoch, present)


def account_of_cookie(cookie: str) -> Account | None:
    """The account a cookie speaks of, unless it was signed out everywhere since (`id.epoch`) or is suspended."""
    number, epoch = (parse_whole(part) for part in cookie.partition(".")[::2])
    return None if number is None or epoch is None else _signed_in.first(number, epoch, now())


@prepared
def _blocked_by(member: HasId) -> Select:
    return Block.select(Block.blocked).where(Block.member == member.id).tuples()


def blocked_by(member: Viewer) -> frozenset[int]:
    """The accounts that this person does not want to read (one query, none for a guest)."""
    return frozenset() if member.is_guest else frozenset(blocked for (blocked,) in _blocked_by.rows(member))


def whom_blocks(member: Viewer) -> list[Account]:
    """The accounts that this person does not want to read, the latest first: for themselves alone."""
    rows = Account.select(Account.id, Account.username).join(Block, on=Block.blocked == Account.id)
    return list(rows.where(Block.member == member.id).order_by(Block.id.desc()))


def blockers_of(account_id: int) -> frozenset[int]:
    """Who does not want to read this person: for whoever is about to tell them something. Nobody is to be shown it."""
    rows = Block.select(Block.member).where(Block.blocked == account_id)
    return frozenset(member_id for (member_id,) in tuples(rows))


def has_demonstration() -> bool:
    """Whether the demonstration account is there, to be shown on the sign-in page."""
    return Account.select().where(Account.username_key == "demo", Account.demo).exists()


def data_of(account: Account) -> dict[str, object]:
    """What is kept of the account itself; whom they do not read included. Nothing of the password."""
    return {
        "username": account.username,
        "email": account.email,
        "created_at": iso(account.created_at),
        "blocked": [row.username for row in whom_blocks(account)],
    }
