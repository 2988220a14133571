"""Who may read a notice, and who may be given one."""

from peewee import Expression

from forum.accounts import rules as accounts
from forum.accounts.models import Account, Viewer
from forum.database.tables import HasId
from forum.errors import ALLOWED, Verdict, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.notifications.models import Notice


def readable_by(member: HasId) -> Expression:
    """The notices this person may read: their own, unless what is said in its group is closed to them now.

    The query joins the group, where there is one.
    """
    return (Notice.account == member.id) & (Notice.group.is_null() | groups.content_readable_by(member))


def may_be_told() -> Expression:
    """The accounts to whom what is said in a group may be told: whoever may read it, asked of all at once.

    The query joins the group to each account.
    """
    return groups.content_readable_by(Account)


def own(member: Viewer) -> Verdict:
    """Whether this person has notices at all."""
    return sign_in_first("Connectez-vous pour lire vos notifications.") if member.is_guest else ALLOWED


def tune(member: Viewer, group: Group) -> Verdict:
    """Whether this person may choose how much of a group they are told: whoever may read what is said there."""
    verdict = own(member)
    return groups.read_content(member, group) if verdict else verdict


def choose(member: Viewer) -> Verdict:
    """Whether this person may choose what they are told, and how: whoever may change the rest of their account."""
    return accounts.change(member)
