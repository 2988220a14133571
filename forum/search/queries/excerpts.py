"""The passage of a text where the words asked for stand, with these words told apart."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from forum.search.engines import analyser
from forum.search.engines.protocol import Word
from forum.text import markdown

MOST = 160
# How far into a text a word is looked for: beyond, the passage is its beginning.
READ = 4_000
# Spaces, elided words, and the punctuation round a word, but not the marks inside it (militant(e)s).
_BETWEEN = re.compile(r"(\s+|(?<=\w)['’]|[.,;:!?…»«()\"]+(?=\s|\Z)|(?<=\s)[«(\"]+)")

Piece = tuple[str, bool]


def excerpt(source: str, words: Iterable[Word]) -> list[Piece]:
    """About 160 signs of a Markdown text in pieces, each with whether it is a word asked for."""
    wanted = [word for word in words if word.terms]
    terms, starts = {term for word in wanted for term in word.terms}, _unfinished(wanted)
    plain = markdown.plain(source)
    first = 0
    for piece, is_asked in marked(plain[:READ], terms, starts):
        if is_asked:
            break
        first += len(piece)
    else:
        first = 0
    return marked(_cut(plain, first), terms, starts)


def marked(line: str, terms: Collection[str], starts: tuple[str, ...] = ()) -> list[Piece]:
    """A line in pieces, the words with one of these terms or starts apart; put together they are the line."""
    pieces: list[Piece] = []
    for piece in _BETWEEN.split(line):
        asked = any(form in terms or form.startswith(starts) for form in _forms(piece))
        if pieces and pieces[-1][1] == asked:
            pieces[-1] = (pieces[-1][0] + piece, asked)
        elif piece:
            pieces.append((piece, asked))
    return pieces


@lru_cache(maxsize=8192)
def _forms(piece: str) -> tuple[str, ...]:
    return tuple(form for forms in analyser.words(piece) for form in forms)


def _unfinished(words: list[Word]) -> tuple[str, ...]:
    """The beginnings that stand for whole words; three letters would mark too much."""
    return tuple(term for word in words if word.unfinished for term in word.terms if len(term) > 3)


def _cut(line: str, first: int) -> str:
    """The signs round `first`, cut between words, an ellipsis at each cut."""
    start = max(0, first - MOST // 3)
    start = line.find(" ", start, first) + 1 or start if start else 0
    end = start + MOST
    end = len(line) if end >= len(line) else max(line.rfind(" ", start, end), start + MOST // 2)
    return ("… " if start else "") + line[start:end].rstrip(" ,;:") + ("…" if end < len(line) else "")
