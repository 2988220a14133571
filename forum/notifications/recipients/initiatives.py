"""Who is told of what a group prepares."""

from collections.abc import Iterable

from forum.database.select import tuples
from forum.groups.models import Membership
from forum.initiatives.models import Initiative
from forum.notifications.recipients.recipient import Recipient
from forum.tasks.journal import JournalLine
from forum.text import dates


def of_plan(line: JournalLine) -> Iterable[Recipient]:
    """The members of the group: they are wanted there."""
    initiative = Initiative.get_or_none(Initiative.id == line.subject_id)
    if initiative is None or initiative.cancelled_at:
        return
    sentence = f"{dates.moment(initiative.starts_at).capitalize()} : « {initiative.title} »"
    for (account_id,) in tuples(Membership.select(Membership.member).where(Membership.group == initiative.group_id)):
        yield Recipient(account_id, sentence, f"/i/{initiative.key}")
