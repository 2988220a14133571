"""What groups hold of a person."""

from forum.accounts.holdings import Holdings
from forum.accounts.models import Account
from forum.groups import actions, queries
from forum.groups.models import (
    Follow,
    Invitation,
    Membership,
    Merge,
    Removal,
    Request,
    Succession,
    SuccessionObjection,
    SuccessionPast,
    Suspension,
)


def _leave(account: Account) -> None:
    """As one leaves a group: it is one member less, and looks for an animator if that was the last."""
    for group in queries.groups_of(account):
        actions.leave(account, group)


HOLDINGS = Holdings(
    tells={
        "groups": queries.data_of,
        "groups_followed": queries.follows_of,
        "invitations": queries.invitations_of,
        "requests": queries.asked_by,
    },
    leave=_leave,
    forgets=(
        # Those of deleted groups, which nobody can leave, but may be brought back.
        Membership.member,
        Follow.member,
        Invitation.inviter,
        Request.member,
        Removal.member,
        Suspension.member,
        SuccessionPast.member,
        SuccessionObjection.member,
    ),
    keeps={
        Request.decided_by: "whose answer it was, unsigned; it goes with the request, after a month",
        Succession.candidate: "who is asked to animate; without an answer the next one is, within three days",
        Merge.by: "that two groups became one, for undoing it; unsigned",
    },
)
