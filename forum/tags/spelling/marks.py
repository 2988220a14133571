"""Marked inclusive writing: insoumis·es, militant-e-s, INSOUMIS_E, joueur(se)s, directeurice; what each mark joins."""

import re
from typing import NamedTuple

from forum.tags.spelling import lexicon
from forum.tags.spelling.words import IRREGULAR, identity, is_known

DOT = "·"
OTHER_DOTS = str.maketrans(dict.fromkeys("⋅•‧∙・⸱*․", DOT))
ENDINGS = frozenset(
    "e es x xe xes le les lle lles ne nes te tes tte ttes se ses sse sses ve ves fe fes he hes que ques che ches "
    "ice ices rice rices trice trices euse euses eresse eresses esse esses ère ères ere eres ière ières iere ieres "
    "elle elles eille eilles olle olles enne ennes ienne iennes onne onnes eure eures ale ales ive ives ève èves "
    "ique iques aux eux aine aines ée ées ine ines ante antes ente entes aise aises oise oises ète ètes ue ues ë ës "
    "îche îches èche èches igne ignes ène ènes étesse étesses oresse oresses".split()
)
PLURALS = frozenset({"s", "x"})
# Capitals that end a word otherwise small: militantEs, travailleurEUSEs.
CAPITALS = re.compile(r"(?<=[a-zà-öø-ÿœ]{2})([A-ZÀ-Ý]{1,5})(s?)(?![^\W\d_])")
BRACKETS = re.compile(r"[(\[{][·.-]?([^\W\d_]{1,6})[)\]}]")
POINTS = re.compile(r"(?<=[^\W\d_])[./](?=[^\W\d_])")
CONTRACTION = re.compile(r"(?<=\w{2})(?:(eur)(?:r?ices?|[re]?euses?)|teurtrices?)$")
FEMININES = (
    (("rice", "trice", "ice"), "eur", "rice"), (("euse", "se"), "eur", "euse"), (("euse", "se"), "x", "se"),
    (("e", "ère", "ere", "ière", "iere"), "er", "ère"), (("ve", "ive", "ève"), "f", "ve"),
    (("que",), "grec", "grecque"), (("que", "ique"), "c", "que"),
    (("elle", "lle"), "eau", "elle"), (("elle", "le"), "el", "elle"), (("enne", "ienne", "ne"), "en", "enne"),
    (("eresse",), "eur", "eresse"), (("ale", "le"), "al", "ale"), (("olle",), "ou", "olle"), (("ète",), "et", "ète"),
    (("îche",), "is", "îche"), (("èche",), "ec", "èche"), (("igne",), "in", "igne"), (("ène",), "en", "ène"),
    (("étesse",), "ète", "étesse"), (("oresse",), "eur", "oresse"),
)  # fmt: skip


class Marked(NamedTuple):
    """A segment once read: its unmarked form, and the feminine that the mark declares to be the same."""

    masculine: str
    feminine: str | None = None


def unified(text: str) -> str:
    """`text` in lower case, every sign of inclusive writing turned into one middle dot; hyphens stay."""
    text = CAPITALS.sub(lambda found: DOT + found[0] if found[1].lower() in ENDINGS else found[0], text)
    text = BRACKETS.sub(r"·\1", text.lower().translate(OTHER_DOTS))
    return re.sub(r"·{2,}", DOT, POINTS.sub(DOT, text)).strip(DOT)


def joined(segments: list[str]) -> list[str]:
    """Hyphened endings put back behind their word: militant, e, s -> militant·e·s; haute, vienne stay."""
    result: list[str] = []
    for segment in segments:
        word = result[-1] if result else ""
        if (segment in ENDINGS and agrees(word, segment)) or (segment in PLURALS and takes_plural(word, segment)):
            result[-1] = word + DOT + segment
        else:
            result.append(segment)
    return result


def takes_plural(word: str, plural: str) -> bool:
    return DOT in word or (len(word) > 2 and is_known(word + plural))


def agrees(word: str, ending: str) -> bool:
    """Whether a hyphen and `ending` after `word` can be inclusive writing: e-mail, rer-e and plan-e are none."""
    if len(word) < 3 or DOT in word or not word.isalpha():
        return False
    base = masculine_of(word, ending)
    if base != word and word in IRREGULAR:
        return ending in ("te", "tes")
    if is_known(base):
        feminine = feminine_of(base, ending)
        # A lone e may be a letter (plan-e): it wants a feminine without another sense.
        if ending == "e":
            return identity(feminine) == identity(base) != feminine
        made = (reading[:2] for reading in lexicon.readings(feminine))
        return feminine != base and (feminine, identity(base)) in made
    return len(word) > 4 and ending in ("e", "es") and word[-1] not in "aeéiouy"


def read(segment: str) -> list[Marked]:
    """The words of one segment (no hyphen): one, or several when the dot joins no ending (sncf.fr)."""
    parts = [part for part in segment.split(DOT) if part] or [""]
    word, *endings = parts
    contracted = _contracted(word)
    if contracted:
        return [Marked(contracted)]
    if not endings or (len(word) > 1 and endings in (["s"], ["x"])):
        return [Marked(word)]
    if not _marks_feminine(word, endings[0]):
        return [Marked(part) for part in parts]
    masculine = masculine_of(word, endings[0])
    return [Marked(masculine, feminine_of(masculine, endings[0]))]


def _contracted(word: str) -> str:
    """The masculine of a word that joins both without a mark (directeurice), '' for another."""
    masculine = CONTRACTION.sub(lambda found: found[1] or "teur", word)
    return masculine if masculine != word and not is_known(word) and is_known(masculine) else ""


def _marks_feminine(word: str, ending: str) -> bool:
    if len(word) < 2 or ending in PLURALS:
        return False
    return ending in ENDINGS or identity(ending) == identity(word)


def masculine_of(word: str, ending: str) -> str:
    """The word that stands before a mark: insoumi -> insoumis, ouvrièr -> ouvrier, depute -> député."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("e") and ending in ("e", "es"):
        word = next((reading.form for reading in lexicon.readings(word) if reading.form.endswith("é")), word)
    if is_known(word):
        return word
    heads = {reading.head for reading in lexicon.readings(word) if len(word) > 4}
    if len(heads) == 1:
        return heads.pop()
    return next((word + end for end in ("s", "x") if is_known(word + end)), word)


def feminine_of(masculine: str, ending: str) -> str:
    """The feminine that `ending` makes of `masculine`, both in the singular: acteur, rice -> actrice."""
    single = identity(masculine)
    ending = ending[:-1] if ending.endswith("s") else ending
    for endings, taken, added in FEMININES:
        if ending in endings and single.endswith(taken):
            return single[: -len(taken)] + added
    return single if ending in ("x", "xe", "") else single + ending
