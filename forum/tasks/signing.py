"""Addresses that prove themselves: a value signed with the site's secret for one purpose, and perhaps for a time."""

import base64
import hmac

from itsdangerous import BadData, URLSafeTimedSerializer

_secret = ""


def install(secret: str) -> None:
    """Sign with this secret from now on."""
    global _secret
    _secret = secret


def seal(purpose: str, value: str) -> str:
    """The value, readable and signed, in signs that an address may hold. One purpose's seal is no other's."""
    return URLSafeTimedSerializer(_secret, salt=f"parvis {purpose}").dumps(value)


def keyed(purpose: str, value: str) -> str:
    """A fingerprint of the value that nobody can make again without the secret: 43 signs (HMAC-SHA-256, RFC 2104)."""
    made = hmac.digest(_secret.encode(), f"parvis {purpose}\0{value}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def unseal(purpose: str, sealed: str, seconds: int | None = None) -> str | None:
    """The value; None when it was not sealed here for this purpose, or more than so many seconds ago."""
    try:
        return str(URLSafeTimedSerializer(_secret, salt=f"parvis {purpose}").loads(sealed, max_age=seconds))
    except BadData:
        return None
