"""What PostgreSQL is given: a document and a question as literal lexemes, so that no dictionary of its own takes part.

One tsvector holds everything a document is found by, each sort of lexeme behind a sign of its own; one tsquery then
asks for everything at once, and the one index answers it.
"""

from collections.abc import Iterable, Iterator

from forum.search.engines import entry
from forum.search.engines.protocol import SHELVES, Document, Query, Word

WORD, TITLE, TAG, PLACE, GROUP, AUTHOR, KIND = "", "^", "#", "@", "&", "~", "!"

# A tsvector holds at most one megabyte, its own counting included; the words of a longer text are kept in part.
MOST_BYTES = 700_000


def vector(document: Document) -> str:
    """The literal tsvector of a document."""
    titles = entry.title_terms(document) if document.kind != "groupe" else set()
    lexemes = [_quoted(KIND, document.kind), _quoted(GROUP, document.group), _quoted(AUTHOR, document.author)]
    lexemes += [_quoted(TAG, tag) for tag in document.tags]
    lexemes += [_quoted(PLACE, code) for code in document.places]
    lexemes += [_quoted(TITLE, term) for term in sorted(titles)]
    return " ".join(_within_limits([*lexemes, *(_quoted(WORD, term) for term in sorted(entry.terms(document)))]))


def question(query: Query, in_title: bool = False) -> str:
    """The literal tsquery of a query, '' when it asks for everything; `in_title`: the words as those of a title."""
    return " & ".join(f"({' | '.join(alternatives)})" for alternatives in _conditions(query, in_title))


def is_vain(query: Query) -> bool:
    """Whether some word leaves nothing to look for, so that nothing can be found."""
    return any(not word.terms and not word.tags for word in query.words)


def _conditions(query: Query, in_title: bool) -> Iterator[list[str]]:
    whole_words = query.shelf == "groupes"
    for word in query.words:
        yield [*_terms(word, TITLE if in_title else WORD, whole_words), *(_quoted(TAG, tag) for tag in word.tags)]
    everything = query.kinds >= {kind for kind, shelf in SHELVES.items() if shelf == query.shelf}
    kinds = () if everything else sorted(query.kinds)
    wanted = {KIND: kinds, TAG: query.tags, PLACE: query.places, GROUP: query.groups, AUTHOR: query.authors}
    for sign, values in wanted.items():
        if values:
            yield [_quoted(sign, value) for value in values]


def _terms(word: Word, sign: str, whole_words: bool) -> Iterator[str]:
    """Groups are written with the beginnings of their words: there the beginning is itself a whole term."""
    for term in word.terms:
        begun = word.unfinished and not whole_words and len(term) >= entry.SHORTEST_UNFINISHED
        yield f"{_quoted(sign, term)}:*" if begun else _quoted(sign, term)


def _quoted(sign: str, value: str | int) -> str:
    text = str(value).replace("\\", "\\\\").replace("'", "''")
    return f"'{sign}{text}'"


def _within_limits(lexemes: Iterable[str]) -> Iterator[str]:
    size = 0
    for lexeme in lexemes:
        # Each lexeme costs four bytes more than itself.
        size += len(lexeme.encode()) + 4
        if size > MOST_BYTES:
            return
        yield lexeme
