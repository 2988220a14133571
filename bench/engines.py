"""The engines that bench/search.py compares, each asked the same things: ours, and two others of the trade."""

import os
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import psutil
import tantivy

from forum.database.connection import database
from forum.search.engines import analyser, entry
from forum.search.engines.postgres import tables
from forum.search.engines.postgres.engine import PostgresEngine
from forum.search.engines.protocol import Document, Engine, Query, Word
from forum.search.engines.whoosh.engine import WhooshEngine

NOBODY: frozenset[int] = frozenset()


class OurEngine:
    """An engine of the site."""

    engine: Engine

    def built(self, shelf: str) -> bool:
        return bool(self.engine.generation(shelf))

    def rebuild(self, shelf: str, documents: Iterable[Document]) -> None:
        self.engine.rebuild(shelf, documents, lambda refs: [])

    def open(self, _: None) -> None:
        self.engine.close()
        self.engine.find(Query(), NOBODY, 1)

    def typing(self, typed: str) -> None:
        self.engine.find(Query(_words(typed), frozenset({"groupe"})), NOBODY)

    def search(self, typed: str) -> None:
        self.engine.find(Query(_words(typed)), NOBODY)

    def search_unfinished(self, typed: str) -> None:
        *whole, last = _words(typed)
        self.engine.find(Query((*whole, Word(last.terms, unfinished=True))), NOBODY)

    def change(self, document: Document) -> None:
        with self.engine.begin() as batch:
            batch.update([document])

    def close(self) -> None:
        self.engine.close()

    def cpu(self) -> float:
        return time.process_time()

    def memory(self) -> float:
        return _megabytes()


class Whoosh(OurEngine):
    name = "Whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder, self.engine = folder, WhooshEngine(folder)

    def size(self, shelf: str) -> int:
        return sum(path.stat().st_size for path in (self.folder / shelf).rglob("*") if path.is_file())


class Postgres(OurEngine):
    name = "PostgreSQL"

    def __init__(self) -> None:
        self.engine = PostgresEngine()
        (pid,) = database.execute_sql("select pg_backend_pid()").fetchone()
        self.backend = psutil.Process(pid)

    def cpu(self) -> float:
        """With that of the server's process for our connection."""
        times = self.backend.cpu_times()
        return time.process_time() + times.user + times.system

    def memory(self) -> float:
        """With that of the server's process for our connection, the memory that its processes share left out."""
        told = self.backend.memory_info()
        return _megabytes() + (told.rss - told.shared) / 2**20

    def size(self, shelf: str) -> int:
        build = tables.current(shelf)
        assert build is not None
        return database.execute_sql("select pg_total_relation_size(%s)", (build.table,)).fetchone()[0]


