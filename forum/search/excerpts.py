"""The passage of a text where the words asked for stand, with these words told apart."""

import re
from collections.abc import Collection, Iterable

from forum import text
from forum.search import analyser
from forum.search.engine import Word

MOST = 160
_SPACE = re.compile(r"(\s+)")

Piece = tuple[str, bool]


def excerpt(source: str, words: Iterable[Word]) -> list[Piece]:
    """About 160 signs of a Markdown text in pieces, each with whether it is a word asked for."""
    terms = {term for word in words for term in word.terms}
    return marked(text.excerpt(source, MOST, around=sorted(terms)), terms)


def marked(line: str, terms: Collection[str]) -> list[Piece]:
    """A line in pieces, words asked for apart; put together they are the line."""
    pieces: list[Piece] = []
    for piece in _SPACE.split(line):
        asked = not piece.isspace() and any(form in terms for forms in analyser.words(piece) for form in forms)
        if pieces and pieces[-1][1] == asked:
            pieces[-1] = (pieces[-1][0] + piece, asked)
        elif piece:
            pieces.append((piece, asked))
    return pieces
