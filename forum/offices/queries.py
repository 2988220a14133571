"""Who holds an office of the site."""

from datetime import timedelta

from forum.accounts.models import Account
from forum.database.clock import now
from forum.offices import rules
from forum.offices.names import OFFICES

MONTH = timedelta(days=30)


def holders() -> list[Account]:
    """Whoever holds an office, by office and then by name; open to everybody."""
    order = [office.role for office in OFFICES]
    rows = Account.select().where(rules.HOLDS).order_by(Account.username_key)
    return sorted(rows, key=lambda account: order.index(account.role))


def is_moderated() -> bool:
    """Whether anybody is there to judge what is reported to the site."""
    return Account.select().where(rules.JUDGES).exists()


def suspended() -> list[Account]:
    """The accounts that are suspended from the site, the next to come back first; for who runs it alone."""
    rows = Account.select().where(Account.suspended_until > now())
    return list(rows.order_by(Account.suspended_until, Account.id))


def count_accounts() -> tuple[int, int]:
    """How many accounts there are, and how many of them began in the last 30 days; nothing of anybody."""
    lasting = Account.select().where(~Account.trial)
    return lasting.count(), lasting.where(Account.created_at > now() - MONTH).count()
