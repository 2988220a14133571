"""French typography: the narrow no-break space before ; ! ? and inside « », the no-break space before the colon."""

import re
from collections.abc import Iterable

NARROW, WIDE = "\u202f", "\u00a0"
SPACES = " \u00a0\u202f"
# A sign counts as punctuation only at the end of a word: "12:30", "page?x=1", "!=" and ";)" are left alone.
# A run of spaces is tried from its first one only, and never given back, else a long run would cost its square.
BEFORE = rf"(?:(?<![{SPACES}])[{SPACES}]++|(?<=[\w)\]»”’%€…]))"
HIGH = re.compile(rf"{BEFORE}([!?]++)(?=[\s)\]»”,.…]|$)")
SEMICOLON = re.compile(rf"{BEFORE};(?=\s|$)")
COLON = re.compile(rf"{BEFORE}:(?=\s|$)")
OPENING = re.compile(rf"«[{SPACES}]*+(?=\S)")
CLOSING = re.compile(rf"(?:(?<![\s«])[{SPACES}]++|(?<=[^\s«]))»")


def spaced(text: str) -> str:
    """`text` with the spaces that French puts around its high punctuation (Imprimerie nationale, "Lexique")."""
    text = OPENING.sub(f"«{NARROW}", text)
    text = CLOSING.sub(f"{NARROW}»", text)
    text = HIGH.sub(rf"{NARROW}\1", text)
    text = SEMICOLON.sub(f"{NARROW};", text)
    return COLON.sub(f"{WIDE}:", text)


def either(words: Iterable[str]) -> str:
    """ "un désaccord ou un blocage", "a, b ou c": what may be the one or the other; "" of nothing."""
    *first, last = ("", *words)
    return f"{', '.join(first[1:])} ou {last}" if first[1:] else last
