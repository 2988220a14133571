"""The terms under which a document is found, the same for every engine."""

from forum.search.engines import analyser
from forum.search.engines.protocol import Document

# Longest beginning of a word kept for groups, which are found as one types.
LONGEST_START = 12
# An unfinished word of a text is looked for by its beginning from so many letters on.
SHORTEST_UNFINISHED = 4
# Hits in a title that come before the others; beyond, all come by weight.
TITLES_FIRST = 40


def title_terms(document: Document) -> set[str]:
    """The terms of its title."""
    return analyser.terms(document.title)


def terms(document: Document) -> set[str]:
    """Every term that finds it: a text by whole words and by its whole title, a group by the beginnings of its name and
    aliases too."""
    if document.kind == "groupe":
        return _starts(title_terms(document) | analyser.terms(document.aliases)) | analyser.terms(document.body)
    whole = {analyser.whole(document.title)} - {""}
    return whole | title_terms(document) | analyser.terms(document.body)


def _starts(whole: set[str]) -> set[str]:
    return whole | {term[:length] for term in whole for length in range(1, LONGEST_START + 1)}
