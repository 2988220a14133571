"""The candidacies of the demonstration: each step a member's own action, at its moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from forum.accounts.models import Account
from forum.candidacies import actions
from forum.candidacies.models import Candidacy, CandidacyCall
from forum.groups.models import Group
from forum.text.typed import moment_field


class Contest:
    """A call told in candidacies.toml; `names` are those of its group's members, the animators first."""

    def __init__(self, row: dict[str, Any], names: Sequence[str], people: Mapping[str, Account], today: datetime):
        self.row, self.today = row, today
        self.members = [people[name] for name in names]
        self.standing: dict[int, str] = {}
        self.id = 0

    def steps(self, group: Callable[[], Group]) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """What happens and when."""
        yield self.ago(self.row["called_days_ago"]), lambda: self.call(group())
        for row in self.row["candidacy"]:
            yield self.ago(row["days_ago"]), partial(self.stand, row)
            for word in row.get("word", []):
                yield self.ago(word["days_ago"]), partial(self.say, row, word)
            if "withdrawn_days_ago" in row:
                yield self.ago(row["withdrawn_days_ago"]), partial(self.withdraw, row)
        yield self.ago(self.row["decided_days_ago"]), self.settle

    def ago(self, days: int) -> datetime:
        return self.today - timedelta(days=days)

    def call(self, group: Group) -> None:
        calendar = actions.Calendar(
            title=self.row["title"],
            conditions=self.row["conditions"],
            closes_at=moment_field(self.ago(self.row["closed_days_ago"])),
            decides_at=moment_field(self.ago(self.row["decided_days_ago"])),
            scope="place",
            place=self.row["place"],
            designation=self.row["designation"],
        )
        self.id = actions.call(self.members[0], group, calendar).id

    def stand(self, row: dict[str, Any]) -> None:
        call = CandidacyCall.get_by_id(self.id)
        made = actions.stand(self.members[row["member"]], call, row["statement"], row["affiliations"])
        self.standing[row["member"]] = made.key

    def say(self, row: dict[str, Any], word: dict[str, Any]) -> None:
        actions.say(self.members[word["by"]], self.candidacy(row), word["kind"], word["body"])

    def withdraw(self, row: dict[str, Any]) -> None:
        actions.withdraw(self.members[row["member"]], self.candidacy(row))

    def settle(self) -> None:
        designated = [self.standing[self.row["designated"]]]
        actions.settle(self.members[0], CandidacyCall.get_by_id(self.id), designated, self.row["outcome"])

    def candidacy(self, row: dict[str, Any]) -> Candidacy:
        return Candidacy.get(Candidacy.key == self.standing[row["member"]])
