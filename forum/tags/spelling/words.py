"""One word, whatever its number, its gender and its missing accents: the identity the lexicon vouches for."""

import re
from functools import lru_cache

from forum.tags.spelling import lexicon
from forum.tags.spelling.lexicon import FINITE, FORM, HEADWORD, INVARIABLE, PARTICIPLE, PLACE, PROPER, Analysis
from forum.text.typed import folded

IRREGULAR = {
    "toutes": "tous", "toustes": "tous", "tou": "tous", "celleux": "ceux", "ielles": "iels", "nouvel": "nouveau",
    "bel": "beau", "vieil": "vieux", "fol": "fou", "mol": "mou",
    "née": "né", "nés": "né", "nées": "né",
}  # fmt: skip
VERBAL = (FINITE, PARTICIPLE)
# Endings that nobody mistakes even in a word no lexicon knows; the words before them have three letters or more.
UNKNOWN = [
    (re.compile(pattern), masculine)
    for pattern, masculine in (
        (r"(?<=\w{3})trices?$", "teur"),
        (r"(?<=\w{3})teurs$", "teur"),
        (r"(?<=\w{3})euses?$", "eur"),
        (r"(?<=\w{3})iennes?$", "ien"),
        (r"(?<=\w{3})i[eè]res?$", "ier"),
        (r"(?<=\w{3})elles?$", "el"),
        (r"(?<=\w{3})ives?$", "if"),
        (r"(?<=\w{3})ées?$", "é"),
        (r"(?<=\w{3})(a|o)ises?$", r"\1is"),
        (r"(?<=\w{3})aux$", "al"),
        (r"(?<=\w{3}[eébcdfgklmnprtv])s$", ""),
    )
]


@lru_cache(maxsize=16384)
def identity(word: str) -> str:
    """The word under which all forms of `word` (lower case, one segment) are one tag; itself when in doubt."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if not word.isalpha():
        return word
    word, exact = restored(word)
    return shared_head(word, exact) if exact else unknown_identity(word)


def restored(word: str) -> tuple[str, list[Analysis]]:
    """The word with the accents it lacks when only one word fits, and its readings."""
    found = lexicon.readings(word)
    exact = [reading for reading in found if reading.form == word]
    if exact or not found:
        return word, exact
    fits = {reading.form for reading in found if reading.kind not in VERBAL and lacks_accents(word, reading.form)}
    fits = fits or {
        reading.form for reading in found if reading.kind == PARTICIPLE and lacks_accents(word, reading.form)
    }
    if len(fits) != 1:
        return word, [Analysis(word, word, INVARIABLE)] if fits else []
    full = fits.pop()
    return full, [reading for reading in found if reading.form == full]


def lacks_accents(word: str, full: str) -> bool:
    """True when `word` is `full` with some accents left out, and none put elsewhere."""
    spread = full.replace("œ", "oe").replace("æ", "ae") if len(full) != len(word) else full
    return len(spread) == len(word) and all(
        typed in (kept, folded(kept)) for typed, kept in zip(word, spread, strict=True)
    )


def shared_head(word: str, exact: list[Analysis]) -> str:
    kinds = {reading.kind for reading in exact}
    if kinds & {PLACE, HEADWORD, INVARIABLE}:
        return word
    heads = [reading.head for reading in exact if reading.kind == FORM]
    if not heads and PROPER not in kinds and FINITE not in kinds:
        heads = [reading.head for reading in exact if free_participle(reading)]
    # The longest is the nearest: "droites" is the plural of "droite" before it is a feminine of "droit".
    heads.sort(key=lambda head: (-len(head), head))
    return heads[0] if heads and not is_place(heads[0]) else word


def free_participle(reading: Analysis) -> bool:
    """A noun of its own is not the participle that looks like it: "marchée" is no spelling of "marché"."""
    return reading.kind == PARTICIPLE and not any(
        head == reading.head for head, _ in lexicon.entries(folded(reading.head))
    )


def is_place(word: str) -> bool:
    return any(kind == PLACE and head == word for head, kind in lexicon.entries(folded(word)))


def is_known(word: str) -> bool:
    return any(reading.form == word for reading in lexicon.readings(word))


def unknown_identity(word: str) -> str:
    if len(word) < 6:
        return word
    for ending, masculine in UNKNOWN:
        if ending.search(word):
            single = ending.sub(masculine, word)
            return word if is_place(single) else single
    return word
