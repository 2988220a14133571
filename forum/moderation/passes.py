"""What lets a person who is suspended from the site, and so cannot sign in, read and contest the decision."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from forum.accounts.models import Account
from forum.moderation.models import Decision

# In seconds. The password was given just before.
LIFE = 3600


def make(secret: str, decision: Decision) -> str:
    """A pass for the person concerned by this decision, signed with the site's secret, good for an hour."""
    return _signer(secret).dumps([decision.id, decision.concerned_id])


def bearer(secret: str, shown: str, key: str) -> Account | None:
    """The person whom this pass lets read the decision of this key; None when it is none of ours, or too old."""
    try:
        decision_id, account_id = _signer(secret).loads(shown, max_age=LIFE)
    except (BadSignature, ValueError):
        return None
    named = Decision.id == decision_id, Decision.concerned == account_id, Decision.key == key
    return Account.get_by_id(account_id) if Decision.select().where(*named).exists() else None


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="objection")
