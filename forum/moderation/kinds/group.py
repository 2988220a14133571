"""A group as a whole. Hidden, it is read by its members alone: its words need not go."""

from forum.database.clock import now
from forum.groups.models import Group
from forum.groups.queries import group_for
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import put


def _read(row: Group) -> Subject:
    title = f"#{row.handle}, {row.name}"
    place = row.id, row.handle, row, None
    return Subject(GROUP, *place, title, row.description_html, f"/g/{row.handle}", bool(row.hidden_at))


def _hide(row_id: int, _: str) -> Kept:
    put(Group, row_id, {"hidden_at": now()})
    return {}


def _restore(row_id: int, _: Kept) -> None:
    put(Group, row_id, {"hidden_at": None})


GROUP = Kind(
    name="group",
    noun="groupe",
    this="ce groupe",
    a="un groupe",
    of_a="d’un groupe",
    a_hidden="un groupe masqué",
    this_is_hidden="ce groupe a été masqué",
    yours_is_hidden="un groupe que vous animez est masqué",
    desk="site",
    model=Group,
    find=group_for,
    read=_read,
    hide=_hide,
    restore=_restore,
    indexed=lambda subject: {},
)
