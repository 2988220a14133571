"""What a pseudonym may look like, and the key that makes it unique whatever its case and accents."""

import re
import unicodedata

from forum.text import scripts
from forum.text.scripts import MARKS
from forum.text.typed import folded

SHAPE = re.compile(rf"[^\W_](?:[\w{MARKS}.-]*(?:[^\W_]|[{MARKS}]))?\Z")
# One sign may stand for many (U+FDFA is a sentence of eighteen letters).
LONGEST_FOLDED = 60
RESERVED = frozenset(
    "admin administrateur administratrice moderation moderateur moderatrice parvis systeme equipe".split()
)


def key(username: str) -> str:
    """The pseudonym without case, accents or ligatures: two that share it are the same."""
    return folded(username.strip().casefold())


def problem(username: str) -> str | None:
    """Why this cannot be a pseudonym, in French; None when it can."""
    if not username:
        return "Choisissez un pseudonyme."
    if not 2 <= len(username) <= 30 or len(key(username)) > LONGEST_FOLDED:
        return "Un pseudonyme compte de 2 à 30 signes."
    if not SHAPE.match(unicodedata.normalize("NFC", username)):
        return "Lettres, chiffres, points et tirets seulement, une lettre ou un chiffre au début et à la fin."
    if mixed := scripts.problem(username):
        return mixed
    if key(username) in RESERVED:
        return "Ce nom est réservé au site : choisissez-en un autre."
    return None


def is_named(username: str, words: str) -> bool:
    """Whether a text names this person, whatever the case and accents; not where the name is part of a longer word."""
    return bool(re.search(rf"(?<!\w){re.escape(key(username))}(?!\w)", key(words)))