class Tantivy:
    """The same terms in tantivy, groups by the beginnings of words as ours are; the heaviest first by a fast field.

    Its files are kept in the order of weight too.
    """

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = (
            tantivy.SchemaBuilder()
            .add_text_field("t", tokenizer_name="whitespace", index_option="basic")
            .add_integer_field("weight", fast=True)
            .build()
        )
        self.index: dict[str, tantivy.Index] = {}
        for shelf in ("groupes", "textes"):
            (folder / shelf).mkdir(parents=True, exist_ok=True)
        self.open(None)

    def built(self, shelf: str) -> bool:
        return self.index[shelf].searcher().num_docs > 0

    def rebuild(self, shelf: str, documents: Iterable[Document]) -> None:
        writer = self.index[shelf].writer(heap_size=128_000_000, num_threads=1)
        for document in documents:
            self._add(writer, document)
        writer.commit()
        writer.wait_merging_threads()
        self.index[shelf].reload()

    def find(self, shelf: str, conditions: list[tantivy.Query]) -> list:
        must = [(tantivy.Occur.Must, condition) for condition in conditions or [tantivy.Query.all_query()]]
        searcher = self.index[shelf].searcher()
        hits = searcher.search(tantivy.Query.boolean_query(must), 20, count=False, order_by_field="weight").hits
        return [weight for weight, _ in hits]

    def open(self, _: None) -> None:
        sorted_by = {"sort_by_field": "weight", "sort_order": tantivy.Order.Desc}
        for shelf in ("groupes", "textes"):
            self.index[shelf] = tantivy.Index(self.schema, str(self.folder / shelf), **sorted_by)
        self.find("textes", [self._term("a")])

    def typing(self, typed: str) -> None:
        self.find("groupes", [self._term(forms[0]) for forms in analyser.words(typed)])

    def search(self, typed: str) -> None:
        self.find("textes", [self._term(forms[0]) for forms in analyser.words(typed)])

    def search_unfinished(self, typed: str) -> None:
        *whole, last = (forms[0] for forms in analyser.words(typed))
        begun = tantivy.Query.regex_query(self.schema, "t", f"{last}.*")
        self.find("textes", [*map(self._term, whole), begun])

    def change(self, document: Document) -> None:
        writer = self.index["textes"].writer(heap_size=15_000_000, num_threads=1)
        self._add(writer, document)
        writer.commit()
        writer.wait_merging_threads()
        self.index["textes"].reload()

    def size(self, shelf: str) -> int:
        return sum(path.stat().st_size for path in (self.folder / shelf).iterdir())

    def close(self) -> None:
        self.index.clear()

    def cpu(self) -> float:
        return time.process_time()

    def memory(self) -> float:
        return _megabytes()

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, "t", term, "basic")

    @staticmethod
    def _add(writer: tantivy.IndexWriter, document: Document) -> None:
        writer.add_document(tantivy.Document(t=" ".join(entry.terms(document)), weight=document.weight))


class Fts:
    """The same terms in SQLite FTS5, rowid order being the order of weight."""

    name = "FTS5"

    def __init__(self, path: Path) -> None:
        self.path, self.before = path, 0
        self.base = sqlite3.connect(path)
        for shelf in ("groupes", "textes"):
            self.base.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {shelf}"
                " USING fts5(t, content='', tokenize='ascii', prefix='1 2 3 4')"
            )
        self.top = max(self.last(shelf) for shelf in ("groupes", "textes"))

    def last(self, shelf: str) -> int:
        (number,) = self.base.execute(f"SELECT max(rowid) FROM {shelf}").fetchone()
        return number or 1 << 40

    def built(self, shelf: str) -> bool:
        return self.last(shelf) > 1 << 40

    def rebuild(self, shelf: str, documents: Iterable[Document]) -> None:
        self.before = self.path.stat().st_size
        with self.base:
            self.base.executemany(f"INSERT INTO {shelf}(rowid, t) VALUES (?, ?)", map(self._row, documents))

    def find(self, shelf: str, match: str) -> list:
        return self.base.execute(
            f"SELECT rowid FROM {shelf} WHERE t MATCH ? ORDER BY rowid LIMIT 20", (match,)
        ).fetchall()

    def open(self, _: None) -> None:
        self.close()
        self.base = sqlite3.connect(self.path)
        self.find("textes", "a*")

    def typing(self, typed: str) -> None:
        self.find("groupes", " AND ".join(f"{forms[0]}*" for forms in analyser.words(typed)) or "a*")

    def search(self, typed: str) -> None:
        self.find("textes", " AND ".join(forms[0] for forms in analyser.words(typed)))

    def search_unfinished(self, typed: str) -> None:
        self.find("textes", " AND ".join(forms[0] for forms in analyser.words(typed)) + "*")

    def change(self, document: Document) -> None:
        with self.base:
            self.base.execute("INSERT INTO textes(rowid, t) VALUES (?, ?)", self._row(document))

    def size(self, _: str) -> int:
        return self.path.stat().st_size - self.before

    def close(self) -> None:
        self.base.close()

    def cpu(self) -> float:
        return time.process_time()

    def memory(self) -> float:
        return _megabytes()

    def _row(self, document: Document) -> tuple[int, str]:
        self.top += 1
        return self.top, " ".join(analyser.terms(f"{document.title} {document.body} {document.aliases}"))


def _words(typed: str) -> tuple[Word, ...]:
    return tuple(Word(forms) for forms in analyser.words(typed))


def _megabytes() -> float:
    return psutil.Process(os.getpid()).memory_info().rss / 2**20
