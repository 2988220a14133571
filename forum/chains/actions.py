"""Writing chained records, inside the transaction of the act that a line tells."""

import json
from typing import Any

from peewee import Select

from forum.chains.lines import following
from forum.chains.models import ChainLine
from forum.chains.queries import last_line
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.text.dates import iso


def append(chain: str, act: str, **facts: Any) -> ChainLine:
    """The next line of a record; its text is these facts as a JSON object.

    Whoever calls holds the row that the record is about: two lines are not written at once.
    """
    previous = last_line(chain)
    made = following(previous.line if previous else None, iso(now()), act, json.dumps(facts, ensure_ascii=False))
    number = previous.number + 1 if previous else 1
    with transaction():
        return ChainLine.create(chain=chain, number=number, head=made.head, nonce=made.nonce, text=made.text)


def erase_lost(prefix: str, held: Select) -> None:
    """Delete whole records: those whose names begin so, and are not among those `held`."""
    ChainLine.delete().where(ChainLine.chain.startswith(prefix), ChainLine.chain.not_in(held)).execute()


def forget(chain: str, number: int) -> None:
    """Take the words of a line away; what remains still shows that it was there. Twice is once."""
    with transaction():
        where = ChainLine.chain == chain, ChainLine.number == number
        ChainLine.update(nonce=None, text=None).where(*where).execute()
