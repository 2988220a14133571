"""The draws of the demonstration: each step a member's own action, at its moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from forum.accounts.models import Account
from forum.draws import actions
from forum.draws.models import Draw, DrawTicket
from forum.groups.models import Group


class Lot:
    """A draw told in draws.toml; `names` are those of its group's members, the animators first."""

    def __init__(self, row: dict[str, Any], names: Sequence[str], people: Mapping[str, Account]):
        self.row, self.names, self.people = row, names, people
        self.draw: Draw

    def steps(self, today: datetime, group: Callable[[], Group]) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """What happens and when, as far as it went."""
        prepared = today - timedelta(days=self.row["prepared_days_ago"])
        yield prepared, lambda: self.prepare(group())
        for rank in range(self.row["volunteers"]):
            yield prepared + timedelta(hours=1 + rank), partial(self.stand, rank)
        later = {"frozen": self.freeze, "entered": self.enter, "cancelled": self.cancel}
        for name, act in later.items():
            if f"{name}_days_ago" in self.row:
                yield today - timedelta(days=self.row[f"{name}_days_ago"]), act

    @property
    def animator(self) -> Account:
        return self.people[self.names[0]]

    def prepare(self, group: Group) -> None:
        plan = actions.DrawPlan(
            title=self.row["title"],
            why=self.row["why"],
            seats=str(self.row["seats"]),
            source=self.row["source"],
            grouping=self.row["grouping"],
        )
        self.draw = actions.prepare(self.animator, group, plan)

    def stand(self, rank: int) -> None:
        women, men = self.row["women"], self.row["men"]
        gender = "femmes" if rank < women else "hommes" if rank < women + men else ""
        actions.stand(self.people[self.names[rank]], self.draw, gender)

    def freeze(self) -> None:
        actions.freeze(self.animator, self.draw, str(self.row["seats"]))

    def enter(self) -> None:
        """Both animators enter the numbers; then some of those drawn withdraw."""
        for name in self.names[:2]:
            actions.enter(self.people[name], self.draw, "0", self.row["numbers"])
        drawn = DrawTicket.draw == self.draw.id, DrawTicket.called_at.is_null(False)
        for ticket in list(DrawTicket.select().where(*drawn).limit(self.row["withdrawals"])):
            actions.withdraw(self.animator, self.draw, str(ticket.number))

    def cancel(self) -> None:
        actions.cancel(self.animator, self.draw, self.row["reason"])
