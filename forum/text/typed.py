"""What a form sent, made a value."""

LONGEST = 16


def form_key(typed: str) -> str:
    """The key that a form sent, '' when it is none of ours (PostgreSQL would choke on some signs)."""
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= LONGEST else ""
