"""A typed text as plain words that can be compared: no accents, no capitals, no signs."""

import re
import unicodedata
from typing import NamedTuple

from forum.text.typed import folded

# Decimals, dates and grouped thousands stay one word, so that "49.3" and "14/07" are never taken for codes.
WORD = re.compile(r"\d+(?:[.,/:]\d+)+|[^\W_]+|[%€]")
SLASHED_SUR = re.compile(r"\bs/\s*", re.IGNORECASE)
# #insoumis-087, insoumise 87, insoumis.e.s-87, insoumis·es-87, insoumis(e)s 87: the beginning of a group's handle.
HANDLE = re.compile(r"\s*#?\s*insoumis(?:(?:[.·•(]?e[)]?)?(?:[.·•]?s)?)(?=[\s_–—-]+\S)[\s_–—-]+", re.IGNORECASE)

# A name and the number of a département, or a postal code, without a space between.
GLUED = re.compile(r"([^\W\d_]{4,})(\d{2,3}|\d{5})")

SPELLINGS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les"}
ARTICLES = ("le ", "la ", "les ", "l ")
SMALL_WORDS = frozenset("le la les l de du des d en sur sous a au aux et lez".split())


class Token(NamedTuple):
    """One word as compared, with where it stands in the text."""

    text: str
    start: int
    end: int


def compatible(text: str) -> str:
    """The text with its ligatures of form, exponents and odd spaces made plain (NFKC), its accents kept."""
    return SLASHED_SUR.sub("sur ", unicodedata.normalize("NFKC", text.replace("°", " ").replace("º", " ")))


def without_handle(text: str) -> str:
    """The text without the "#insoumis-" of a group's handle."""
    return HANDLE.sub("", text, count=1) if HANDLE.match(text) else text


def words(text: str) -> list[Token]:
    """The words of a text made compatible, each folded; "villejuif94" is two."""
    found = (part for match in WORD.finditer(text) for part in _parted(match))
    return [Token(_spelt(folded(word)), start, start + len(word)) for word, start in found]


def _parted(match: re.Match[str]) -> list[tuple[str, int]]:
    glued = GLUED.fullmatch(match.group())
    if not glued:
        return [(match.group(), match.start())]
    return [(glued[1], match.start()), (glued[2], match.start() + len(glued[1]))]


def _spelt(word: str) -> str:
    return SPELLINGS.get(word, word)


def full_key(name: str) -> str:
    """The words of a name, folded and joined by spaces: "L’Haÿ-les-Roses" is "l hay les roses"."""
    return " ".join(word.text for word in words(compatible(name)))


def bare(key: str) -> str:
    """A key without its leading article: names are compared with and without it."""
    for article in ARTICLES:
        if key.startswith(article) and len(key) > len(article):
            return key[len(article) :]
    return key


def short(key: str) -> str:
    """A key without its small words: "cotes d armor" is "cotes armor". Empty when fewer than two words are left."""
    kept = [word for word in key.split() if word not in SMALL_WORDS]
    return " ".join(kept) if len(kept) > 1 else ""
