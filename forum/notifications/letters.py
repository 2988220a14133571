"""Notices by mail, to those who asked for them."""

from forum.accounts.models import Account
from forum.errors import NotFound
from forum.groups.models import Group
from forum.notifications.recipients import Recipient
from forum.tasks import letters, signing
from forum.tasks.journal import JournalLine

PURPOSE = "stop mail"


def write(line: JournalLine, items: list[Recipient]) -> None:
    """Have a letter sent to each of these people who has an address, in the transaction that writes their notices.

    What was said in a group that is not open stays on the site: mail is read on the way, and on locked screens.
    """
    if not items:
        return
    group = Group.get_or_none(Group.id == line.group_id) if line.group_id else None
    public = group is None or group.visibility == "ouvert"
    lower = f"/g/{group.handle}/notifications" if group and public else "/moi/reglages/notifications"
    said = {item.account_id: item for item in items}
    for account in Account.select().where(Account.id.in_(list(said)), Account.email.is_null(False)):
        item, stop = said[account.id], stop_address(account)
        sentence, address = (item.sentence, item.address) if public else ("", "/moi/notifications")
        facts = {"username": account.username, "sentence": sentence, "address": address, "lower": lower, "stop": stop}
        letters.write(account.email or "", "notice", facts, stop)


def stop_address(account: Account) -> str:
    """The local path that ends these letters, without signing in."""
    return f"/courriel/stop/{signing.seal(PURPOSE, str(account.id))}"


def account_of(sealed: str) -> Account:
    """Whose letters this path ends. Raises NotFound for what was not sealed here."""
    number = signing.unseal(PURPOSE, sealed)
    account = Account.get_or_none(Account.id == int(number)) if number else None
    if account is None:
        raise NotFound
    return account
