"""What initiatives hold of a person."""

from forum.accounts.holdings import Holdings
from forum.accounts.models import Account
from forum.initiatives import actions, queries
from forum.initiatives.models import Initiative, Participation


def _leave(account: Account) -> None:
    """As one says that one does not come: whoever then gets a seat is told."""
    for row in Participation.select().where(Participation.member == account.id):
        if not (row.initiative.cancelled_at or row.initiative.is_over()):
            actions.withdraw(account, row.initiative)


HOLDINGS = Holdings(
    tells={"initiatives": queries.data_of},
    leave=_leave,
    forgets=(Participation.member,),
    keeps={Initiative.author: "what was planned stays for those who come, unsigned"},
)
