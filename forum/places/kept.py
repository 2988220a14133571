"""All places, kept by each process in a few flat arrays, some 4 MB: reading a query asks nothing of the database.

As Python objects they would take ten times as much. What is found becomes a Place or a Name when it is asked for.
"""

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any
from zlib import crc32

from forum.database.connection import database
from forum.places.reading.gazetteer import Name, Place
from forum.text.typed import parse_whole

BEGINNINGS = 12
# Rows read at a time: all at once they would take several times what is kept.
CHUNK = 2_000
# Between the parts of a line, and below every sign of a key: lines stand in the order of their keys.
CUT = b"\0"
ROLES = ("name", "alias", "former", "short", "head")
WHOLE = (ROLES.index("name"), ROLES.index("alias"))

_lock = Lock()
_kept: list["MemoryGazetteer"] = []


def kept() -> "MemoryGazetteer":
    """What this process keeps of places, read from the database the first time (again, while it holds none)."""
    if not _kept:
        with _lock:
            if not _kept:
                read = MemoryGazetteer()
                if not len(read.territories):
                    return read
                _kept.append(read)
    return _kept[0]


class Lines:
    """Texts one after another in one run of bytes, each of several parts."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("I", [0])

    def add(self, *parts: str) -> None:
        self._bytes += CUT.join(part.encode() for part in parts)
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def parts(self, number: int) -> list[str]:
        return self[number].decode().split("\0")


class MemoryGazetteer:
    """The territories, their names and their postal codes, as they stood in the database when this was made."""

    def __init__(self) -> None:
        self.territories, self._numbers = Lines(), array("H")
        self._names, self._roles, self._owners, self._weights = Lines(), bytearray(), array("H"), array("I")
        self._codes, self._communes = array("I"), array("H")
        self._keep_territories()
        self._keep_names()
        self._keep_postal_codes()
        # The same few hundred départements and circonscriptions come back all the time.
        self.place = lru_cache(1024)(self._of_code)
        self.beginning = lru_cache(256)(self._beginning)

    def _of_code(self, code: str) -> Place | None:
        """The place of this code, None for places abroad, which share theirs."""
        rank = bisect_left(self._by_code, code.encode(), key=self._code)
        found = [self._place(number) for number in self._by_code[rank : rank + 1]]
        return found[0] if found and found[0].code == code and found[0].kind != "abroad" else None

    def named(self, key: str) -> list[Name]:
        """The names with this very key."""
        sought = key.encode()
        mark = crc32(sought)
        rank, found = bisect_left(self._marks, mark), []
        while rank < len(self._marks) and self._marks[rank] == mark:
            if self._names[self._by_mark[rank]].startswith(sought + CUT):
                found.append(self._name(self._by_mark[rank]))
            rank += 1
        return found

    def postal(self, code: str) -> Sequence[Place]:
        """The communes of a postal code, the most populous first."""
        number = parse_whole(code)
        if number is None:
            return []
        first, last = (bisect_left(self._codes, number + more) for more in (0, 1))
        places = [self._place(number) for number in self._communes[first:last]]
        return sorted(places, key=lambda place: (-place.population, place.code))

    def _beginning(self, key: str) -> Sequence[Name]:
        """The whole names and aliases that begin so, at most twelve, the heaviest first."""
        # No key holds a byte above those of ASCII: this range is all that begins so.
        whole = [
            number
            for number in range(*self._between(key.encode(), key.encode() + b"\xff"))
            if self._roles[number] in WHOLE
        ]
        return [self._name(number) for number in heapq.nlargest(BEGINNINGS, whole, key=self._weights.__getitem__)]

    def _between(self, first: bytes, last: bytes) -> tuple[int, int]:
        numbers = range(len(self._names))
        start = bisect_left(numbers, first, key=self._names.__getitem__)
        return start, bisect_left(numbers, last, start, key=self._names.__getitem__)

    def _place(self, number: int) -> Place:
        code, kind, name, population, departements, constituencies, within = self.territories.parts(number)
        return Place(code, kind, name, int(population), listed(departements), listed(constituencies), within)

    def _name(self, number: int) -> Name:
        key, full = self._names.parts(number)
        return Name(key, full, ROLES[self._roles[number]], self._place(self._owners[number]))

    def _code(self, number: int) -> bytes:
        return self.territories[number].partition(CUT)[0]

    def _keep_territories(self) -> None:
        columns = "id, code, kind, name, population, departements, constituencies, within"
        for row in _rows(columns, "territory", "id", 0):
            # Where each stands, by its id: a dictionary would take more than all that is kept.
            self._numbers.extend([0] * (row[0] + 1 - len(self._numbers)))
            self._numbers[row[0]] = len(self.territories)
            self.territories.add(*map(str, row[1:]))
        self._by_code = array("H", sorted(range(len(self.territories)), key=self._code))

    def _keep_names(self) -> None:
        columns, marks = 'key, id, "full", role, territory_id, weight', array("I")
        for key, _, full, role, territory, weight in _rows(columns, "territory_name", "key, id", b"", 0):
            self._names.add(bytes(key).decode(), full)
            self._roles.append(ROLES.index(role))
            self._owners.append(self._numbers[territory])
            self._weights.append(weight)
            marks.append(crc32(key))
        # A long query asks for sixty keys: each is looked up by its mark, at a twentieth of what comparing texts takes.
        self._by_mark = array("H", sorted(range(len(marks)), key=marks.__getitem__))
        self._marks = array("I", map(marks.__getitem__, self._by_mark))

    def _keep_postal_codes(self) -> None:
        for code, territory in _rows("code, territory_id", "postal_code", "code, territory_id", "", 0):
            self._codes.append(int(code))
            self._communes.append(self._numbers[territory])


def listed(text: str) -> tuple[str, ...]:
    """The codes of a list as the tables keep it."""
    return tuple(text.split("|")) if text else ()


def _rows(columns: str, table: str, order: str, *after: bytes | str | int) -> Iterator[Sequence[Any]]:
    """All rows of a table whose first columns are those of its order, each part asked for after the last row read."""
    marks = ", ".join([database.param] * len(after))
    statement = f"select {columns} from {table} where ({order}) > ({marks}) order by {order} limit {CHUNK}"  # noqa: S608
    while some := database.execute_sql(statement, after).fetchall():
        yield from some
        after = tuple(some[-1][: len(after)])
