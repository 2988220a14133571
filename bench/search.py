"""The search engine beside SQLite FTS5, in one run: rate, size, opening, as one types, full search, one change.

    python bench/search.py [--groups N] [--texts N] [--queries N]

Absolute times depend on the machine, the ratios less so: ratios are Whoosh to FTS5, of the p95 where there are two
figures (p50 / p95). Both take the terms of the same analyser, whose time counts, and answer in the order of weight.
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

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forum.search import analyser  # noqa: E402
from forum.search.engine import Document, Query, Word  # noqa: E402
from forum.search.whoosh_engine import WhooshEngine  # noqa: E402

NOBODY: frozenset[int] = frozenset()
WORDS_A_TEXT = 65


def main() -> None:
    options = _options()
    chance = random.Random(87)
    with tempfile.TemporaryDirectory() as folder:
        whoosh, fts = WhooshEngine(Path(folder) / "whoosh"), Fts(Path(folder) / "fts.db")
        words = Words(chance)
        groups = list(words.groups(options.groups))
        print(
            f"{options.groups} groups, {options.texts} texts of {WORDS_A_TEXT} words, {options.queries} queries a line"
        )
        print(f"{'':34}{'Whoosh':>16}{'FTS5':>16}{'ratio':>8}")
        _build("groupes", whoosh, fts, lambda: groups, Path(folder))
        _build("textes", whoosh, fts, lambda: words.texts(options.texts), Path(folder))
        _compare("open, ms", _opening(whoosh), _opening(fts), [None] * 20)
        _compare("as one types, ms", _typing(whoosh), _typing(fts), words.typed(groups, options.queries))
        for count in (1, 2, 3):
            asked = [words.query(count) for _ in range(options.queries)]
            _compare(f"{count} word{'s'[: count > 1]}, ms", _searching(whoosh), _searching(fts), asked)
        changed = list(itertools.islice(words.texts(options.texts), 20))
        _compare("one text changed, ms", _changing(whoosh), fts.replace, changed)
        whoosh.close()


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


class Fts:
    """The same terms in SQLite FTS5, rowid order being the order of weight."""

    def __init__(self, path: Path) -> None:
        self.path, self.top = path, 1 << 40
        self.base = sqlite3.connect(path)
        for shelf in ("groupes", "textes"):
            self.base.execute(
                f"CREATE VIRTUAL TABLE {shelf} USING fts5(t, content='', tokenize='ascii', prefix='1 2 3 4')"
            )

    def rebuild(self, shelf: str, documents: Iterable[Document]) -> None:
        with self.base:
            self.base.executemany(f"INSERT INTO {shelf}(rowid, t) VALUES (?, ?)", map(self._row, documents))

    def find(self, shelf: str, match: str) -> list:
        return self.base.execute(
            f"SELECT rowid FROM {shelf} WHERE t MATCH ? ORDER BY rowid LIMIT 20", (match,)
        ).fetchall()

    def replace(self, document: Document) -> None:
        with self.base:
            self.base.execute("INSERT INTO textes(rowid, t) VALUES (?, ?)", self._row(document))

    def size(self) -> int:
        return self.path.stat().st_size

    def close(self) -> None:
        self.base.close()
        self.base = sqlite3.connect(self.path)

    def _row(self, document: Document) -> tuple[int, str]:
        self.top += 1
        return self.top, " ".join(analyser.terms(f"{document.title} {document.body} {document.aliases}"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--queries", type=int, default=300)
    return parser.parse_args()


def _build(
    shelf: str, whoosh: WhooshEngine, fts: Fts, documents: Callable[[], Iterable[Document]], folder: Path
) -> None:
    """Rate by processor time, and bytes a document."""
    rows, before = list(documents()), fts.size()
    mine = len(rows) / _cpu(lambda: whoosh.rebuild(shelf, rows, lambda refs: []))
    theirs = len(rows) / _cpu(lambda: fts.rebuild(shelf, rows))
    _line(f"{shelf}: documents a cpu-second", f"{mine:.0f}", f"{theirs:.0f}", mine / theirs)
    mine = sum(path.stat().st_size for path in (folder / "whoosh" / shelf).rglob("*") if path.is_file()) / len(rows)
    theirs = (fts.size() - before) / len(rows)
    _line(f"{shelf}: bytes a document", f"{mine:.0f}", f"{theirs:.0f}", mine / theirs)


def _cpu(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _opening(engine: WhooshEngine | Fts) -> Callable[[None], object]:
    def act(_: None) -> object:
        engine.close()
        return engine.find("textes", "a*") if isinstance(engine, Fts) else engine.find(Query(), NOBODY, 1)

    return act


def _typing(engine: WhooshEngine | Fts) -> Callable[[str], object]:
    if isinstance(engine, Fts):
        return lambda typed: engine.find(
            "groupes", " AND ".join(f"{forms[0]}*" for forms in analyser.words(typed)) or "a*"
        )
    return lambda typed: engine.find(Query(_words(typed), frozenset({"groupe"})), NOBODY)


def _searching(engine: WhooshEngine | Fts) -> Callable[[str], object]:
    if isinstance(engine, Fts):
        return lambda typed: engine.find("textes", " AND ".join(forms[0] for forms in analyser.words(typed)))
    return lambda typed: engine.find(Query(_words(typed)), NOBODY)


def _changing(engine: WhooshEngine) -> Callable[[Document], None]:
    def act(document: Document) -> None:
        with engine.begin() as batch:
            batch.update([document])

    return act


def _words(typed: str) -> tuple[Word, ...]:
    return tuple(Word(forms) for forms in analyser.words(typed))


def _compare(name: str, mine: Callable, theirs: Callable, cases: list) -> None:
    """Each case on both engines, one after the other, so that what slows the machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for case in cases:
        for act, taken in zip((mine, theirs), times, strict=True):
            started = time.perf_counter()
            act(case)
            taken.append((time.perf_counter() - started) * 1000)
    p50s, p95s = zip(*((statistics.median(taken), _p95(taken)) for taken in times), strict=True)
    _line(name, *(f"{p50:.2f} / {p95:.2f}" for p50, p95 in zip(p50s, p95s, strict=True)), p95s[0] / p95s[1])


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _line(name: str, mine: str, theirs: str, ratio: float) -> None:
    print(f"{name:34}{mine:>16}{theirs:>16}{ratio:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
