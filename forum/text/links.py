"""Where an address typed in running text ends, as a French reader sees it end.

GFM's automatic links (github.github.com/gfm, 6.9) end at an ASCII space or "<" alone. Phones and word processors put
no-break spaces, guillemets and signs of no width beside an address, which are no part of it.
"""

import re
import unicodedata
from html import escape, unescape
from urllib.parse import quote

# A link whose words are its own address: made of an address in the text, or of one between < and >.
AUTOMATIC = re.compile(r'<a href="([^"]*)">((?:https?://|ftp://|www\.)[^<]*)</a>', re.IGNORECASE)
# Signs that join the letters of one word, and close a sentence where no letter follows.
JOINING = "’‘…·⋅•‧∙"
# What GFM takes off the end of an address; a closing parenthesis only where none opens it.
CLOSING = "?!.,:*_~'\";"
# As comrak writes an address: everything that RFC 3986 knows stays as it is.
KEPT = "-_.~:/?#[]@!$&'()*+,;=%"


def ended(html: str) -> str:
    """The HTML with each automatic link ended where a reader sees its address end; the rest follows it as text."""
    return AUTOMATIC.sub(_ended, html)


def _ended(link: re.Match[str]) -> str:
    typed = unescape(link[2])
    end = end_of(typed)
    start = "http://" if typed[:4].lower() == "www." else ""
    # Only where the words really are the address: it can be made again of a part of them.
    if end == len(typed) or start + quote(typed, safe=KEPT) != unescape(link[1]):
        return link[0]
    address = escape(start + quote(typed[:end], safe=KEPT))
    return f'<a href="{address}">{escape(typed[:end], quote=False)}</a>{escape(typed[end:], quote=False)}'


def end_of(typed: str) -> int:
    """How many signs of this text, which begins with an address, are the address."""
    end = next((place for place in range(len(typed)) if _ends(typed, place)), None)
    if end is None:
        return len(typed)
    while end and (typed[end - 1] in CLOSING or _closes(typed[:end])):
        end -= 1
    return end


def _ends(typed: str, place: int) -> bool:
    sign = typed[place]
    if sign.isascii():
        return False
    kind = unicodedata.category(sign)
    if kind[0] in "ZC":
        return True
    if sign in JOINING:
        return not typed[place + 1 : place + 2].isalnum()
    return kind[0] == "P"


def _closes(typed: str) -> bool:
    return typed.endswith(")") and typed.count(")") > typed.count("(")
