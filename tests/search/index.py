"""Writing to an engine and asking it, in a word."""

from forum.search.engines import analyser
from forum.search.engines.protocol import Document, Query, Word

NOBODY: frozenset[int] = frozenset()


def text(number, title, body="", weight=None, **more):
    return Document("discussion", number, title, body, weight=number * 10 if weight is None else weight, **more)


def group(number, title, aliases="", **more):
    return Document("groupe", number, title, aliases=aliases, **more)


def write(engine, *documents):
    with engine.begin() as batch:
        batch.update(documents)


def asked(typed):
    return tuple(Word(forms) for forms in analyser.words(typed))


def found(engine, typed, audience=NOBODY, limit=20, after=0, **filters):
    query = Query(asked(typed), frozenset({"discussion"}), **filters)
    return [hit.id for hit in engine.find(query, audience, limit, after)]


def hits(engine, query):
    return engine.find(query, NOBODY)
