"""Numbers as members write them: figures, ordinals in figures and in letters, Roman numerals."""

import re

from forum.text.typed import parse_whole

ORDINAL = re.compile(r"(\d{1,2})(?:er|ere|re|e|eme|ieme|em|me|nd|nde)")
ROMAN = re.compile(r"(x{0,2})(ix|iv|v?i{0,3})")
ROMAN_ENDINGS = ("eme", "ieme", "ere", "er", "re", "e", "")
ENDINGS = frozenset(("er", "ere", "re", "e", "eme", "ieme", "em", "me", "nd", "nde"))
UNITS = (
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme "
    "treizieme quatorzieme quinzieme seizieme"
)
LETTERS = {word: rank for rank, word in enumerate(UNITS.split(), 1)} | {
    "premiere": 1,
    "second": 2,
    "seconde": 2,
    "dix septieme": 17,
    "dix huitieme": 18,
    "dix neuvieme": 19,
    "vingtieme": 20,
    "vingt et unieme": 21,
    "vingt unieme": 21,
}


def figure(word: str) -> int | None:
    """The number written in one or two figures, or nothing."""
    return parse_whole(word) if len(word) <= 2 else None


def ordinal(word: str) -> int | None:
    """The rank said by one word: 12e, 1ere, troisieme, XIXe (folded)."""
    found = ORDINAL.fullmatch(word)
    if found:
        return int(found.group(1))
    return LETTERS.get(word) or (roman(word, ROMAN_ENDINGS[:-1]))


def roman(word: str, endings: tuple[str, ...] = ROMAN_ENDINGS) -> int | None:
    """The number of a Roman numeral from I to XXIX, with or without the ending of an ordinal."""
    for ending in endings:
        stem = word.removesuffix(ending) if ending else word
        found = ROMAN.fullmatch(stem) if stem and word.endswith(ending) else None
        if found:
            return 10 * len(found.group(1)) + {"ix": 9, "iv": 4}.get(found.group(2), _additive(found.group(2)))
    return None


def _additive(numeral: str) -> int:
    return 5 * numeral.count("v") + numeral.count("i")


def take_ordinal(words: list[str]) -> tuple[int | None, list[str]]:
    """The first ordinal among words, and the words without it; "3 ème" and "vingt et unième" are taken whole."""
    for start in range(len(words)):
        for length in (3, 2, 1):
            found = _ordinal_of(words[start : start + length]) if start + length <= len(words) else None
            if found:
                return found, words[:start] + words[start + length :]
    return None, words


def _ordinal_of(words: list[str]) -> int | None:
    if len(words) == 1:
        return ordinal(words[0])
    if len(words) == 2 and words[1] in ENDINGS and figure(words[0]):
        return figure(words[0])
    return LETTERS.get(" ".join(words))
