"""One tag under all its spellings: the key that makes it one, what two words are to each other, how a tag is shown.

The ladder: typography, inclusive writing, number, gender and lone accents fold by themselves (`key`); what only looks
alike is put to members (`compare` says "proposed"); everything else stays apart. Pure functions, cached.
"""

import re
import unicodedata
from functools import lru_cache

from forum.tags.spelling import lexicon, marks
from forum.tags.spelling.nearness import are_near
from forum.tags.spelling.words import identity, is_known, lacks_accents, restored
from forum.text.typed import folded, without_hash

SHORTEST, LONGEST = 2, 50
SEPARATORS = re.compile(r"[\s_'’‘ʼ‐‑‒–—./-]+")
ALLOWED = re.compile(r"[\w\s'’‘ʼ‐‑()\[\]·⋅•‧∙・⸱*./-]+")
STRANGE = re.compile(r"[^\w-]+")
# A département or a circonscription behind a word: 1 to 95, 2A, 2B, 099, and what is overseas.
DEPARTEMENT = re.compile(r"0?(?:0?[1-9]|[1-8]\d|9[0-5]|99|2[ab])|97[1-8]|98[6-8]")
CIRCONSCRIPTION = re.compile(r"0?[1-9]|1\d|2[0-4]")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The key under which a tag is unique: same key, same tag. Lower case, accents kept, hyphens between words.

    `insoumis·e-87` gives `insoumis-087`, `#Électrices` gives `électeur`. Empty when nothing in `text` can be a tag.
    """
    segments = [word.masculine for found in parsed(text) for word in found]
    return keyed(segments)


@lru_cache(maxsize=16384)
def keys(text: str) -> tuple[str, ...]:
    """The keys under which the tag of a spelling may stand, the first that exists counting: its own, once a gardener
    parted it from what the ladder makes of it, then that of its singular, and last `key`. Empty as `key` is.
    """
    common, own = key(text), unfolded(text)
    if not common:
        return ()
    singular = own.removesuffix("s")
    return tuple(dict.fromkeys((own, *([singular] if key(singular) == common else []), common)))


def unfolded(text: str) -> str:
    """The key without what the lexicon folds: number and gender stay as typed, lone accents are restored."""
    words = (STRANGE.sub("", word.masculine) for found in parsed(text) for word in found)
    return "-".join(coded([restored(word)[0] if word.isalpha() else word for word in words if word]))


@lru_cache(maxsize=16384)
def handle_key(text: str) -> str:
    """The same for the handle of a group, which is written without accents."""
    return folded(key(text if text.isascii() else folded(text)))


def declares(text: str) -> tuple[str, str] | None:
    """The two keys that inclusive writing declares to be one, where no lexicon said so: zorglub·e.

    None when there is nothing to declare, or when both words are known to differ (médecin·e).
    """
    found = parsed(text)
    words = [word for readings in found for word in readings]
    pairs = [word for word in words if word.feminine and identity(word.feminine) != identity(word.masculine)]
    if not pairs or any(is_known(word.feminine or "") for word in pairs):
        return None
    return keyed([word.masculine for word in words]), keyed([word.feminine or word.masculine for word in words])


def compare(one: str, other: str) -> str:
    """What two words are to each other: "automatic" (one tag), "proposed" (ask members) or "different"."""
    keys = key(one), key(other)
    if keys[0] == keys[1]:
        return "automatic" if keys[0] else "different"
    for declared in (declares(one), declares(other)):
        if declared and set(declared) == set(keys):
            return "automatic"
    return "proposed" if are_near(*keys) or are_near(typed_plainly(one), typed_plainly(other)) else "different"


def typed_plainly(text: str) -> str:
    """What was typed, without its marks, before any folding: an own-sense plural with a slip is near its plural."""
    return "-".join(word.masculine for found in parsed(text) for word in found)


def label(text: str) -> str:
    """The tidy spelling of a tag to show: small letters (but ONU), hyphens, the middle dot for inclusive writing.

    It has the key of `text`, and no sign that cuts an address in two.
    """
    text = typed_sign(text)
    if re.fullmatch(r"[A-Z0-9]{2,5}", text):
        return text
    return "-".join(marks.joined(split(text)))[:LONGEST].strip("-·")


def valid(text: str) -> bool:
    """Whether this can be a tag: 2 to 50 signs, a letter at least, no sign but those of words."""
    text = typed_sign(text)
    if not SHORTEST <= len(text) <= LONGEST or not ALLOWED.fullmatch(text):
        return False
    return any(sign.isalpha() for sign in text) and len(key(text)) >= SHORTEST


def parsed(text: str) -> list[list[marks.Marked]]:
    """The hyphened segments of a typed tag, each with the words its marks make."""
    return [marks.read(segment) for segment in marks.joined(split(typed_sign(text)))]


def typed_sign(text: str) -> str:
    """What was typed, in signs of ordinary width and composed accents, without the # before it."""
    return without_hash(unicodedata.normalize("NFKC", text))


def split(text: str) -> list[str]:
    """The segments between hyphens, in small letters: spaces, underlines and apostrophes are hyphens too."""
    return [segment for segment in (part.strip(marks.DOT) for part in SEPARATORS.split(marks.unified(text))) if segment]


def keyed(words: list[str]) -> str:
    """The key of these words: a place or a compound the lexicon knows stays whole, codes take their full width."""
    words = [word for word in (STRANGE.sub("", word) for word in words) if word]
    whole = "-".join(words)
    if len(words) > 1:
        full = known_compound(whole)
        if full:
            return full
    return "-".join(coded([identity(word) for word in words]))


def known_compound(whole: str) -> str | None:
    """The head of a hyphened word or the full spelling of a place; None for words merely put side by side.

    The lexicon lists every form of a compound as a head: sapeurs-pompiers is sapeur-pompier, which it lists too.
    """
    found = lexicon.readings(whole)
    exact = {reading.head for reading in found if reading.form == whole}
    heads = exact or {reading.head for reading in found if lacks_accents(whole, reading.form)}
    if len(heads) != 1:
        return None
    head = heads.pop()
    single = "-".join(identity(word) for word in head.split("-"))
    return single if lexicon.entries(folded(single)) and is_known(single) else head


def coded(words: list[str]) -> list[str]:
    """insoumis, 87, 3 -> insoumis, 087, 03. A number that stands first, or before more words, is no place."""
    numbers = next((index for index, word in enumerate(words) if word[0].isdigit()), len(words))
    head, tail = words[:numbers], words[numbers:]
    if not head or not 1 <= len(tail) <= 2 or not DEPARTEMENT.fullmatch(tail[0]):
        return words
    if len(tail) == 2 and not CIRCONSCRIPTION.fullmatch(tail[1]):
        return words
    return [*head, tail[0].zfill(3), *(number.zfill(2) for number in tail[1:])]
