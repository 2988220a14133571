"""How the doors of groups stand for somebody, and who waits there."""

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import JOIN

from forum.accounts.models import Account, Viewer
from forum.errors import Verdict
from forum.groups import rules
from forum.groups.models import (
    Group,
    Removal,
    Request,
)
from forum.text.dates import iso


@dataclass(frozen=True)
class EntryOptions:
    """How the door of a group stands for somebody: whether they belong, may join or ask, and asked."""

    belongs: bool
    joining: Verdict
    asking: Verdict
    asked: bool


def requests_in(member: Viewer, group: Group) -> list[Request]:
    """Those who ask to enter: who waits first, then who was left aside, oldest first. Raises Refused."""
    rules.admit(member, group).require()
    rows = Request.select(Request, Account.id, Account.username).join(Account, on=(Request.member == Account.id))
    asking = rows.where(Request.group == group.id, Request.state.in_(("waiting", "aside")))
    return list(asking.order_by(Request.state.desc(), Request.created_at, Request.id))


def count_requests(group: Group) -> int:
    """How many wait for an answer."""
    return Request.select().where(Request.group == group.id, Request.state == "waiting").count()


def removals_of(member: Viewer, group: Group, requests: Iterable[Request]) -> dict[int, Removal]:
    """Those of whoever asks that were removed earlier, by account: its animators should know. Raises Refused."""
    rules.admit(member, group).require()
    ids = [request.member_id for request in requests]
    rows = Removal.select().where(Removal.group == group.id, Removal.member.in_(ids)) if ids else ()
    return {row.member_id: row for row in rows}


def request_answered(member: Viewer, group: Group, key: str) -> Request | None:
    """A request that is decided, with who asked and who decided; for its group's animators only."""
    if not rules.admit(member, group):
        return None
    decider = Account.alias()
    rows = (
        Request.select(Request, Account.id, Account.username, decider.id, decider.username)
        .join(Account, on=(Request.member == Account.id))
        .join_from(Request, decider, JOIN.LEFT_OUTER, on=(Request.decided_by == decider.id), attr="decided_by")
    )
    return rows.where(Request.group == group.id, Request.key == key, Request.decided_at.is_null(False)).first()


def request_of(member: Viewer, group: Group) -> Request | None:
    """This person's own request to enter the group, whatever its state."""
    return Request.get_or_none(Request.group == group.id, Request.member == member.id)


def removal_of(member: Viewer, group: Group) -> Removal | None:
    """Why this person was removed from the group, as long as it closes the free door to them."""
    if not rules.standing_in(member, group).removed:
        return None
    return Removal.get_or_none(Removal.group == group.id, Removal.member == member.id)


def entry_options(member: Viewer, groups: Iterable[Group]) -> dict[int, EntryOptions]:
    """For each of these groups, read for this person, how its door stands for them."""
    return {
        group.id: EntryOptions(
            rules.belongs(member, group),
            rules.join(member, group),
            rules.ask(member, group),
            not rules.belongs(member, group) and rules.standing_in(member, group).asked,
        )
        for group in groups
    }


def asked_by(member: Account) -> list[dict[str, str]]:
    """What is kept of this person at the doors of groups, for the file of all their data."""
    asked = Request.select(Request, Group.handle).join(Group).where(Request.member == member.id)
    gone = Removal.select(Removal, Group.handle).join(Group).where(Removal.member == member.id)
    return [
        *(
            {
                "group": row.group.handle,
                # To be left for later is nothing that one is told.
                "state": "waiting" if row.state == "aside" else row.state,
                "word": row.word,
                "answer": row.answer,
                "asked_at": iso(row.created_at),
            }
            for row in asked.order_by(Request.id)
        ),
        *(
            {"group": row.group.handle, "state": "removed", "reason": row.reason, "at": iso(row.created_at)}
            for row in gone.order_by(Removal.id)
        ),
    ]
