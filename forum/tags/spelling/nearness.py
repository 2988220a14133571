"""Keys that look like one word without being one: those that members are asked about, never folded."""

import re

from forum.tags.spelling import lexicon
from forum.tags.spelling.lexicon import FINITE, FORM, PARTICIPLE
from forum.text.typed import folded

ARTICLES = frozenset("la le les l un une des du de d".split())
ROMAN = re.compile(r"(?=[ivx])(x{0,2})(ix|iv|v?i{0,3})(e|eme|ieme|er|ere)?")
ORDINAL = re.compile(r"(\d+)(?:e|eme|ieme|er|ere)")
UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
# A family of words by its last letters: communiste, communisme, commune; écologie, écologique, écologiste.
FAMILY = re.compile(r"(?:ismes?|istes?|iques?|ies?|aires?|ite|iens?|iennes?)$")
GENDER = (
    (re.compile(r"(?:trice|teuse)s?$"), "teur"), (re.compile(r"euses?$"), "eur"), (re.compile(r"eux$"), "eur"),
    (re.compile(r"(n|l|t|s|f)\1es?$"), r"\1"), (re.compile(r"eaux?$"), "el"), (re.compile(r"aux$"), "al"),
    (re.compile(r"ves?$"), "f"), (re.compile(r"ques?$"), "c"), (re.compile(r"[esx]*$"), ""),
)  # fmt: skip
LONG_ENOUGH_FOR_A_SLIP = 6
LONG_ENOUGH_FOR_A_STEM = 5


def are_near(one: str, other: str) -> bool:
    """Whether members should be asked if these two keys are one tag. Numbers and places always keep tags apart."""
    one, other = plain(one), plain(other)
    if numbers(one) != numbers(other):
        return False
    if one.replace("-", "") == other.replace("-", ""):
        return True
    words = one.split("-"), other.split("-")
    if len(words[0]) != len(words[1]):
        return slipped(one.replace("-", ""), other.replace("-", "")) and min(len(one), len(other)) > 9
    return all(a == b or alike(a, b) for a, b in zip(*words, strict=True))


def plain(key: str) -> str:
    """Without accents, leading article and Roman numerals."""
    words = folded(key).split("-")
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return "-".join(arabic(word) if len(words) > 1 else word for word in words)


def arabic(word: str) -> str:
    ordinal, roman = ORDINAL.fullmatch(word), ROMAN.fullmatch(word)
    if ordinal:
        return ordinal[1]
    return str(10 * len(roman[1]) + UNITS[roman[2]]) if roman and roman[1] + roman[2] else word


def numbers(key: str) -> list[str]:
    return re.findall(r"\d+[ab]?", key)


def alike(one: str, other: str) -> bool:
    if any(sign.isdigit() for sign in one + other):
        return False
    if one in forms_of(other) or other in forms_of(one):
        return True
    if stems(one) & stems(other):
        return True
    return slipped(one, other) and not (is_spelt(one) and is_spelt(other))


def is_spelt(word: str) -> bool:
    """Whether some French word is written so, accents apart: two of them one letter apart are no slip."""
    return any(reading.kind != FINITE for reading in lexicon.readings(word))


def forms_of(word: str) -> set[str]:
    """The words that the lexicon knows `word` to be a form of, even where it has a sense of its own."""
    return {folded(reading.head) for reading in lexicon.readings(word) if reading.kind in (FORM, PARTICIPLE)}


def stems(word: str) -> set[str]:
    """What is left of a word without gender, number and the ending of its family; too short stems are left out."""
    single = word
    for ending, masculine in GENDER:
        single, done = ending.subn(masculine, word)
        if done and single != word:
            break
    return {
        stem
        for stem in (word, single, FAMILY.sub("", word), FAMILY.sub("", single))
        if len(stem) >= LONG_ENOUGH_FOR_A_STEM
    }


def slipped(one: str, other: str) -> bool:
    """One letter more, less, other, or two neighbours swapped, in words of six letters and more."""
    if min(len(one), len(other)) < LONG_ENOUGH_FOR_A_SLIP or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = one[start:], other[start:]
    if len(one) != len(other):
        longer, shorter = sorted(rest, key=len, reverse=True)
        return longer[1:] == shorter
    return rest[0][1:] == rest[1][1:] or (rest[0][2:] == rest[1][2:] and rest[0][:2] == rest[1][1::-1])
