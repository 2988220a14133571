"""Who is told of what becomes of a group."""

import json
from collections.abc import Iterable

from forum.database.select import tuples
from forum.groups.models import Group, Membership
from forum.notifications.recipients.recipient import Recipient
from forum.tasks.journal import JournalLine

SAID = {
    "ouvert": "#{handle} est maintenant ouvert : tout le monde peut lire ce qui s’y est dit, depuis le début",
    "ferme": "#{handle} est maintenant fermé : seuls ses membres lisent ce qui s’y dit",
    "secret": "#{handle} est maintenant privé : seuls ses membres savent qu’il existe",
}


def of_new_access(line: JournalLine) -> Iterable[Recipient]:
    """The members, where who may read has changed: what they wrote has other readers now."""
    facts, group = json.loads(line.facts), Group.get_or_none(Group.id == line.group_id)
    if group is None or facts["before"][0] == facts["after"][0]:
        return
    sentence = SAID[facts["after"][0]].replace("{handle}", group.handle)
    for (account_id,) in tuples(Membership.select(Membership.member).where(Membership.group == group.id)):
        yield Recipient(account_id, sentence, f"/g/{group.handle}", kind="", level="named")
