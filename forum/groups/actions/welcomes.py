"""What a group says to whoever has just joined it: written with its settings, put away by each."""

from forum.accounts.models import Viewer
from forum.groups import rules
from forum.groups.models import Group, Membership, Welcome
from forum.text.markdown import render
from forum.text.typed import many_lines


def write_welcome(group: Group, words: str) -> None:
    """Change the words of welcome, '' for none; inside the transaction of the settings."""
    words = many_lines(words)
    Welcome.delete().where(Welcome.group == group.id).execute()
    if words:
        Welcome.create(group=group, body=words, body_html=render(words))


def put_welcome_away(member: Viewer, group: Group) -> None:
    """Show the words of welcome to this member no more; twice is once. Raises Refused."""
    rules.be_among_members(member, group).require()
    mine = Membership.group == group.id, Membership.member == member.id
    Membership.update(welcomed=True).where(*mine).execute()
