"""Reading chained records. Who may is asked by the feature whose record it is."""

import json

from forum.chains.models import ChainLine


def last_line(chain: str) -> ChainLine | None:
    """The line that the next one follows; None in a record that has not begun."""
    return ChainLine.select().where(ChainLine.chain == chain).order_by(ChainLine.number.desc()).first()


def lines_of(chain: str) -> list[ChainLine]:
    """The whole record, the first line first."""
    return list(ChainLine.select().where(ChainLine.chain == chain).order_by(ChainLine.number))


def line_numbered(chain: str, number: int) -> ChainLine | None:
    """One line of a record."""
    return ChainLine.get_or_none(ChainLine.chain == chain, ChainLine.number == number)


def as_json_lines(lines: list[ChainLine]) -> str:
    """The record as JSON lines (`head`, `nonce`, `text`): all that somebody needs to check it."""
    rows = ({"head": row.head, "nonce": row.nonce, "text": row.text} for row in lines)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
