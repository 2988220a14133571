"""All that is held of a person, from every feature."""

from typing import Any

from forum.accounts import holdings as accounts
from forum.accounts.models import Account
from forum.candidacies import holdings as candidacies
from forum.discussions import holdings as discussions
from forum.draws import holdings as draws
from forum.groups import holdings as groups
from forum.initiatives import holdings as initiatives
from forum.moderation import holdings as moderation
from forum.notifications import holdings as notifications
from forum.proposals import holdings as proposals
from forum.tags import holdings as tags

# From the lowest feature to the highest, as in app.py.
HOLDINGS = tuple(
    feature.HOLDINGS
    for feature in (
        *(accounts, tags, groups, discussions, proposals, initiatives, draws, candidacies),
        *(notifications, moderation),
    )
)


def data_of(account: Account) -> dict[str, Any]:
    """All that is kept of this person, as plain values by section (GDPR, art. 15 and 20): for themselves alone."""
    return {name: tell(account) for holdings in HOLDINGS for name, tell in holdings.tells.items()}
