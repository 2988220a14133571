"""FragmentCache of pages kept in memory, each under all the facts it was made of.

Nothing has to be made stale: when a fact changes, in whichever process, it is another piece. A piece that says "il y a
2 min" also has a moment from which it would say something else.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime

from forum.text import dates


class FragmentCache:
    """The pieces used last, as long as together they have no more than `most` signs."""

    def __init__(self, most: int):
        self.most = most
        self.kept: OrderedDict[Hashable, tuple[datetime, str]] = OrderedDict()
        self.signs = 0
        self.lock = threading.Lock()

    def get(self, facts: Hashable, make: Callable[[], tuple[str, datetime]]) -> str:
        """The piece of these facts. `make` gives it, and until when it holds; it may look at nothing but the facts."""
        until, piece = self.kept.get(facts, (None, ""))
        if until is None or until <= dates.present():
            piece, until = make()
            self._keep(facts, until, piece)
        return piece

    def _keep(self, facts: Hashable, until: datetime, piece: str) -> None:
        with self.lock:
            _, former = self.kept.pop(facts, (None, ""))
            self.kept[facts] = until, piece
            self.signs += len(piece) - len(former)
            while self.signs > self.most:
                _, (_, oldest) = self.kept.popitem(last=False)
                self.signs -= len(oldest)
