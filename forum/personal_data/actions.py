"""Taking back what one wrote, and leaving for good."""

from peewee import fn

from forum.accounts import actions as accounts, rules
from forum.accounts.models import Account, Viewer
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
from forum.notifications.models import Notice
from forum.personal_data.queries import HOLDINGS


def take_back(member: Viewer, text: Discussion | Comment) -> None:
    """Delete a comment, or what opens a discussion, whose title goes out of the notices too. Raises Refused."""
    if isinstance(text, Comment):
        return discussions.delete_comment(member, text)
    told, gone = (f"«\u202f{title}\u202f»" for title in (text.title, discussions.TITLE))
    with transaction():
        discussions.delete(member, text)
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
