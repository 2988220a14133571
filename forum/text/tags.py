"""Hashtags inside a text: where one begins, where it ends, and the address it leads to."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from forum.text.scripts import MARKS

LONGEST_TAG = 50
DOTS = "·⋅•‧∙\u0387・･⸱"
# After a full stop or a slash only an ending makes the word go on: "#eau.Demain" is #eau and a new sentence.
ENDING = (
    "(?:e|s|x|es|le|les|ne|nes|te|tes|se|ses|ve|ves|elle|elles|ère|ères|euse|euses|rice|rices|trice|trices"
    "|eure|eures|esse|esses|fe|fes|che|ches|que|ques|ale|ales|aux|al|if|ifs|ive|ives|eux)"
)
SIGN = f"(?:[^\\W_][{MARKS}]*+)"
# Words that lose their vowel before another: l’eau, qu’on are two words.
ELIDED = "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)"
HASHTAG = re.compile(
    rf"""(?<![\w&/\#{DOTS}])\#
    (?! {ELIDED} ['’] \w )
    (?P<tag>
        {SIGN}++
        (?: [-_‐‑] {SIGN}++                               # insoumis-087-03, INSOUMIS_E
          | ['’] {SIGN}++                                 # Val-d’Oise, Aujourd’hui
          | [{DOTS}] [^\W\d_]+                            # insoumis·e·s
          | [./*] {ENDING} (?![^\W_])                     # insoumis.es, insoumis/e/s, insoumis*es
          | \( [{DOTS}.-]? {ENDING} \) [^\W_]*            # militant(e)s
        )*+
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def found(text: str) -> Iterator[re.Match[str]]:
    """Each hashtag of `text`, in order; a number alone (#3) is a reference to something else, not a tag."""
    for match in HASHTAG.finditer(text):
        typed = match["tag"]
        if len(typed) <= LONGEST_TAG and any(sign.isalpha() for sign in typed):
            yield match


def address(typed: str) -> str:
    """The page of a tag, from its typed spelling.

    Full stops, stars and slashes are written as middle dots, which is the same spelling to the ladder of tags: a slash
    would cut the address in two, and "/t/x.json" is the data of the tag x.
    """
    return "/t/" + quote(re.sub(r"[./*]", "·", typed.lower()), safe="()-_")
