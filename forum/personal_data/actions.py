"""Taking back what one wrote, and leaving for good."""

from contextlib import suppress

from peewee import fn

from forum.accounts import actions as accounts, rules
from forum.accounts.models import Account, Viewer
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
from forum.errors import Refused
from forum.initiatives import actions as initiatives
from forum.initiatives.models import Initiative
from forum.notifications.models import Notice
from forum.personal_data.queries import HOLDINGS


def take_back(member: Viewer, text: Discussion | Comment | Initiative) -> None:
    """Delete a comment, an initiative, or what opens a discussion; its title goes out of the notices too.

    Raises Refused.
    """
    if isinstance(text, Comment):
        return discussions.delete_comment(member, text)
    gone = initiatives.GONE if isinstance(text, Initiative) else discussions.TITLE
    with transaction():
        if isinstance(text, Initiative):
            initiatives.delete(member, text)
        else:
            discussions.delete(member, text)
        _forget_title(text, gone)


def _forget_title(text: Discussion | Initiative, instead: str) -> None:
    """Take a title out of the notices of its group, and out of the addresses to which they lead."""
    told, gone = f"«\u202f{text.title}\u202f»", f"«\u202f{instead}\u202f»"
    notices = Notice.group == text.group_id, Notice.sentence.contains(told)
    Notice.update(sentence=fn.REPLACE(Notice.sentence, told, gone)).where(*notices).execute()
    address = f"/d/{text.key}"
    Notice.update(address=address).where(Notice.address.startswith(f"{address}-")).execute()


def leave_for_good(account: Account, password: str, take_words: bool = False) -> None:
    """Take a person out of everything, all or nothing: what they held is forgotten, what they said stays, unsigned.

    With `take_words` their texts are taken back before, one by one: pressed again after a cut, it goes on. Those that
    are hidden stay, for whoever judges them, and an initiative to which others are to come. Raises Refused, and
    Invalid (password).
    """
    rules.change(account).require()
    accounts.check_password(account, password)
    if take_words:
        _take_all_back(account)
    with transaction():
        # The highest feature first: to leave a group one must still belong to it.
        for holdings in reversed(HOLDINGS):
            holdings.forget(account)


def _take_all_back(account: Account) -> None:
    """Answers before what they answer, so that few stones are left."""
    for model in (Comment, Discussion, Initiative):
        own = model.select().where(model.author == account.id, model.hidden_at.is_null())
        texts: list[Discussion | Comment | Initiative] = list(own.order_by(model.id.desc()))
        for text in texts:
            with suppress(Refused):
                take_back(account, text)
