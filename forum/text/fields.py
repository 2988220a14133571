"""What may stand in a field: the sentence to show when it may not."""

import re
import unicodedata

from forum.text.numbers import figure

# A line could be shown backwards, or a name pass for another, with these (Unicode TR 36, 2.10.4).
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Letters by their category, yet nothing is seen of them: Hangul fillers and the blank Braille cell.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def line_problem(value: str, most: int, least: int = 1) -> str | None:
    """The French sentence that says why `value` cannot be a one-line field of `least` to `most` signs, or None.

    Lengths are counted once the outer spaces are taken off.
    """
    if re.search(r"[\t\n\r\u2028\u2029]", value.strip()):
        return "Tout doit tenir sur une seule ligne."
    return sign_problem(value) or length_problem(value, most, least)


def body_problem(value: str, most: int, least: int = 1) -> str | None:
    """The French sentence that says why `value` cannot be a text of several lines, or None; as `line_problem`."""
    return sign_problem(value) or length_problem(value, most, least)


def sign_problem(value: str) -> str | None:
    if UNREADABLE.search(value):
        return "Ce texte contient un caractère illisible ; retapez le passage plutôt que de le coller."
    if OVERRIDES.search(value):
        return "Ce texte contient un signe invisible qui renverse le sens de lecture ; retirez-le."
    return None


def length_problem(value: str, most: int, least: int) -> str | None:
    length = len(value.strip())
    if least and not any(map(is_seen, value)):
        return "Écrivez quelque chose ici."
    if length < least:
        return f"C’est trop court : il faut au moins {figure(least)} signes."
    if length > most:
        return f"C’est trop long : {figure(length)} signes, pour {figure(most)} au plus."
    return None


def says_something(value: str) -> bool:
    """Whether a text holds a letter or a figure: a dot and a sign that nobody sees are no reason."""
    return any(sign.isalnum() and sign not in BLANKS for sign in value)


def is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZC" and sign not in BLANKS
