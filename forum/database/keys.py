"""Public keys: short, random, legible."""

import secrets

# Letters and digits that cannot be taken for one another when read aloud or copied from a poster.
KEY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """A random public key of 8 signs (39 bits): it tells neither rank nor number."""
    number, signs = secrets.randbelow(len(KEY_SIGNS) ** 8), ""
    for _ in range(8):
        number, place = divmod(number, len(KEY_SIGNS))
        signs += KEY_SIGNS[place]
    return signs
