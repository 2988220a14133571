"""Pages kept with placeholders for the few words that are one reader's own, which are put in at each request."""

import secrets
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from forum.web.cache import precompressed
from forum.web.cache.fragments import FragmentCache

# Asked for so often, a page is compressed around its words; one that is read a few times and then written in would not
# repay it.
OFTEN = 20
# Pages ready to be filled in, some 50 kB each.
READY = 100


class SharedPage:
    """A page but for words, which have their place between its texts, in the order of `names`."""

    def __init__(self, html: str, sign: str):
        parts = html.split(sign)
        self.texts, self.names = [text.encode() for text in parts[::2]], parts[1::2]
        self.asked: Counter[tuple[int, ...]] = Counter()
        self.compressed: dict[tuple[int, ...], list[bytes] | None] = {}

    def filled(self, words: Sequence[bytes]) -> bytes:
        """The page with these words."""
        return precompressed.between(self.texts, words)

    def in_brotli(self, words: Sequence[bytes]) -> bytes | None:
        """The same in brotli; None as long as that has not been worth doing for words of these sizes."""
        sizes = tuple(map(len, words))
        if sizes not in self.compressed:
            self.asked[sizes] += 1
            if self.asked[sizes] < OFTEN:
                return None
            self.compressed[sizes] = precompressed.around(self.texts, sizes)
        parts = self.compressed[sizes]
        return precompressed.between(parts, words) if parts else None


class PageCache:
    """The pages used last, as long as together, without their fragments, they have no more than `most` signs."""

    def __init__(self, most: int):
        self.outlines = FragmentCache(most)
        # Drawn as the process starts and shown to nobody: what a member writes can hold no placeholder.
        self.sign = secrets.token_hex(8)
        self._ready = lru_cache(maxsize=READY)(self._page)

    def placeholder(self, name: str) -> Markup:
        """What stands in a page in the place of the words of this name."""
        return Markup(f"{self.sign}{name}{self.sign}")  # noqa: S704

    def page(
        self, facts: Hashable, make: Callable[[], tuple[Markup, datetime]], fragments: dict[str, Markup]
    ) -> SharedPage:
        """The page of these facts with its fragments, which other pages have too, in the place of their placeholders.

        `make` gives it with placeholders, and until when it holds; it may look at nothing but the facts.
        """
        return self._ready(self.outlines.get(facts, make), *fragments.items())

    def _page(self, outline: Markup, *fragments: tuple[str, Markup]) -> SharedPage:
        html = str(outline)
        for name, fragment in fragments:
            html = html.replace(self.placeholder(name), fragment)
        return SharedPage(html, self.sign)
