"""What French knows of a spelling: the words it can be a form of, read from data/lexicon.txt.gz."""

import gzip
import re
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from forum.text.typed import folded

DATA = Path(__file__).resolve().parents[1] / "data" / "lexicon.txt.gz"
HEADWORD, FORM, INVARIABLE, PROPER, PLACE, FINITE, PARTICIPLE = (
    "headword",
    "form",
    "0",
    "p",
    "l",
    "f",
    "participle",
)
# What a verb in -er adds to its stem: a tag written "engage" may be the verb, "engagé" the participle.
FINITE_ENDINGS, PARTICIPLE_ENDINGS = ("e", "es", "ent"), ("é", "ée", "és", "ées")


class Analysis(NamedTuple):
    """One way to read a spelling: `form` of the word `head`, with its accents."""

    form: str
    head: str
    kind: str


class Lexicon(NamedTuple):
    lines: list[bytes]
    # (ending, what it replaces), both without accents -> the classes that do so, with accents.
    endings: dict[str, dict[str, dict[str, list[tuple[str, str]]]]]


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[Analysis, ...]:
    """Every reading whose form is written like `word` once both have lost their accents."""
    fold = folded(word)
    found = [reading for head, kind in entries(fold) for reading in plain_readings(head, kind)]
    known = lexicon().endings
    for length in range(min(6, len(fold) - 1), -1, -1):
        ending = fold[len(fold) - length :]
        for replaced, classes in known.get(ending, {}).items():
            found += inflected(fold[: len(fold) - length] + replaced, classes)
    return tuple(dict.fromkeys(found + verbal(fold)))


def plain_readings(head: str, kind: str) -> list[Analysis]:
    if kind == "v":
        return [Analysis(head, head, INVARIABLE)]
    return [Analysis(head, head, HEADWORD if kind[0] == "n" else kind)]


def inflected(stem: str, classes: dict[str, list[tuple[str, str]]]) -> list[Analysis]:
    return [
        Analysis(head[: len(head) - len(taken)] + added, head, FORM)
        for head, kind in entries(stem)
        for taken, added in classes.get(kind, ())
        if head.endswith(taken)
    ]


def verbal(fold: str) -> list[Analysis]:
    found = []
    for endings, kind in ((FINITE_ENDINGS, FINITE), (PARTICIPLE_ENDINGS, PARTICIPLE)):
        for ending in endings:
            if fold.endswith(folded(ending)):
                verbs = [head for head, kind in entries(fold[: -len(ending)] + "er") if kind == "v"]
                found += [Analysis(stem_of(verb, kind) + ending, verb[:-2] + "é", kind) for verb in verbs]
    return found


def stem_of(verb: str, kind: str) -> str:
    """grever -> grèv before a mute e: "greve" is no verb form, so that it can only be the noun without its accent."""
    stem = verb[:-2]
    return re.sub(r"[eé]([bcdgmnprstv]r?)$", r"è\1", stem) if kind == FINITE else stem


def entries(fold: str) -> list[tuple[str, str]]:
    """The headwords written `fold` without accents, each with its class."""
    lines, start = lexicon().lines, fold.encode() + b"\t"
    place = bisect_left(lines, start)
    if place == len(lines) or not lines[place].startswith(start):
        return []
    pairs = (entry.split(":") for entry in lines[place][len(start) :].decode().split(";"))
    return [(head or fold, kind) for head, kind in pairs]


@cache
def lexicon() -> Lexicon:
    """Read on first use and kept: about 30 ms and 6 MB."""
    head, *lines = gzip.decompress(DATA.read_bytes()).split(b"\n")
    endings: dict[str, dict[str, dict[str, list[tuple[str, str]]]]] = {}
    for kind, changes in (entry.split("=") for entry in head.decode().split()):
        for taken, added in (change.split(">") for change in changes.split(",")):
            by_stem = endings.setdefault(folded(added), {}).setdefault(folded(taken), {})
            by_stem.setdefault(kind, []).append((taken, added))
    return Lexicon(lines, endings)
