"""Everyday words that are also names of places, and words too near to one to be taken for a typo."""

from functools import cache
from pathlib import Path

from forum.places.reading.normalise import bare

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def _list(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_ordinary(text: str, full: str) -> bool:
    """Whether a typed text is an everyday word rather than the commune of this full key.

    "mer" is; "la garde" is La Garde, whose article was typed; "l union" stays an everyday word, being listed as such.
    """
    ordinary = _list("ordinary.txt")
    return text in ordinary or (bare(text) in ordinary and not (text == full != bare(full)))


def is_common_within(key: str) -> bool:
    """Whether a name means something else too often to be seen as a place inside a longer query: cher, nord, tours."""
    return key in _list("within.txt") or key in _list("ordinary.txt") or bare(key) in _list("ordinary.txt")


def is_known(key: str) -> bool:
    """Whether a text is a word of the language, of which no typo and no beginning of a name is sought."""
    return key in _list("known.txt") or is_ordinary(key, "")
