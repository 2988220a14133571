"""What the search benchmarks are made of: French words drawn by a Zipf law, groups named after communes."""

import csv
import gzip
import itertools
import random
from collections.abc import Iterator

from forum.config import ROOT
from forum.search.engines.protocol import Document

WORDS_A_TEXT = 65


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
