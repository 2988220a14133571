"""The same form sent twice, on a slow line or by the Back button, is one act."""

import hashlib
import operator
from datetime import timedelta
from functools import reduce
from typing import Any, TypeVar

from peewee import Expression

from forum.database.clock import now
from forum.database.tables import Base

# As many signs as the columns named `once` hold.
LENGTH = 16
# The same words from the same person at the same place are one text.
AGAIN = timedelta(seconds=60)

Made = TypeVar("Made", bound=Base)


def act_key(form: str, *words: object) -> str | None:
    """What the database keeps of a form's key: 16 signs made of the key and of what was sent with it; None without one.

    The same form with the same words is the same act, whenever it comes again. With other words it is another act: the
    Back button, a second tab or a copy kept on the phone bring an old form back with its old key.
    """
    if not form:
        return None
    return hashlib.sha256("\0".join((form, *map(str, words))).encode()).hexdigest()[:LENGTH]


def sent_before(member: Any, model: type[Made], once: str | None, same: Expression | None = None) -> Made | None:
    """What this member has already made with the form of this `act_key` (changed since, perhaps), or with the `same`
    words within AGAIN; None when it is new."""
    row: Any = model
    sent = [row.once == once] if once else []
    if same is not None:
        sent.append(same & (row.created_at > now() - AGAIN))
    return model.select().where(row.author == member.id, reduce(operator.or_, sent)).first() if sent else None
