"""Tables of what is reported, what was decided about it, and the words that are hidden meanwhile."""

from typing import Any

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.groups.models import Group
from forum.tasks import journal

journal.declare("moderation", "reported", "decided", "undone", "objected", "judged", "told", "answered")
journal.declare("text", "hidden", "restored")

# Who decides: the animators of the group, or the moderators of the site.
DESKS = ("group", "site")


class Case(Base):
    """What is reported about one subject (a text, a group, a pseudonym), from its first report to one decision.

    `kind` and `subject_id` name the subject, whose row may be gone; `concerned` is who wrote it, NULL for a group.
    `title`, `body_html` and `digest` are the text as it was when first reported. `open_as` is "kind subject_id" until
    the decision, then NULL: a subject has one open case at most.
    """

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    kind = CharField(12)
    subject_id = IntegerField()
    group: Any = ForeignKeyField(Group, null=True, on_delete="CASCADE", index=False)
    concerned: Any = ForeignKeyField(Account, null=True, on_delete="CASCADE", backref="cases")
    desk = CharField(6)
    title = CharField(200, default="")
    body_html = TextField(default="")
    digest = CharField(64)
    open_as = CharField(30, null=True, unique=True)
    opened_at = Moment(default=now)
    decided_at = Moment(null=True)

    group_id: int | None
    concerned_id: int | None
    reports: Any
    decisions: Any

    class Meta:
        indexes = (
            (("group", "desk", "decided_at"), False),
            (("desk", "decided_at"), False),
            (("kind", "subject_id"), False),
        )


class Report(Base):
    """One person's report; `reporter` is NULL for a visitor's, of whom nothing is kept.

    `rule` is a code of moderation.charter; `body_html` the text where it had changed since.
    """

    id = AutoField()
    case = ForeignKeyField(Case, backref="reports", on_delete="CASCADE", index=False)
    reporter = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    rule = CharField(12)
    note = TextField(default="")
    body_html = TextField(default="")
    digest = CharField(64)
    made_at = Moment(default=now)

    case_id: int
    reporter_id: int | None
    # Whether a visitor made it: filled in by the query that leaves out who did.
    from_visitor: bool

    class Meta:
        indexes = ((("case", "reporter"), True),)


class Decision(Base):
    """What was decided on a case: whether its text is hidden, and a `measure` about the person, or neither.

    `measure` is '' (none), warn, group or site (suspended there until `until`; `days` 0: for good). `role` is in what
    part the decider acted: animator, moderator or admin. `reason` is public. `undone_at`: all of it was taken back.
    """

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    case = ForeignKeyField(Case, unique=True, backref="decisions", on_delete="CASCADE")
    group: Any = ForeignKeyField(Group, null=True, on_delete="CASCADE")
    concerned: Any = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    by = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    role = CharField(10)
    hides = BooleanField(default=False)
    measure = CharField(6, default="")
    days = IntegerField(default=0)
    until = Moment(null=True)
    rule = CharField(12)
    reason = TextField()
    decided_at = Moment(default=now)
    undone_at = Moment(null=True)
    undone_role = CharField(10, default="")
    undone_why = TextField(default="")

    case_id: int
    group_id: int | None
    concerned_id: int | None
    by_id: int
    objections: Any


class Objection(Base):
    """What the person concerned answers to a decision, once, and what somebody else made of it.

    `upheld`: the decision stands; False: it was undone; NULL: nobody has judged yet.
    """

    id = AutoField()
    decision = ForeignKeyField(Decision, unique=True, on_delete="CASCADE", backref="objections")
    text = TextField()
    made_at = Moment(default=now)
    judge: Any = ForeignKeyField(Account, null=True, on_delete="CASCADE", index=False)
    judge_role = CharField(10, default="")
    upheld = BooleanField(null=True)
    answer = TextField(default="")
    judged_at = Moment(null=True, index=True)

    decision_id: int
    judge_id: int | None


class Hidden(Base):
    """The words of a hidden subject, as a JSON object of its columns, to be put back exactly as they were."""

    id = AutoField()
    kind = CharField(12)
    subject_id = IntegerField()
    kept = TextField()
    at = Moment(default=now)

    class Meta:
        indexes = ((("kind", "subject_id"), True),)
