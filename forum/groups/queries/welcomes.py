"""What a group says to whoever has just joined it, until they put it away."""

from datetime import timedelta

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.select import tuples
from forum.groups import rules
from forum.groups.models import Group, Membership, Welcome

# Beyond, one is no longer new, and has seen the page of the group or never looks at it.
SHOWN = timedelta(days=7)


def welcome_source(group: Group) -> str:
    """The words of welcome as they were typed, '' when there are none."""
    return Welcome.select(Welcome.body).where(Welcome.group == group.id).scalar() or ""


def welcome_for(member: Viewer, group: Group) -> str:
    """The HTML that this person is to be shown: a member of less than SHOWN who has not put it away; '' for others."""
    if not rules.belongs(member, group) or rules.animates(member, group):
        return ""
    new = Membership.group == Welcome.group, Membership.member == member.id, Membership.created_at > now() - SHOWN
    rows = Welcome.select(Welcome.body_html).join(Membership, on=(Membership.group == Welcome.group))
    found = tuples(rows.where(Welcome.group == group.id, *new, ~Membership.welcomed))
    return found[0][0] if found else ""
