"""Reading notices, always for their owner."""

from collections.abc import Collection
from typing import NamedTuple

from peewee import JOIN, ColumnBase, Select, fn

from forum.accounts.models import Account, Viewer
from forum.database.prepared import prepared
from forum.database.select import START, Cursor, latest, tuples
from forum.database.tables import Base, HasId
from forum.discussions.models import Discussion
from forum.groups.models import Group
from forum.notifications import rules
from forum.notifications.models import Notice, NoticeChoice, Volume
from forum.notifications.recipients import KINDS, USUAL
from forum.text.dates import iso

PAGE = 30


class NoticePreferences(NamedTuple):
    """What a person wants to be told: the kinds, and whether by mail too."""

    kinds: set[str]
    by_mail: bool


def notices_for(member: Viewer, before: Cursor = START) -> tuple[list[Notice], Cursor | None]:
    """A page of this person's notices, the newest first, each with its group; and where the next begins."""
    return latest(_shown(member, Notice, Group), before, PAGE, Notice.id, Notice.created_at)


@prepared
def _unseen(member: HasId) -> Select:
    return _shown(member, fn.COUNT(Notice.id)).where(Notice.seen_at.is_null()).tuples()


def count_unseen(member: Viewer) -> int:
    """How many notices this person has not seen yet (one statement, composed once)."""
    return _unseen.scalar(member)


def choice_of(member: Viewer) -> NoticePreferences:
    """What this person wants to be told; by default everything, on the site only."""
    row = NoticeChoice.get_or_none(NoticeChoice.account == member.id)
    silenced = row.silenced.split() if row else []
    return NoticePreferences({kind for kind in KINDS if kind not in silenced}, bool(row and row.by_mail))


def data_of(account: Account) -> dict[str, object]:
    """The person's notices and choices, for the file of all their data."""
    choice = choice_of(account)
    return {
        "kinds": sorted(choice.kinds),
        "by_mail": choice.by_mail,
        "levels": [
            {"group": row.group.handle if row.group else None, "level": row.level}
            | ({"discussion": row.discussion.key} if row.discussion else {})
            for row in Volume.select().where(Volume.account == account.id).order_by(Volume.id)
        ],
        "notices": [
            {
                "sentence": row.sentence,
                "url": row.address,
                "created_at": iso(row.created_at),
                "seen_at": iso(row.seen_at) if row.seen_at else None,
            }
            for row in _shown(account, Notice, Group).order_by(Notice.id)
        ],
    }


def readers_among(group_id: int | None, ids: Collection[int]) -> set[int]:
    """Those of these people who are still here and, where there is a group, may read what is said in it."""
    rows = Account.select(Account.id).where(Account.id.in_(list(ids)), ~Account.username_key.startswith("-"))
    if group_id is not None:
        rows = rows.join(Group, on=(Group.id == group_id)).where(rules.may_be_told())
    return {account_id for (account_id,) in tuples(rows)}


def choices_among(ids: Collection[int]) -> dict[int, NoticeChoice]:
    """What was chosen by those of these people who chose anything, by account."""
    return {row.account_id: row for row in NoticeChoice.select().where(NoticeChoice.account.in_(list(ids)))}


def levels_among(ids: Collection[int], group_id: int | None, discussion_id: int | None) -> dict[int, str]:
    """How much of this group, or of this discussion, those of these people are told who chose, by account."""
    chosen: dict[int, str] = {}
    for column, number in ((Volume.group, group_id), (Volume.discussion, discussion_id)):
        rows = Volume.select(Volume.account, Volume.level).where(column == number, Volume.account.in_(list(ids)))
        chosen |= dict(tuples(rows)) if number is not None else {}
    return chosen


def level_of(member: Viewer, group: Group, discussion: Discussion | None = None) -> str:
    """How much of this group this person is told; of this discussion, where one is given."""
    levels = levels_among([member.id], group.id, discussion.id if discussion else None)
    return levels.get(member.id, USUAL)


def levels_of(member: Viewer, groups: Collection[Group]) -> dict[int, str]:
    """How much of each of these groups this person is told, by group."""
    rows = Volume.select(Volume.group, Volume.level).where(Volume.account == member.id)
    chosen = dict(tuples(rows.where(Volume.group.in_([group.id for group in groups]))))
    return {group.id: chosen.get(group.id, USUAL) for group in groups}


def _shown(member: HasId, *columns: ColumnBase | type[Base]) -> Select:
    rows = Notice.select(*columns).join(Group, JOIN.LEFT_OUTER)
    return rows.where(rules.readable_by(member), ~Notice.folded)
