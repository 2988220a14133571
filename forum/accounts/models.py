"""Tables of people, and the guest."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField

from forum.database.clock import now
from forum.database.tables import Base, Moment
from forum.tasks import journal

journal.declare("account", "created", "kept", "left")

ROLES = ("", "gardener", "moderator", "admin")


class Account(Base):
    """A person with a pseudonym. The e-mail is optional; nothing else is asked.

    `epoch` is part of every cookie: raising it signs the person out everywhere. `demo` marks demonstration content,
    `trial` a pseudonym for a day, good in the sandbox only.
    Until `suspended_until` nobody is signed in as this person.
    """

    id = AutoField()
    username = CharField(30)
    username_key = CharField(60, unique=True)
    password_hash = CharField(200)
    email = CharField(254, null=True)
    role = CharField(12, default="")
    epoch = IntegerField(default=0)
    demo = BooleanField(default=False)
    trial = BooleanField(default=False)
    suspended_until = Moment(null=True)
    created_at = Moment(default=now)

    is_guest = False
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What cookies carry: the account and its epoch."""
        return f"{self.id}.{self.epoch}"


class Block(Base):
    """A person whom another does not want to read. Nobody else knows."""

    id = AutoField()
    member = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    blocked = ForeignKeyField(Account, on_delete="CASCADE")
    created_at = Moment(default=now)

    member_id: int
    blocked_id: int

    class Meta:
        indexes = ((("member", "blocked"), True),)


class Guest:
    """Somebody without an account, or not signed in. An object, so that no rule has to ask for None."""

    id = 0
    username = ""
    role = ""
    demo = False
    trial = False
    created_at = None
    is_guest = True
    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self) -> None:
        return None


GUEST = Guest()

# Whoever looks or acts: every query and rule is asked for one.
Viewer = Account | Guest
