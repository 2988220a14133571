"""Suspensions, worked out from the decisions that hold."""

from datetime import datetime, timedelta

from forum.accounts.models import Account
from forum.accounts.rules import FOR_GOOD
from forum.db import now
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
    held = queries.decisions_in_force(decision.concerned_id, decision.measure, decision.group_id)
    until = max((each.until for each in held), default=None)
    if decision.measure == "site":
        _from_site(decision.concerned_id, until)
    else:
        _from_group(decision, until)


def _from_site(account_id: int, until: datetime | None) -> None:
    """Who is suspended is signed out on every device."""
    epoch = {"epoch": Account.epoch + 1} if until else {}
    Account.update(suspended_until=until, **epoch).where(Account.id == account_id).execute()


def _from_group(decision: Decision, until: datetime | None) -> None:
    whose = Suspension.group == decision.group_id, Suspension.member == decision.concerned_id
    Suspension.delete().where(*whose).execute()
    if until:
        Suspension.create(group=decision.group_id, member=decision.concerned_id, until=until)
