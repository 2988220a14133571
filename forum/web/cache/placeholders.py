"""Pages kept without the few words that are one reader's own, which are put in their place at each request.

As with `forum.web.cache.fragments`, nothing has to be made stale: a page is kept under all the facts it was made of.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from forum.web.cache import precompressed
from forum.web.cache.fragments import FragmentCache

# Asked for so often, a page is packed; one that is read a few times and then written in would not repay it.
OFTEN = 20
# Pages ready to be filled in, some 50 kB each.
READY = 100


class Sheet:
    """A page but for words, which have their place between its texts, in the order of `names`."""

    def __init__(self, html: str, sign: str):
        parts = html.split(sign)
        self.texts, self.names = [text.encode() for text in parts[::2]], parts[1::2]
        self.asked: Counter[tuple[int, ...]] = Counter()
        self.packed: dict[tuple[int, ...], list[bytes] | None] = {}

    def filled(self, words: Sequence[bytes]) -> bytes:
        return precompressed.between(self.texts, words)

    def in_brotli(self, words: Sequence[bytes]) -> bytes | None:
        """The same, packed; None as long as that has not been worth doing for words of these sizes."""
        sizes = tuple(map(len, words))
        if sizes not in self.packed:
            self.asked[sizes] += 1
            if self.asked[sizes] < OFTEN:
                return None
            self.packed[sizes] = precompressed.pack(self.texts, sizes)
        parts = self.packed[sizes]
        return precompressed.between(parts, words) if parts else None


class PageCache:
    """The frames used last, as long as together they have no more than `most` signs."""

    def __init__(self, most: int):
        self.pieces = FragmentCache(most)
        # Drawn as the process starts and shown to nobody: what a member writes can hold no mark.
        self.sign = secrets.token_hex(8)
        self._ready = lru_cache(maxsize=READY)(self._sheet)

    def mark(self, name: str) -> Markup:
        """What stands in a frame in the place of the words of this name."""
        return Markup(f"{self.sign}{name}{self.sign}")  # noqa: S704

    def sheet(self, facts: Hashable, make: Callable[[], tuple[str, datetime]], shared: dict[str, str]) -> Sheet:
        """The page of these facts, with the HTML of `shared`, which many readers have, in the place of its marks.

        `make` gives the frame, with marks, and until when it holds; it may look at nothing but the facts.
        """
        return self._ready(self.pieces.get(facts, make), *shared.items())

    def _sheet(self, frame: str, *shared: tuple[str, str]) -> Sheet:
        for name, html in shared:
            frame = frame.replace(self.mark(name), html)
        return Sheet(frame, self.sign)
