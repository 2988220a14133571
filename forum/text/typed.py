"""What a form sent, made a value."""

import hashlib

LONGEST = 16


def act_key(form: str, *words: object) -> str | None:
    """What the database keeps of a form's key: 16 signs made of the key and of what was sent with it; None without one.

    The same form with the same words is the same act, whenever it comes again. With other words it is another act: the
    Back button, a second tab or a copy kept on the phone bring an old form back with its old key.
    """
    if not form:
        return None
    return hashlib.sha256("\0".join((form, *map(str, words))).encode()).hexdigest()[:LONGEST]


def form_key(typed: str) -> str:
    """The key that a form sent, '' when it is none of ours (PostgreSQL would choke on some signs)."""
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= LONGEST else ""
