"""What a member writes in a group, as it will be shown there."""

from forum.accounts.models import Viewer
from forum.groups import rules
from forum.groups.models import Group
from forum.text import markdown


def rendered(member: Viewer, group: Group, source: str) -> str:
    """The safe HTML of a Markdown text written by this member: their links are plain text where the group holds them.

    Ask it before the transaction: a long text takes its time. Only whoever may write has links to hold back.
    """
    html = markdown.render(source)
    return html if rules.writes_links(member, group) else markdown.unlinked(html)
