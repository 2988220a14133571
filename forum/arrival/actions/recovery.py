"""The way back in for whoever forgot their password and gave an e-mail: a letter, good once, for an hour."""

import hashlib

from peewee import fn

from forum.accounts import passwords
from forum.accounts.actions import email_problem, sign_out_everywhere
from forum.accounts.models import Account
from forum.database.transactions import transaction
from forum.errors import NotFound, check
from forum.tasks import letters, signing
from forum.tasks.jobs import job

PURPOSE = "password"
HOUR = 3600
# An address may serve a household or a collective.
MOST_ACCOUNTS = 5


def ask_new_password(email: str) -> None:
    """Have a letter sent to this address if any account gave it. Nothing tells whether one did: not even the time.

    Raises Invalid (email) for what is no address.
    """
    email = email.strip()
    check(email=email_problem(email) if email else "Écrivez votre adresse électronique.")
    with transaction():
        write_to(email)


@job()
def write_to(email: str) -> None:
    """The worker's errand: a letter for each account of this address."""
    accounts = Account.select().where(fn.LOWER(Account.email) == email.lower(), ~Account.demo).order_by(Account.id)
    with transaction():
        for account in accounts.limit(MOST_ACCOUNTS):
            address = f"/mot-de-passe/{signing.seal(PURPOSE, _proof(account))}"
            letters.write(account.email or "", "password", {"username": account.username, "address": address})


def account_of(sealed: str) -> Account:
    """Whose letter this is. Raises NotFound when it is older than an hour, was used, or is none of ours."""
    proof = signing.unseal(PURPOSE, sealed, HOUR)
    number = (proof or "").partition(".")[0]
    account = Account.get_or_none(Account.id == int(number)) if proof else None
    if account is None or account.demo or _proof(account) != proof:
        raise NotFound
    return account


def renew_password(sealed: str, password: str) -> Account:
    """Set the password, once, and sign out everywhere. Raises NotFound as `account_of`, Invalid (password)."""
    check(password=passwords.problem(password, account_of(sealed).username))
    password_hash = passwords.make_hash(password)
    with transaction():
        account = account_of(sealed)
        Account.update(password_hash=password_hash).where(Account.id == account.id).execute()
        return sign_out_everywhere(account)


def _proof(account: Account) -> str:
    """The account and a print of what it had when the letter was written: with any of it changed the letter is void."""
    had = f"{account.password_hash} {account.email} {account.epoch}"
    return f"{account.id}.{hashlib.sha256(had.encode()).hexdigest()[:24]}"
