"""The one analyser: a text to its terms, the same way when indexing and when reading a query.

Elisions are dropped (l’eau), accents and ligatures folded, plurals made singular, compounds kept whole and in parts
(porte-parole, porteparole), points within initials left out (S.N.C.F.), and inclusive writing (militant·e·s,
militant.e.s, MILITANT_E, militant(e)s) gives its two forms. Nothing is stemmed: droit and droite, commune and
communiste stay apart. Words of other scripts keep their letters, with the marks that belong to them; where no spaces
part words (Chinese, Japanese, Thai), each pair of neighbours is a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

from forum.text.tags import SIGN
from forum.text.typed import folded

# Changing what this file produces makes every built index stale: raise the number, and the worker rebuilds.
VERSION = 4
LONGEST = 40

# The middle dots of every keyboard, then signs that have another use and so need a known ending after them.
_SIGN = "[·⋅•‧∙・･⸱.\\-/_*]"
_ENDINGS = (
    "trices?|rices?|euses?|eresses?|ères?|eres?|elles?|ives?|enne?s?|onnes?|esses?|sses?|ales?|aux|"
    "ques?|nes?|les?|ves?|ses?|tes?|es?|s"
)
_MARKED = re.compile(
    rf"(?P<stem>[^\W\d_]{{2,}})(?:{_SIGN}(?P<ending>{_ENDINGS})(?:{_SIGN}s)?|\((?P<inside>{_ENDINGS})\)s?)(?![^\W_])",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?P<stem>[a-zà-öø-ÿœ]{3,})E(?:s|S)?(?![^\W_])")
_ELISION = re.compile(
    r"(?<![^\W_])(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)['’](?=[^\W_])", re.IGNORECASE
)
# SIGN: a letter or figure with the marks that combine with it, which Python takes for no part of a word.
_WORD = re.compile(rf"{SIGN}+(?:(?:[-‐‑'’]|(?<=\d)[.,](?=\d)){SIGN}+)*")
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_PARTS = re.compile(r"[-‐‑'’.,]")
# Scripts that part no words by spaces: kana, ideographs, Thai, Lao, Khmer.
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff]+")
# Letters of a neighbour’s alphabet that lose no accent, though French writes them without.
_FOREIGN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"})

# (ending, what the stem must end with, what replaces that end): a feminine is built only where French builds it.
_FEMININES = (
    ("trice", "teur", "trice"),
    ("rice", "eur", "rice"),
    ("euse", "eur", "euse"),
    ("euse", "eux", "euse"),
    ("eresse", "eur", "eresse"),
    ("ere", "er", "ere"),
    ("elle", "eau", "elle"),
    ("ive", "if", "ive"),
    ("ve", "f", "ve"),
    ("enne", "en", "enne"),
    ("onne", "on", "onne"),
    ("esse", "e", "esse"),
    ("sse", "e", "esse"),
    ("ale", "al", "ale"),
    ("ale", "aux", "ale"),
    ("aux", "al", "al"),
    ("que", "c", "que"),
    ("ne", "n", "nne"),
    ("le", "l", "lle"),
    ("se", "x", "se"),
    ("se", "s", "se"),
    ("se", "r", "se"),
    ("te", "tous", "toute"),
    ("te", "tou", "toute"),
    ("te", "t", "tte"),
    ("e", "", "e"),
)


def terms(text: str) -> set[str]:
    """Every term under which `text` is to be found."""
    found: set[str] = set()
    for written in _words(text):
        found.update(form for forms in written for form in forms)
        if len(written) > 1:
            found.add("".join(forms[0] for forms in written)[:LONGEST])
    for unparted in _UNPARTED.findall(text):
        found.update(map(fold, unparted))
    return found - {""}


def words(text: str) -> list[tuple[str, ...]]:
    """The words of a query in order, each with the terms of which any one will do.

    A compound asks for each of its parts, unless a part is a single letter: "e-mail" is looked up as "email".
    """
    asked: list[tuple[str, ...]] = []
    for written in _words(text):
        if len(written) > 1 and any(len(forms[0]) == 1 for forms in written):
            written = [("".join(forms[0] for forms in written)[:LONGEST],)]
        asked.extend(forms for forms in written if forms not in asked)
    return asked


def whole(text: str) -> str:
    """The one term of a whole title: a hash of its words in their order, 64 bits of it; '' where it has none."""
    written = sequence(text)
    return f"={blake2b(written.encode(), digest_size=8).hexdigest()}" if len(written) > 1 else ""


def sequence(text: str) -> str:
    """Its words in their order, each in its plain form: what stands in another sequence stands there as a phrase."""
    return "-".join(["", *(forms[0] for written in _words(text) for forms in written), ""])


def fold(word: str) -> str:
    """`word` in lower case without accents or ligatures; what is no letter, figure or vowel sign is dropped."""
    signs = folded(word.translate(_FOREIGN))
    return signs if signs.isalnum() else "".join(sign for sign in signs if sign.isalnum() or _is_vowel(sign))


def _is_vowel(sign: str) -> bool:
    """Whether a sign that is no letter by itself makes another word all the same, as in Tamil and Hindi."""
    return unicodedata.category(sign) == "Mc"


def singular(term: str) -> str:
    """A folded term without the mark of its plural: lois and loi, locaux and local, bureaux and bureau are one."""
    if len(term) < 4 or term[-1] not in "sx" or term.isdigit() or term.endswith("ss"):
        return term
    if term.endswith("aux") and not term.endswith("eaux") and len(term) > 4:
        return f"{term[:-2]}l"
    return term[:-1]


def feminines(word: str) -> set[str]:
    """Every feminine that French could build from `word`, most of them not words."""
    found = (_feminine(word, ending) for ending, _, _ in _FEMININES)
    return {feminine for feminine in found if feminine}


def _words(text: str) -> Iterator[list[tuple[str, ...]]]:
    """Each written word as its parts; each part as its forms, the plain one first."""
    text = _ELISION.sub("", unicodedata.normalize("NFKC", text))
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    text = _CAPITAL.sub(_spread_capital, _MARKED.sub(_spread, text))
    for match in _WORD.finditer(text):
        written = [_forms(part) for part in _parts(match.group())]
        yield [forms for forms in written if forms]


def _parts(word: str) -> Iterator[str]:
    for part in _PARTS.split(word):
        end = 0
        for match in _UNPARTED.finditer(part):
            yield part[end : match.start()]
            run, end = match.group(), match.end()
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        yield part[end:]


def _forms(part: str) -> tuple[str, ...]:
    forms = (singular(fold(form))[:LONGEST] for form in part.split(_BOTH))
    return tuple(dict.fromkeys(form for form in forms if form))


# A letter of no French word, so that both forms of a marked word travel through the splitting as one.
_BOTH = "ǀ"


def _spread(match: re.Match[str]) -> str:
    stem, ending = match["stem"], fold(match["ending"] or match["inside"])
    if ending == "s":
        return f"{stem}s"
    feminine = _feminine(stem, ending.removesuffix("s"))
    return f"{stem}{_BOTH}{feminine}" if feminine else match.group()


def _spread_capital(match: re.Match[str]) -> str:
    return f"{match['stem']}{_BOTH}{match['stem']}e"


def _feminine(stem: str, ending: str) -> str | None:
    bare = fold(stem)
    for written, after, instead in _FEMININES:
        if ending == written and bare.endswith(after):
            return bare[: len(bare) - len(after)] + instead
    return None
