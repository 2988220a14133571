"""Reading what groups a person follows without belonging to them. Nobody else may ask, not even how many follow."""

from peewee import Select

from forum.accounts.models import Account, Viewer
from forum.database.tables import HasId
from forum.groups.models import Follow, Group
from forum.groups.queries.groups import groups_for
from forum.text.dates import iso


def followed_group_ids(member: HasId) -> Select:
    """A query of the ids of the groups this person follows."""
    return Follow.select(Follow.group).where(Follow.member == member.id)


def groups_followed(member: Viewer) -> list[Group]:
    """The groups this person follows and may still see, by handle."""
    return list(groups_for(member).where(Group.id.in_(followed_group_ids(member))).order_by(Group.handle))


def is_following(member: Viewer, group: Group) -> bool:
    """Whether this person follows the group."""
    return not member.is_guest and Follow.select().where(Follow.group == group.id, Follow.member == member.id).exists()


def follows_of(account: Account) -> list[dict[str, object]]:
    """The groups this person follows, for the file of all their data."""
    rows = Follow.select(Follow, Group.handle).join(Group).where(Follow.member == account.id)
    return [{"group": row.group.handle, "since": iso(row.created_at)} for row in rows.order_by(Follow.id)]
