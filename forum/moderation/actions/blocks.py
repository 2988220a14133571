"""No longer reading somebody, for oneself alone."""

from forum.accounts import rules
from forum.accounts.models import Account, Block
from forum.accounts.queries import account_named
from forum.database.transactions import transaction
from forum.errors import check

MOST = 500


def block(member: Account, username: str) -> None:
    """No longer read this person; twice is once. Nobody learns it, the journal neither. Raises Invalid (username)."""
    rules.block(member).require()
    found = account_named(username)
    check(username=_problem(member, found))
    if found is not None:
        with transaction():
            Block.insert(member=member.id, blocked=found.id).on_conflict_ignore().execute()


def unblock(member: Account, username: str) -> None:
    """Read this person again; nothing when they were not blocked, or are nobody."""
    rules.block(member).require()
    found = account_named(username)
    if found is not None:
        with transaction():
            Block.delete().where(Block.member == member.id, Block.blocked == found.id).execute()


def _problem(member: Account, found: Account | None) -> str | None:
    if found is None:
        return "Personne ne porte ce pseudonyme."
    if found.id == member.id:
        return "C’est vous."
    full = Block.select().where(Block.member == member.id).count() >= MOST
    return f"{MOST} personnes au plus." if full else None
