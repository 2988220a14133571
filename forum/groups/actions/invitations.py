"""Inviting: by an address to pass on, by mail; and coming in."""

import secrets
from datetime import timedelta

from huey import crontab

from forum import limits
from forum.accounts.actions import email_problem
from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key
from forum.database.keys import KEY_SIGNS, new_key
from forum.database.transactions import transaction
from forum.errors import NotFound, check
from forum.groups import queries, rules
from forum.groups.actions.membership import add_member
from forum.groups.models import Group, Invitation
from forum.tasks import journal, letters
from forum.tasks.jobs import huey
from forum.text import address_book

INVITATION_DAYS = (1, 7, 30, 90)
INVITATION_USES = (1, 10, 50, 0)
# 99 bits, in signs that can be copied from a poster.
TOKEN_SIGNS = 20
MOST_AT_ONCE = 20
LONGEST_TOLD = 60
LETTER_DAYS = 30
# Sent again within these minutes, the same letter is a second tap.
AGAIN = timedelta(minutes=10)


def invite(member: Account, group: Group, days: int = 7, uses: int = 0, once: str = "") -> str:
    """Make an address to pass on, for so many days and people (0: any number); its token, which is told only now.

    The same form sent twice (`once`) is one invitation, and the latest token is its own. Raises Refused, Invalid.
    """
    check(
        days=None if days in INVITATION_DAYS else "Choisissez une durée.",
        uses=None if uses in INVITATION_USES else "Choisissez un nombre de personnes.",
    )
    rules.invite(member, group).require()
    limits.limit_member(member, "invite")
    with transaction():
        group = queries.lock(group)
        rules.invite(member, group).require()
        key = act_key(once, member.id, group.id, days, uses)
        same = Invitation.get_or_none(Invitation.key == key) if key else None
        return _renew(same) if same else _make(member, group, days, uses=uses or None, key=key or new_key())[1]


def invite_by_mail(member: Account, group: Group, pasted: str) -> int:
    """Invite by mail whose addresses were pasted, one use each; how many letters leave. Written to a moment ago, nobody
    is written to again. What is refused counts towards no limit.

    Raises Refused, Invalid (emails).
    """
    rules.invite(member, group).require()
    wanted = _checked(pasted)
    for address in wanted:
        limits.limit("invited", address.casefold(), add=0)
    limits.limit_member(member, "invite", len(wanted))
    for address in wanted:
        limits.limit("invited", address.casefold())
    with transaction():
        group = queries.lock(group)
        rules.invite(member, group).require()
        return sum(_write_to(member, group, email) for email in wanted)


def renew_invitation(member: Account, group: Group, key: str) -> str | None:
    """Void the present token for a new one, on the same terms from today: what was passed on is worth nothing now.

    A letter is sent again, with the new one. The token, None for a letter's. Raises NotFound, Refused.
    """
    limits.limit_member(member, "invite")
    with transaction():
        group, invitation = _own(member, group, key)
        rules.invite(member, group).require()
        token = _renew(invitation)
        if invitation.email:
            _send(invitation.inviter, group, invitation.email, token)
            return None
        return token


def withdraw_invitation(member: Account, group: Group, key: str) -> None:
    """Take an invitation back; one that is gone already is no fault. Raises Refused."""
    with transaction():
        try:
            group, invitation = _own(member, group, key)
        except NotFound:
            return
        invitation.delete_instance()
        journal.record("invitation.withdrawn", actor=member, group=group, subject=("group", group.id))


def accept_invitation(member: Viewer, token: str) -> Group:
    """Come in by an invitation; a member already, nothing is used up. The group. Raises NotFound, Refused."""
    with transaction():
        invitation = queries.invitation_of(token)
        group = queries.lock(invitation.group)
        # Read again: somebody may have used it up while we waited for the group.
        invitation = queries.invitation_of(token)
        rules.enter_invited(member, group, invitation.inviter).require()
        if not rules.belongs(member, group):
            add_member(member, group, role="member")
            _use(invitation)
    return group


@huey.periodic_task(crontab(hour="3", minute="50"))
def forget_expired_invitations() -> None:
    """Each night: what is out of date goes, with the addresses it was sent to."""
    with transaction():
        Invitation.delete().where(Invitation.expires_at < now()).execute()


def _make(
    member: Account, group: Group, days: int, uses: int | None, key: str, email: str | None = None
) -> tuple[Invitation, str]:
    token = _new_token()
    invitation = Invitation.create(
        key=key,
        group=group,
        inviter=member,
        token_hash=queries.token_hash(token),
        email=email,
        days=days,
        uses=uses,
        expires_at=now() + timedelta(days=days),
    )
    journal.record("invitation.made", actor=member, group=group, subject=("group", group.id))
    return invitation, token


def _renew(invitation: Invitation) -> str:
    token = _new_token()
    invitation.token_hash, invitation.created_at = queries.token_hash(token), now()
    invitation.expires_at = invitation.created_at + timedelta(days=invitation.days)
    invitation.save()
    return token


def _new_token() -> str:
    return "".join(secrets.choice(KEY_SIGNS) for _ in range(TOKEN_SIGNS))


def _checked(pasted: str) -> list[str]:
    wanted, wrong = address_book.read(pasted)
    wrong += [address for address in wanted if email_problem(address)]
    check(emails=" ".join(map(_incomplete, wrong[:MOST_AT_ONCE])) or None)
    check(emails=None if wanted else "Écrivez au moins une adresse.")
    too_many = f"{MOST_AT_ONCE} adresses au plus en une fois\u202f; il y en a {len(wanted)}."
    check(emails=None if len(wanted) <= MOST_AT_ONCE else too_many)
    return wanted


def _incomplete(part: str) -> str:
    return f"«\u202f{part[:LONGEST_TOLD]}\u202f» n’est pas une adresse complète."


def _write_to(member: Account, group: Group, email: str) -> bool:
    before = Invitation.get_or_none(Invitation.group == group.id, Invitation.email == email.lower())
    if before and before.created_at > now() - AGAIN and before.expires_at > now():
        return False
    if before:
        before.delete_instance()
    _, token = _make(member, group, LETTER_DAYS, uses=1, key=new_key(), email=email.lower())
    _send(member, group, email, token)
    return True


def _send(inviter: Account, group: Group, email: str, token: str) -> None:
    """The name of a secret group stays on the site: mail is read on the way."""
    name = "" if group.visibility == "secret" else group.name
    facts = {"inviter": inviter.username, "name": name, "address": f"/invitation/{token}"}
    letters.write(email, "invitation", facts)


def _own(member: Account, group: Group, key: str) -> tuple[Group, Invitation]:
    group = queries.lock(group)
    invitation = Invitation.get_or_none(Invitation.group == group.id, Invitation.key == key)
    if invitation is None:
        raise NotFound
    rules.withdraw_invitation(member, group, invitation).require()
    return group, invitation


def _use(invitation: Invitation) -> None:
    if invitation.uses == 1:
        invitation.delete_instance()
    elif invitation.uses is not None:
        Invitation.update(uses=Invitation.uses - 1).where(Invitation.id == invitation.id).execute()
