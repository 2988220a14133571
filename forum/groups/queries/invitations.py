"""Reading invitations: for whoever may invite, and for whoever holds a token."""

import hashlib

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.errors import NotFound
from forum.groups import rules
from forum.groups.models import Group, Invitation


def invitations_in(member: Viewer, group: Group) -> list[Invitation]:
    """What still lets somebody in: a member's own, an animator's all, each with its inviter. Raises Refused.

    Where a letter was sent is for whoever sent it: anybody else's have no `email` here.
    """
    rules.invite(member, group).require()
    rows = Invitation.select(Invitation, Account.id, Account.username).join(Account)
    rows = rows.where(Invitation.group == group.id, Invitation.expires_at > now())
    found = list(rows.order_by(Invitation.created_at.desc(), Invitation.id.desc()).limit(200))
    return [_discreet(each, member) for each in found if rules.withdraw_invitation(member, group, each)]


def invitation_of(token: str) -> Invitation:
    """The invitation of this token, with its group and its inviter.

    Raises NotFound, the same for one that never was, was used up, withdrawn, is out of date, or leads into a group that
    is deleted.
    """
    rows = Invitation.select(Invitation, Group, Account).join(Group).join_from(Invitation, Account)
    known = Invitation.token_hash == token_hash(token), Invitation.expires_at > now()
    found = rows.where(*known, Group.deleted_at.is_null()).first()
    if found is None:
        raise NotFound
    return found


def group_behind(token: str) -> Group | None:
    """The group a token leads into, None for a token that leads nowhere."""
    try:
        return invitation_of(token).group if token else None
    except NotFound:
        return None


def invitations_of(account: Account) -> list[dict[str, object]]:
    """The invitations this person made that still stand, for the file of all their data."""
    rows = Invitation.select(Invitation, Group.handle).join(Group).where(Invitation.inviter == account.id)
    return [{"group": row.group.handle, "email": row.email} for row in rows.order_by(Invitation.id)]


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long: there is nothing to guess that salt would slow down."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _discreet(invitation: Invitation, member: Viewer) -> Invitation:
    invitation.by_mail = invitation.email is not None
    if invitation.inviter_id != member.id:
        invitation.email = None
    return invitation
