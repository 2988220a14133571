"""Following a group without joining it. The journal says nothing of it: nobody is to learn who follows."""

from forum.accounts.models import Account
from forum.database.transactions import transaction
from forum.groups import rules
from forum.groups.models import Follow, Group


def follow(member: Account, group: Group) -> None:
    """Bring what is said in the group to this person's first page; once is enough. Raises Refused."""
    rules.follow(member, group).require()
    with transaction():
        Follow.insert(group=group.id, member=member.id).on_conflict_ignore().execute()


def unfollow(member: Account, group: Group) -> None:
    """Follow the group no more, whether or not one did. Raises Refused."""
    rules.leave(member, group).require()
    with transaction():
        Follow.delete().where(Follow.group == group.id, Follow.member == member.id).execute()
