"""The readable addresses of groups: how one is spelled, and the one proposed for a place or a name."""

import re

from forum.database.keys import new_key
from forum.text.typed import hyphened

SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
PLACE = re.compile(r"(?:^|-)(0?\d\d|2[ab]|0?2[ab]|9[78]\d|0\d\d)(?:-(\d{1,2}))?\Z")
LONGEST = 60
# The end of the address of a secret group: 31 signs each.
UNKNOWN_SIGNS = 5
RESERVED = frozenset({"essai", "bac-a-sable"})


def for_place(code: str) -> str:
    """The handle of the group of a place: insoumis (nation), insoumis-087, insoumis-087-03."""
    return f"insoumis-{code.lower()}" if code else "insoumis"


def for_name(name: str) -> str:
    """The handle proposed for a thematic group of this name."""
    words = hyphened(name).removeprefix("insoumis-").removeprefix("insoumise-")
    return f"insoumis-{words}"[:LONGEST].rstrip("-")


def unguessable(handle: str) -> str:
    """The handle of a secret group that asks for this one: the addresses that people guess, a place's above all, stay
    free for groups that are seen, and a refusal tells nothing of those that are not."""
    return f"{handle[: LONGEST - UNKNOWN_SIGNS - 1].rstrip('-')}-{new_key()[:UNKNOWN_SIGNS]}"


def of_secret(wished: str, present: str) -> str:
    """The handle of a secret group from now on: the present one where it was wished for, or came from this wish."""
    return present if wished == present or is_unguessable(present, wished) else unguessable(wished)


def is_unguessable(handle: str, wished: str) -> bool:
    """Whether a handle may have come from this wish."""
    return len(handle) == len(wished) + UNKNOWN_SIGNS + 1 and handle.startswith(f"{wished}-")


def problem(handle: str) -> str | None:
    """Why this cannot be a handle, in French; None when it can."""
    if not 3 <= len(handle) <= LONGEST or not SHAPE.match(handle):
        return f"L’adresse du groupe compte de 3 à {LONGEST} lettres, chiffres et tirets."
    if handle in RESERVED:
        return "Cette adresse est réservée au site : choisissez-en une autre."
    if handle.replace("-", "").isdigit():
        return "Il faut au moins un mot dans l’adresse du groupe : insoumis-087, par exemple."
    return None


def place_code(handle: str) -> str:
    """The place that a handle of the form insoumis-<place> speaks of, '' for any other: 087, 02A, 087-03."""
    word, _, rest = handle.partition("-")
    match = PLACE.match(rest) if word == "insoumis" else None
    if not match:
        return ""
    departement = match[1].upper().zfill(3)
    return f"{departement}-{int(match[2]):02d}" if match[2] else departement
