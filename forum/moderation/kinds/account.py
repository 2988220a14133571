"""A pseudonym. The name shown is hidden, the key is not: one still signs in by the name one knows; nobody takes it."""

from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.database.keys import new_key
from forum.errors import NotFound
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import put, replace_in_notices, take
from forum.notifications.models import Notice


def _find(member: Viewer, username: str) -> Account:
    found = account_named(username)
    if found is None or not found.password_hash:
        raise NotFound
    return found


def _read(row: Account) -> Subject:
    return Subject(ACCOUNT, row.id, row.username, None, row.id, row.username, "", "", False)


def _hide(row_id: int, _: str) -> Kept:
    kept = take(Account, row_id, ("username",))
    put(Account, row_id, {"username": f"Pseudonyme-masqué-{new_key()}"})
    return kept


def _restore(row_id: int, kept: Kept) -> None:
    put(Account, row_id, kept)


def _forget(subject: Subject, kept: Kept) -> None:
    replace_in_notices(subject.title, "Quelqu’un", Notice.sentence.startswith(f"{subject.title} "))


ACCOUNT = Kind(
    name="account",
    noun="pseudonyme",
    this="ce pseudonyme",
    a="un pseudonyme",
    of_a="d’un pseudonyme",
    a_hidden="un pseudonyme masqué",
    this_is_hidden="ce pseudonyme a été masqué",
    yours_is_hidden="votre pseudonyme est masqué",
    desk="site",
    model=Account,
    find=_find,
    read=_read,
    hide=_hide,
    restore=_restore,
    forget=_forget,
)
