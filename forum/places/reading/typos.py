"""Rule 8: one typo in 5 to 7 letters, two in 8 and more."""

import re
from collections.abc import Sequence

from forum.places.reading.gazetteer import Gazetteer, Vocabulary
from forum.places.reading.matches import PlaceMatch
from forum.places.reading.names import LEAD, folded, ranked
from forum.places.reading.normalise import bare
from forum.places.reading.ordinary import is_known

ALPHABET = {sign: 1 << rank for rank, sign in enumerate("abcdefghijklmnopqrstuvwxyz")}
SHORTEST = 4
SILENT_END = re.compile(r"(?:es|[estxd])$")
SOUNDS = [
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"),
        ("eaux?|aux?", "o"),
        ("ai|ei", "e"),
        ("(?:qu|ck|ch(?=r)|c(?=[^eiyh]|$))", "k"),
        ("g(?=[ei])", "j"),
        ("[czx]", "s"),
        ("sh", "ch"),
        ("h", ""),
        ("y", "i"),
        (r"(.)\1+", r"\1"),
    )
]


def sound(key: str) -> str:
    """Nearly how a key is said in French: corez and Corrèze, bordo and Bordeaux, brusel and Bruxelles sound alike."""
    said = SILENT_END.sub("", key.replace(" ", ""))
    for written, heard in SOUNDS:
        said = written.sub(heard, said)
    return said


def letters(key: str) -> int:
    """The set of the letters of a key, one bit each."""
    bits = 0
    for sign in key:
        bits |= ALPHABET.get(sign, 0)
    return bits


def allowed(key: str) -> int:
    """How many typos a key of this length may hide."""
    count = len(key.replace(" ", ""))
    return 0 if count < 5 else 1 if count < 8 else 2


def corrected(text: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    """The places whose name is nearest to the text, with a sentence saying what was understood."""
    key = bare(LEAD.sub("", text, count=1))
    if len(key) < SHORTEST or is_known(key) or is_known(key.removesuffix("s")) or any(sign.isdigit() for sign in key):
        return None
    vocabulary = gazetteer.vocabulary()
    nearest, alike = {*_nearest(key, allowed(key), vocabulary)}, {*vocabulary.by_sound.get(sound(key), ())}
    found = gazetteer.named(nearest & alike or nearest | alike)
    places = ranked(name.place for names in found.values() for name in names if name.role != "former")
    answer = folded(places) if places else None
    if answer is None:
        return None
    return PlaceMatch(answer.places[:5], f"Nous avons compris «\u202f{places[0].name}\u202f».", answer.others)


def _nearest(key: str, limit: int, vocabulary: Vocabulary) -> list[str]:
    """The keys at the least distance, if within the limit; most names fall when sets of letters are compared."""
    if not limit:
        return []
    bits = letters(key)
    near = [
        word
        for length in range(len(key) - limit, len(key) + limit + 1)
        for word, mask in vocabulary.by_length.get(length, ())
        if (bits ^ mask).bit_count() <= 2 * limit
    ]
    distances = {word: distance(key, word) for word in near if _likely(key, word, limit)}
    least = min(distances.values(), default=limit + 1)
    return [word for word, far in distances.items() if far == least] if least <= limit else []


def _likely(key: str, word: str, limit: int) -> bool:
    """Two typos are not looked for in short names, nor when even the first letter differs."""
    return key[0] == word[0] or (limit == 1 and key[1:3] == word[1:3]) or key[:2] == word[1::-1]


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Letters added, dropped, changed or swapped with the next (Damerau 1964, at most one edit a place)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
