"""What was typed, made a value: each of these conversions is written here once."""

LONGEST = 16


def line_feeds(typed: str) -> str:
    """The text with its lines ended by one sign: forms end them with two (HTML, 4.10.21.4) where a member typed one."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def many_lines(typed: str) -> str:
    """A text as kept and counted: one sign at the end of a line, nothing around it."""
    return line_feeds(typed).strip()


def one_line(typed: str) -> str:
    """A text on one line, with one space between two words."""
    return " ".join(typed.split())


def form_key(typed: str) -> str:
    """The key that a form sent, '' when it is none of ours (PostgreSQL would choke on some signs)."""
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= LONGEST else ""
