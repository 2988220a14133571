"""What lets a person who is suspended from the site, and so cannot sign in, read and contest the decision."""

from forum.accounts.models import Account
from forum.moderation.models import Decision
from forum.tasks import signing

PURPOSE = "objection"

# In seconds. The password was given just before.
LIFE = 3600


def make(decision: Decision) -> str:
    """A pass for the person concerned by this decision, signed with the site's secret, good for an hour."""
    return signing.seal(PURPOSE, f"{decision.id} {decision.concerned_id}")


def bearer(shown: str, key: str) -> Account | None:
    """The person whom this pass lets read the decision of this key; None when it is none of ours, or too old."""
    value = signing.unseal(PURPOSE, shown, LIFE)
    if value is None:
        return None
    decision_id, account_id = map(int, value.split())
    named = Decision.id == decision_id, Decision.concerned == account_id, Decision.key == key
    return Account.get_by_id(account_id) if Decision.select().where(*named).exists() else None
