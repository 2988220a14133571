"""Which script a word is written in: letters of several in one word pass for another word (Unicode TS 39, 5)."""

import re
import unicodedata
from functools import cache

# Scripts that are written together (TS 39, table of mixed scripts): Japanese and Korean.
TOGETHER = (frozenset({"CJK", "HIRAGANA", "KATAKANA"}), frozenset({"CJK", "HANGUL"}))
# Combining marks belong to their letter: in Tamil, in Hindi, in decomposed Vietnamese.
MARKS = "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M")
# More of them on one letter than any language puts there write over the lines above.
MOST_MARKS = 4
_STACKED = re.compile(f"[{MARKS}]{{{MOST_MARKS + 1}}}")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}’'])*")

MIXED = "« {word} » mêle plusieurs alphabets : écrivez chaque mot dans un seul."
DRAWN = "« {word} » contient des lettres décoratives ou empilées : écrivez-le avec des lettres ordinaires."


def problem(text: str) -> str | None:
    """The French sentence that says why a name cannot be written so, or None: each word in ordinary letters of one
    script, with few marks on each. Names may be in any one script."""
    drawn = next((word for word in text.split() if _STACKED.search(word) or any(map(_is_drawn, word))), "")
    return DRAWN.format(word=drawn[:40]) if drawn else mixed(text)


def mixed(text: str) -> str | None:
    """The French sentence that says which word mixes scripts, or None."""
    for word in _words(text):
        scripts = frozenset(filter(None, map(_script, word)))
        if len(scripts) > 1 and not any(scripts <= together for together in TOGETHER):
            return MIXED.format(word=word[:40])
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


@cache
def _script(sign: str) -> str:
    """The script of a letter by the first word of its name ("LATIN SMALL LETTER A"); '' for what every script uses."""
    if not sign.isalpha() or unicodedata.category(sign) == "Lm":
        return ""
    return unicodedata.name(sign, "?").split()[0]


@cache
def _is_drawn(sign: str) -> bool:
    """Whether a letter is another's picture: mathematical, circled, full-width (NFKC makes it ordinary)."""
    ordinary = unicodedata.normalize("NFKC", sign)
    return ordinary != unicodedata.normalize("NFC", sign) and ordinary.isalpha() and sign not in "ŀĿŉ"
