"""Draws prepared and frozen for tests."""

from datetime import UTC, datetime, timedelta

from forum.accounts.models import Account
from forum.database.clock import at
from forum.draws import actions
from forum.draws.models import Draw
from forum.groups import actions as groups
from tests.world import group, member

# A Wednesday; the first Loto a day later or more is Saturday's, the first EuroMillions Friday's.
FREEZING = datetime(2027, 3, 17, 18, tzinfo=UTC)
# When all that the tests wait for is known.
AFTER = datetime(2027, 3, 21, 9, tzinfo=UTC)
LOTO = "3 7 21 33 49 8"
DICE = "1 2 3 4 5 6 1 2 3 4"


def prepared(handle: str = "insoumis-087", by: str = "Alice", **fields: str) -> Draw:
    """A draw prepared by an animator."""
    typed = {"title": "Qui parle samedi", "why": "Parce que tout le monde peut.", "seats": "2"} | fields
    return actions.prepare(member(by), group(handle), actions.DrawPlan(**typed))


def frozen(handle: str = "insoumis-087", **fields: str) -> Draw:
    """A draw of a list of three, frozen now."""
    draw = prepared(handle, **{"pool": "list", "labels": "Basalte\nGneiss\nSchiste"} | fields)
    actions.freeze(member("Alice"), draw, fields.get("seats", "2"))
    return Draw.get_by_id(draw.id)


def crowd(number: int, handle: str = "insoumis-087", word: str = "Galet") -> list[Account]:
    """So many new members."""
    home, found = group(handle), []
    for rank in range(number):
        person = Account.create(username=f"{word}{rank}", username_key=f"{word.lower()}{rank}", password_hash="!")
        groups.add_member(person, home, role="member")
        found.append(person)
    return found


def with_volunteers(number: int, **fields: str) -> Draw:
    """A draw that so many volunteers stand in; Alice is among them."""
    draw = prepared(**fields)
    actions.stand(member("Alice"), draw)
    for person in crowd(number - 1):
        actions.stand(person, draw)
    return draw


def freeze(draw: Draw, seats: int = 2, moment: datetime = FREEZING) -> Draw:
    """Freeze it at this moment, in tests' own days."""
    with at(moment):
        actions.freeze(member("Alice"), draw, str(seats))
    return Draw.get_by_id(draw.id)


def drawn(draw: Draw, numbers: str = LOTO, second: str = "Galet0", moment: datetime = AFTER) -> Draw:
    """Let Alice and somebody else enter the numbers of its only source."""
    with at(moment):
        for name in ("Alice", second):
            actions.enter(member(name), draw, "0", numbers)
    return Draw.get_by_id(draw.id)


def later(**length: float) -> datetime:
    """So long after the freeze."""
    return FREEZING + timedelta(**length)
