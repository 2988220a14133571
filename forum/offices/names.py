"""What each office is called: as the command says it, and as members read it."""

from typing import NamedTuple


class Office(NamedTuple):
    """An office: the role of the account that holds it, its word for the command, what it does in French."""

    role: str
    word: str
    does: str


OFFICES = (
    Office("moderator", "moderateur", "modération du site"),
    Office("gardener", "jardinier", "soin des mots-clés"),
    Office("admin", "administrateur", "administration du site"),
)
# The word that takes whatever office somebody holds.
NONE = "membre"
WORDS = (*(office.word for office in OFFICES), NONE)


_ROLES = {office.word: office.role for office in OFFICES} | {NONE: ""}
_DOES = {office.role: office.does for office in OFFICES}


def role_of(word: str) -> str | None:
    """The role that this word gives, '' for the one that takes; None for any other word."""
    return _ROLES.get(word)


def called(role: str) -> str:
    """What members read of a role, '' for none."""
    return _DOES.get(role, "")
