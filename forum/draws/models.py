"""Tables of draws: what is drawn, its sources, its volunteers until the freeze, its tickets from then on."""

import json
from datetime import date

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.draws.sources import Source
from forum.groups.models import Group
from forum.initiatives.models import Initiative
from forum.tasks import journal

journal.declare("draw", "prepared", "frozen", "entered", "settled", "drawn", "withdrawn", "cancelled", "ended")

# Who or what is drawn; which colleges share the seats; which public chance decides.
# A pool "handed" is chosen by no form: a feature above hands over who is in it.
POOLS = ("volunteers", "initiative", "proposals", "list")
GROUPINGS = ("", "parity", "place", "both")
CHOICES_OF_SOURCES = ("loto", "euromillions", "games", "drand", "dice")


class Draw(Base):
    """A draw of a group. `labels` is the pasted list, a line each; gone at the freeze, as are volunteers' declarations.

    From the freeze on: `college_seats` is a JSON object, empty without colleges; `draws_at` the hour of its first
    source; `cancelled_before` how many frozen draws of the group were cancelled by then; `frozen_line` the number of
    the freeze in the record `chain`. `once` is the key of the form.
    """

    id = AutoField()
    key = CharField(8, unique=True, default=new_key)
    group = ForeignKeyField(Group, backref="draws", on_delete="CASCADE")
    author = ForeignKeyField(Account, on_delete="CASCADE")
    title = CharField(120)
    why = TextField()
    seats = IntegerField()
    pool = CharField(12)
    initiative = ForeignKeyField(Initiative, null=True, on_delete="SET NULL", index=False)
    labels = TextField(default="")
    grouping = CharField(8, default="")
    source_choice = CharField(16)
    chain = CharField(24)
    once = CharField(16, null=True)
    created_at = Moment(default=now)
    frozen_at = Moment(null=True)
    frozen_line = IntegerField(null=True)
    draws_at = Moment(null=True)
    tickets_count = IntegerField(default=0)
    tickets_sha256 = CharField(64, default="")
    college_seats = TextField(default="{}")
    cancelled_before = IntegerField(default=0)
    seed = TextField(default="")
    drawn_at = Moment(null=True)
    ended_at = Moment(null=True)
    cancelled_at = Moment(null=True)
    cancelled_why = CharField(300, default="")

    group_id: int
    author_id: int
    initiative_id: int | None

    class Meta:
        indexes = ((("author", "once"), True),)

    @property
    def state(self) -> str:
        """prepared, frozen, drawn or cancelled."""
        if self.cancelled_at:
            return "cancelled"
        return "drawn" if self.drawn_at else "frozen" if self.frozen_at else "prepared"

    @property
    def closed(self) -> bool:
        """Whether nothing of it changes any more."""
        return bool(self.cancelled_at or self.ended_at)

    @property
    def seats_by_college(self) -> dict[str, int]:
        """As frozen; empty without colleges."""
        return json.loads(self.college_seats)

    @property
    def by_hand(self) -> bool:
        """Whether dice alone decide, thrown before those present."""
        return self.source_choice == "dice"


class DrawSource(Base):
    """A source of a frozen draw, in its place; `day` is an ISO date, `known_at` the moment before which nobody enters
    its numbers; `seed_part` what two people entered alike, as the seed has it, '' before."""

    id = AutoField()
    draw = ForeignKeyField(Draw, backref="sources", on_delete="CASCADE", index=False)
    position = IntegerField()
    name = CharField(40)
    day = CharField(10)
    known_at = Moment()
    seed_part = CharField(600, default="")

    draw_id: int

    class Meta:
        indexes = ((("draw", "position"), True),)

    @property
    def source(self) -> Source:
        """The source itself."""
        return Source(self.name, date.fromisoformat(self.day))


class DrawEntry(Base):
    """What somebody last entered for a source, as the seed has it; '' says that the drawing was not held. `line` is its
    number in the record."""

    id = AutoField()
    source = ForeignKeyField(DrawSource, backref="entries", on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    animates = BooleanField()
    seed_part = CharField(600)
    line = IntegerField()
    created_at = Moment(default=now)

    source_id: int
    member_id: int

    class Meta:
        indexes = ((("source", "member"), True),)


class DrawVolunteer(Base):
    """Who stands, with what they declare for this draw alone; gone at the freeze."""

    id = AutoField()
    draw = ForeignKeyField(Draw, backref="volunteers", on_delete="CASCADE", index=False)
    member = ForeignKeyField(Account, on_delete="CASCADE")
    gender = CharField(16, default="")
    place = CharField(8, default="")
    created_at = Moment(default=now)

    draw_id: int
    member_id: int

    class Meta:
        indexes = ((("draw", "member"), True),)


class DrawTicket(Base):
    """A line of the frozen list. `nonce` and `label` go at the end, but for those drawn and reserves called.

    `called_at`: when the ticket was drawn or, as a reserve, called; `withdrawn_at`: it takes no seat any more.
    """

    id = AutoField()
    draw = ForeignKeyField(Draw, backref="tickets", on_delete="CASCADE", index=False)
    number = IntegerField()
    commitment = CharField(32)
    college = CharField(40, default="")
    nonce = CharField(32, null=True)
    label = CharField(160, null=True)
    called_at = Moment(null=True)
    withdrawn_at = Moment(null=True)

    draw_id: int

    class Meta:
        indexes = ((("draw", "number"), True), (("draw", "called_at"), False))

    @property
    def line(self) -> str:
        """As it stands in the frozen list."""
        return " ".join(filter(None, (str(self.number), self.commitment, self.college)))


class TicketHolder(Base):
    """Whose a ticket is, where it is somebody's; gone at the end."""

    id = AutoField()
    ticket = ForeignKeyField(DrawTicket, backref="holders", unique=True, on_delete="CASCADE")
    member = ForeignKeyField(Account, on_delete="CASCADE")

    ticket_id: int
    member_id: int


class DrawOrder(Base):
    """The numbers of all tickets in the order of their ranks, joined by points; written with the draw."""

    id = AutoField()
    draw = ForeignKeyField(Draw, unique=True, on_delete="CASCADE")
    numbers = TextField()

    draw_id: int
