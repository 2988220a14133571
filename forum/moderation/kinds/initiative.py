"""An initiative; its place, what it lacks and why it was cancelled are words of its author too."""

from datetime import datetime
from html import escape

from forum.database.clock import now
from forum.initiatives.models import Initiative
from forum.initiatives.queries import initiative_for
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import TEXT, TITLE, forget_title, put, take, text_of

ABOUT = ("place", "help_wanted", "cancelled_why")


def _read(row: Initiative) -> Subject:
    more = "".join(f"<p>{escape(line)}</p>" for line in (row.place, row.help_wanted, row.cancelled_why) if line)
    place = row.id, row.key, row.group, row.author_id
    return Subject(INITIATIVE, *place, row.title, row.body_html + more, f"/i/{row.key}", bool(row.hidden_at))


def _hide(row_id: int, notice: str) -> Kept:
    kept = take(Initiative, row_id, ("title", *TEXT, *ABOUT))
    put(Initiative, row_id, text_of(notice) | dict.fromkeys(ABOUT, ""), title=TITLE, **_changed(now()))
    return kept


def _restore(row_id: int, kept: Kept) -> None:
    put(Initiative, row_id, kept, **_changed(None))


def _changed(hidden_at: datetime | None) -> Kept:
    """Calendars that follow it hear of it."""
    return {"hidden_at": hidden_at, "sequence": Initiative.sequence + 1}


INITIATIVE = Kind(
    name="initiative",
    noun="initiative",
    this="cette initiative",
    a="une initiative",
    of_a="d’une initiative",
    a_hidden="une initiative masquée",
    this_is_hidden="cette initiative a été masquée",
    yours_is_hidden="votre initiative est masquée",
    desk="group",
    model=Initiative,
    find=initiative_for,
    read=_read,
    hide=_hide,
    restore=_restore,
    forget=forget_title,
)
