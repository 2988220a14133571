"""What a person changes about their own account."""

from collections.abc import Callable

from peewee import IntegrityError

from forum.accounts import passwords, pseudonyms, rules
from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.database.transactions import transaction
from forum.errors import Invalid, Refused, check
from forum.tasks import journal
from forum.text.address_book import ADDRESS

GONE = "Ancien membre"
NOT_YOURS = "Ce n’est pas votre mot de passe."
TAKEN = "Ce pseudonyme est déjà pris, peut-être avec d’autres accents ou majuscules."
WRONG = "Pseudonyme ou mot de passe inconnu. Vérifiez les deux, puis réessayez."


class Suspended(Refused):
    """This person gave their password, but is suspended from the site."""

    def __init__(self, reason: str, account: Account):
        super().__init__(reason)
        self.account = account


def sign_up(username: str, password: str, email: str = "", then: Callable[[Account], None] = lambda _: None) -> Account:
    """Create an account, and do `then` with it in the same transaction.

    Raises Invalid with the fields username, password, email.
    """
    username, email = username.strip(), email.strip()
    check(
        username=pseudonyms.problem(username),
        password=passwords.problem(password, username),
        email=email_problem(email),
    )
    taken = Invalid({"username": TAKEN})
    if account_named(username):
        raise taken
    password_hash = passwords.make_hash(password)
    try:
        with transaction():
            account = Account.create(
                username=username,
                username_key=pseudonyms.key(username),
                password_hash=password_hash,
                email=email or None,
            )
            journal.record("account.created", actor=account)
            then(account)
    except IntegrityError as problem:
        raise taken from problem
    return account


def sign_in(username: str, password: str) -> Account:
    """The account of this pseudonym and password. Raises Invalid, the same for either being wrong, and Suspended."""
    account = account_named(username) if username.strip() else None
    if not passwords.matches(account.password_hash if account else None, password[:200]) or not account:
        raise Invalid({"username": WRONG})
    verdict = rules.sign_in(account)
    if not verdict:
        raise Suspended(verdict.reason, account)
    return account


def sign_out_everywhere(account: Account) -> Account:
    """End every session and remembered sign-in of this person, on all devices. Raises Refused."""
    rules.sign_out(account).require()
    with transaction():
        Account.update(epoch=Account.epoch + 1).where(Account.id == account.id).execute()
    return Account.get_by_id(account.id)


def change_password(account: Account, current: str, new: str) -> Account:
    """Replace the password and sign out everywhere else. Raises Invalid with the fields current, password."""
    rules.change(account).require()
    check(
        current=None if passwords.matches(account.password_hash, current[:200]) else NOT_YOURS,
        password=passwords.problem(new, account.username),
    )
    with transaction():
        Account.update(password_hash=passwords.make_hash(new)).where(Account.id == account.id).execute()
        return sign_out_everywhere(account)


def change_email(account: Account, email: str) -> None:
    """Replace or remove the e-mail. Raises Invalid with the field email."""
    rules.change(account).require()
    check(email=email_problem(email.strip()))
    with transaction():
        Account.update(email=email.strip() or None).where(Account.id == account.id).execute()


def check_password(account: Account, password: str) -> None:
    """Raise Invalid (password) where this is not theirs."""
    check(password=None if passwords.matches(account.password_hash, password[:200]) else NOT_YOURS)


def erase(account: Account) -> None:
    """Take the person out of the account: pseudonym, password and e-mail go, every session ends, what was said stays.

    Inside the transaction in which they leave for good, their rights asked.
    """
    Account.update(
        username=GONE,
        # No pseudonym begins with a hyphen: the old one is free again, and this one is nobody's.
        username_key=f"-{account.id}",
        password_hash="",
        email=None,
        role="",
        epoch=Account.epoch + 1,
    ).where(Account.id == account.id).execute()
    journal.record("account.left", actor=account)


def email_problem(email: str) -> str | None:
    """Why this cannot be an e-mail address, in French; None when it can, or is left empty."""
    if email and (not ADDRESS.fullmatch(email) or len(email) > 254):
        return "Cette adresse ne semble pas complète. Vous pouvez aussi laisser ce champ vide."
    return None
