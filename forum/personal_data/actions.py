"""Taking back what one wrote, and leaving for good."""

from peewee import fn

from forum.accounts import actions as accounts, rules
from forum.accounts.models import Account, Viewer
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
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


def leave_for_good(account: Account, password: str) -> None:
    """Take a person out of everything, all or nothing: what they held is forgotten, what they said stays, unsigned.

    Raises Refused, and Invalid (password).
    """
    rules.change(account).require()
    accounts.check_password(account, password)
    with transaction():
        # The highest feature first: to leave a group one must still belong to it.
        for holdings in reversed(HOLDINGS):
            holdings.forget(account)
