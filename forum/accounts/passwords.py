"""Passwords: argon2id, and what is too easy to guess."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet, Argon2id. The library's default of four lanes and
# 64 MiB lets three sign-ins a second occupy a small machine.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# The hash of nobody's password, so that an unknown pseudonym takes as long to refuse as a wrong password.
_NOBODY = hasher.hash(secrets.token_hex())

GUESSED_FIRST = frozenset(
    "12345678 123456789 1234567890 00000000 11111111 azertyuiop qwertyuiop motdepasse password password1".split()
)


def problem(password: str, username: str = "") -> str | None:
    """Why this cannot be a password, in French; None when it can."""
    if not password:
        return "Choisissez un mot de passe."
    if len(password) < 8:
        return "Huit signes au moins. Une courte phrase se retient bien."
    if len(password) > 200:
        return "Deux cents signes au plus."
    if password.lower() in GUESSED_FIRST or password.lower() == username.lower():
        return "C’est l’un des premiers que l’on essaierait : choisissez-en un autre."
    return None


def make_hash(password: str) -> str:
    """The argon2id hash to keep."""
    return hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; never for nobody (None) or whoever has none (''), and as slowly."""
    try:
        return hasher.verify(password_hash or _NOBODY, password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False
