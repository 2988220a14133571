"""Pages kept without the few words that are one reader's own, which are put in their place at each request.

As with `forum.pieces`, nothing has to be made stale: a page is kept under all the facts it was made of.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime

from markupsafe import Markup

from forum.pieces import Pieces


class Frames:
    """The frames used last, as long as together they have no more than `most` signs."""

    def __init__(self, most: int):
        self.pieces = Pieces(most)
        # Drawn as the process starts and shown to nobody: what a member writes can hold no mark.
        self.sign = secrets.token_hex(8)

    def mark(self, name: str) -> Markup:
        """What stands in a frame in the place of the words of this name."""
        return Markup(f"{self.sign}{name}{self.sign}")  # noqa: S704

    def filled(self, facts: Hashable, make: Callable[[], tuple[str, datetime]], own: Mapping[str, str]) -> str:
        """The page of these facts, with each mark replaced by the HTML that `own` has for it.

        `make` gives the frame, with marks, and until when it holds; it may look at nothing but the facts.
        """
        parts = self.pieces.get(facts, make).split(self.sign)
        parts[1::2] = [own[name] for name in parts[1::2]]
        return "".join(parts)
