"""Trying without an account, keeping what one has tried, and the wiping of each night."""

import secrets

from huey import crontab
from peewee import ForeignKeyField, IntegrityError

from peewee import sort_models as sorted_by_reference  # type: ignore[attr-defined]  # isort: skip

from forum.accounts import passwords, pseudonyms, rules as accounts
from forum.accounts.actions import TAKEN
from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.database.clock import now
from forum.database.tables import Base
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.actions import add_member
from forum.groups.models import Group, Handle
from forum.proposals import actions as proposals
from forum.sandbox import names
from forum.tags.spelling import handle_key
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.tasks.journal import JournalLine
from forum.text import markdown

journal.declare("sandbox", "wiped")

HANDLES = ("essai", "bac-a-sable", "bac-a-sable-2", "bac-a-sable-3")
DESCRIPTION = (
    "Ici, on essaie tout : ouvrir une discussion, répondre, proposer, voter. "
    "Rien n’est pour de vrai, et **tout s’efface chaque nuit**."
)
HOST = "Parvis"
# No pseudonym begins with a hyphen: nobody signs in as the host.
HOST_KEY = "-sandbox"
TRIES = 20


def enter() -> Account:
    """Somebody new for a day, member of the sandbox, which is made and furnished when it is not."""
    try:
        with transaction():
            return _newcomer()
    except IntegrityError:
        # Two came first at the same instant, or drew the same name.
        with transaction():
            return _newcomer()


def come_back(member: Account) -> Group:
    """The sandbox, with this person for a day in it even if they had left it. Raises Refused."""
    accounts.try_out(member).require()
    with transaction():
        group = _furnished()
        add_member(member, group, role="member")
    return group


def keep(member: Account, username: str, password: str) -> Account:
    """Make the account of a day a lasting one; what was written in the sandbox goes at night all the same.

    Raises Refused, Invalid (username, password).
    """
    accounts.try_out(member).require()
    username = username.strip()
    check(username=pseudonyms.problem(username), password=passwords.problem(password, username))
    holder = account_named(username)
    if holder and holder.id != member.id:
        raise Invalid({"username": TAKEN})
    kept = {"password_hash": passwords.make_hash(password), "trial": False, "epoch": _epoch()}
    try:
        with transaction():
            Account.update(**_named(username), **kept).where(Account.id == member.id).execute()
            journal.record("account.kept", actor=member)
    except IntegrityError as problem:
        raise Invalid({"username": TAKEN}) from problem
    return Account.get_by_id(member.id)


@huey.periodic_task(crontab(hour="2", minute="30"))
def wipe() -> None:
    """Each night: all that is in the sandbox goes, and everybody who was there for a day."""
    with transaction():
        people = Account.select(Account.id).where(Account.trial)
        for group in Group.select().where(Group.sandbox):
            _empty(group)
            JournalLine.delete().where(JournalLine.group_id == group.id).execute()
        # An id may serve again once its row is gone: no line may speak of another than whoever it meant. The last id
        # of the journal never does, as this line takes it.
        JournalLine.delete().where(JournalLine.actor_id.in_(people)).execute()
        journal.record("sandbox.wiped")
        Account.delete().where(Account.trial).execute()


def _newcomer() -> Account:
    group = _furnished()
    account = Account.create(**_named(_free_name()), password_hash="", trial=True, epoch=_epoch())
    add_member(account, group, role="member")
    return account


def _epoch() -> int:
    """Part of the cookie. At random: the id of whoever is wiped may serve again, and the old cookie must not fit it."""
    return secrets.randbelow(2**30) + 1


def _free_name() -> str:
    for _ in range(TRIES):
        name = names.draw()
        if account_named(name) is None:
            return name
    return f"{name}-{secrets.randbelow(900_000) + 100_000}"


def _named(username: str) -> dict[str, str]:
    return {"username": username, "username_key": pseudonyms.key(username)}


def _furnished() -> Group:
    """The sandbox, held until the end of the transaction, with something to read and to vote on."""
    group = groups.lock(Group.get_or_none(Group.sandbox) or _make())
    if not Discussion.select().where(Discussion.group == group.id).exists():
        host = Account.get_or_none(Account.username_key == HOST_KEY) or _make_host()
        add_member(host, group, role="animator")
        _furnish(host, group)
    return group


def _make() -> Group:
    """A secret group, so that lists, feeds, tags and search leave it out without knowing of it."""
    handle = next(handle for handle in HANDLES if groups.taken_by(handle) is None)
    said = {"description": DESCRIPTION, "description_html": markdown.render(DESCRIPTION)}
    access = {"visibility": "secret", "joining": "invitation", "sandbox": True}
    group = Group.create(handle=handle, name="Bac à sable", **said, **access)
    Handle.create(key=handle_key(handle), group=group)
    return group


def _make_host() -> Account:
    return Account.create(username=HOST, username_key=HOST_KEY, password_hash="", trial=True, epoch=_epoch())


def _furnish(host: Account, group: Group) -> None:
    talk = discussions.open(
        host,
        group,
        "Par quoi commencer ?",
        "Répondez ici, ou ouvrez votre propre discussion depuis la page du groupe.\n\n"
        "Une idée se dégage ? Mettez-la au vote avec « Proposer » : le décompte bouge à chaque voix.",
    )
    draft = proposals.Draft(
        "Un goûter à la prochaine réunion", "Pour voir comment l’on vote. Changez d’avis tant que vous voulez."
    )
    proposals.propose(host, group, draft, talk)


def _empty(group: Group) -> None:
    """Delete every feature's rows that point at the group; those that point at them go along (ON DELETE CASCADE)."""
    for model in reversed(sorted_by_reference(Base.__subclasses__())):
        for field in model._meta.sorted_fields:
            if isinstance(field, ForeignKeyField) and field.rel_model is Group and model not in (Handle, Group):
                model.delete().where(field == group.id).execute()
    Group.update(members_count=0, last_activity_at=now()).where(Group.id == group.id).execute()
