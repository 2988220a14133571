"""Passwords: argon2id, and what is too easy to guess."""

import gzip
import re
import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.text.typed import folded

# 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet, Argon2id. The library's default of four lanes and
# 64 MiB lets three sign-ins a second occupy a small machine.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# The hash of nobody's password, so that an unknown pseudonym takes as long to refuse as a wrong password.
_NOBODY = hasher.hash(secrets.token_hex())

DATA = Path(__file__).parent / "data"


def problem(password: str, username: str = "") -> str | None:
    """Why this cannot be a password, in French; None when it can."""
    if not password:
        return "Choisissez un mot de passe."
    if len(password) < 8:
        return "Huit signes au moins. Une courte phrase se retient bien."
    if len(password) > 200:
        return "Deux cents signes au plus."
    if is_guessed_first(password, username):
        return "C’est l’un des premiers que l’on essaierait : choisissez-en un autre."
    return None


def is_guessed_first(password: str, username: str = "") -> bool:
    """Whether a list of guesses begins with this: a frequent password (NIST SP 800-63B, 5.1.1.2), one sign again and
    again, or a word of French, of this site, or the pseudonym, with or without digits around it."""
    whole = folded(password.casefold())
    word = re.sub(r"^[^a-z]+|[^a-z]+$", "", re.sub(r"[\s_'’-]", "", whole))
    named = folded(username.casefold())
    return len(set(whole)) < 3 or whole in _common() or whole == named or word in _words() or word == named != ""


@cache
def _common() -> frozenset[str]:
    return frozenset(gzip.decompress((DATA / "common.txt.gz").read_bytes()).decode().split("\n"))


@cache
def _words() -> frozenset[str]:
    return frozenset((DATA / "french.txt").read_text("ascii").split())


def make_hash(password: str) -> str:
    """The argon2id hash to keep."""
    return hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; never for nobody (None) or whoever has none (''), and as slowly."""
    try:
        return hasher.verify(password_hash or _NOBODY, password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False
