"""What a feature holds of a person: told to them when they ask, and forgotten or kept without a name once they leave.

Each feature says so in its own `holdings`; forum.personal_data reads them all. A guard fails on a column that leads to
an account and that no feature names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Field

from forum.accounts import actions, queries
from forum.accounts.models import Account, Block
from forum.tasks import letters
from forum.tasks.journal import JournalLine, Pending
from forum.tasks.letters import Letter

# Why a text stays that may hold a pseudonym.
WORDS = "what members wrote, who may have named one another"


def nothing_more(_: Account) -> None:
    """For features that forget rows, and do nothing else."""


@dataclass(frozen=True)
class Holdings:
    """What one feature holds of a person.

    `tells` are the sections of the file of all their data, by name. Leaving for good begins with `leave`, which does
    what others see (a seat is free again) and may be done inside a transaction only; then the rows that the columns
    `forgets` lead from the person to are deleted. The columns of `keeps` stay, each for its reason: what they lead to
    is an account without a name by then.
    """

    tells: Mapping[str, Callable[[Account], Any]] = field(default_factory=dict)
    leave: Callable[[Account], None] = nothing_more
    forgets: tuple[Field, ...] = ()
    keeps: Mapping[Field, str] = field(default_factory=dict)

    def forget(self, account: Account) -> None:
        """Take this person out; inside the transaction in which they leave."""
        self.leave(account)
        for column in self.forgets:
            column.model.delete().where(column == account.id).execute()


def _leave(account: Account) -> None:
    """No letter follows them."""
    letters.take_back(account.email or "")
    actions.erase(account)


HOLDINGS = Holdings(
    tells={"account": queries.data_of},
    leave=_leave,
    forgets=(Block.member,),
    keeps={
        Block.blocked: "the choice of somebody else, who alone sees it",
        JournalLine.actor_id: "what happened, in the order in which it did, until its days are over",
        JournalLine.subject_id: "as the actor; the public log names nobody by it",
        Letter.facts: "letters to others on their way, which may say who invites; gone within two days",
        Pending.note: "whom the worker is to tell within seconds, if they are still here; gone once done",
    },
)
