"""Addresses that prove themselves: a value signed with the site's secret for one purpose, and perhaps for a time."""

from itsdangerous import BadData, URLSafeTimedSerializer

_secret = ""


def install(secret: str) -> None:
    """Sign with this secret from now on."""
    global _secret
    _secret = secret


def seal(purpose: str, value: str) -> str:
    """The value, readable and signed, in signs that an address may hold. One purpose's seal is no other's."""
    return URLSafeTimedSerializer(_secret, salt=f"parvis {purpose}").dumps(value)


def unseal(purpose: str, sealed: str, seconds: int | None = None) -> str | None:
    """The value; None when it was not sealed here for this purpose, or more than so many seconds ago."""
    try:
        return str(URLSafeTimedSerializer(_secret, salt=f"parvis {purpose}").loads(sealed, max_age=seconds))
    except BadData:
        return None
