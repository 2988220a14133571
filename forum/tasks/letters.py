"""Letters to be sent: what an act leaves for the worker, which alone writes them out and speaks to mail servers.

A letter is a row from the act's commit until a server took it, or refused it for good: a worker that is killed loses
none. Whoever takes one puts its next try off in the same breath, so that it is nobody else's meanwhile and needs no
word when the try fails.
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from peewee import AutoField, CharField, IntegerField, TextField

from forum.database.clock import now
from forum.database.keys import new_key
from forum.database.tables import Base, Moment
from forum.database.transactions import transaction

# The first pause is longer than any conversation with a server; each is twice as long as the one before.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=4)
# As long as servers themselves keep trying at least (RFC 5321, 4.5.4.1, says four to five days; most people, two).
PATIENCE = timedelta(days=2)

logger = logging.getLogger("parvis.mail")


class Letter(Base):
    """A letter to one address: its template in templates/mail, and the facts for it as a JSON object.

    `key` is its Message-ID: what comes twice, after a kill, can be told to be one. `stop` is the local path that ends
    letters of its kind.
    """

    id = AutoField()
    key = CharField(12, unique=True, default=new_key)
    to = CharField(254)
    template = CharField(30)
    facts = TextField()
    stop = CharField(300, default="")
    tries = IntegerField(default=0)
    made_at: Any = Moment(default=now)
    due_at: Any = Moment(default=now, index=True)


def write(to: str, template: str, facts: Mapping[str, str], stop: str = "") -> None:
    """Have a letter sent after the commit of the transaction this is called in; rolled back, it is never sent.

    `stop` is for letters nobody asked for one by one (RFC 8058).
    """
    Letter.insert(to=to, template=template, facts=json.dumps(dict(facts), ensure_ascii=False), stop=stop).execute()


def take() -> Letter | None:
    """The letter that is due for longest, ours until its next try; None when none is."""
    while True:
        letter = Letter.select().where(Letter.due_at <= now()).order_by(Letter.due_at, Letter.id).first()
        if letter is None or (_is_ours(letter) and not _given_up(letter)):
            return letter


def gone(letter: Letter) -> None:
    """It was sent, or never will be."""
    with transaction():
        Letter.delete().where(Letter.id == letter.id).execute()


def take_back(to: str) -> None:
    """Send nothing more of what waits for this address."""
    with transaction():
        Letter.delete().where(Letter.to == to).execute()


def oldest() -> datetime | None:
    """Since when the oldest letter waits."""
    first = Letter.select(Letter.made_at).order_by(Letter.id).first()
    return first.made_at if first else None


def pause(tries: int) -> timedelta:
    """How long after so many tries, one at least, the next one is made."""
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)


def _is_ours(letter: Letter) -> bool:
    changed = {"tries": letter.tries + 1, "due_at": now() + pause(letter.tries + 1)}
    with transaction():
        as_read = Letter.id == letter.id, Letter.due_at == letter.due_at
        return bool(Letter.update(changed).where(*as_read).execute())


def _given_up(letter: Letter) -> bool:
    """Whether a letter that was tried before has been for too long; one that never was is tried at least once."""
    if letter.tries == 0 or letter.made_at > now() - PATIENCE:
        return False
    logger.error("a letter is given up after %s tries", letter.tries)
    gone(letter)
    return True
