"""How somebody stands to the groups of what is read for them, in the statement that reads it."""

from typing import Any, TypeVar

from forum.accounts.models import Viewer
from forum.database.tables import HasId
from forum.groups import rules
from forum.groups.models import Group

InGroup = TypeVar("InGroup", bound=Any)


def with_standing(member: HasId, rows: Any) -> Any:
    """A query of what is in groups, which are joined to it: its rows are then given to `stand`."""
    return rules.with_facts(member, rows.select_extend(*rules.FACTS.values()))


def stand(member: Viewer, rows: list[InGroup]) -> list[InGroup]:
    """Rows read by `with_standing`, their groups bearing how this person stands to them."""
    for row in rows:
        row.group.standing = rules.standing_of(member.id, *(_taken(row.group, name) for name in rules.FACTS))
    return rows


def _taken(group: Group, name: str) -> Any:
    """The value of a fact, whose row was set on the group under this name."""
    row = vars(group).pop(name)
    return getattr(row, rules.FACTS[name].name) if row else None
