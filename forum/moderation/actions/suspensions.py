"""Suspensions, worked out from the decisions that hold."""

from datetime import datetime, timedelta

from forum.accounts.models import Account
from forum.accounts.rules import FOR_GOOD
from forum.database.clock import now
from forum.groups import queries as groups
from forum.groups.models import Suspension
from forum.moderation import queries
from forum.moderation.models import Decision


def end_of(measure: str, days: int) -> datetime | None:
    """When a suspension decided now ends; None for any other measure. No days: never."""
    if measure not in ("group", "site"):
        return None
    return now() + timedelta(days=days) if days else FOR_GOOD


def apply(decision: Decision) -> None:
    """Make the suspensions of the person concerned what the decisions in force say; in the deciding transaction."""
    if decision.measure not in ("group", "site") or decision.concerned_id is None:
        return
    if decision.measure == "site":
        _from_site(decision.concerned_id, _end(queries.decisions_in_force(decision.concerned_id, "site")))
    elif decision.group_id is not None:
        _from_group(decision.concerned_id, decision.group_id)


def _from_site(account_id: int, until: datetime | None) -> None:
    """Whoever is suspended is signed out on every device."""
    epoch = {"epoch": Account.epoch + 1} if until else {}
    Account.update(suspended_until=until, **epoch).where(Account.id == account_id).execute()


def _from_group(account_id: int, group_id: int) -> None:
    """Groups that were poured together are one, and what each decided holds there."""
    home, group_ids = groups.home_of(group_id)
    until = _end(queries.decisions_in_force(account_id, "group", group_ids))
    Suspension.delete().where(Suspension.group.in_(group_ids), Suspension.member == account_id).execute()
    if until:
        Suspension.create(group=home, member=account_id, until=until)


def _end(held: list[Decision]) -> datetime | None:
    return max((each.until for each in held if each.until), default=None)
