"""Fragments of pages kept in memory, each under all that it was made of.

Nothing has to be made stale: when a fact changes, in whichever process, it is another fragment. One that says "il y a
2 min" also has a moment from which it would say something else.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from forum.text import dates
from forum.web.cache.shared_templates import rendered

# Signs of HTML in each process: some hundred pages of thirty comments.
MOST = 2_000_000


def install(app: Flask) -> None:
    """Keep the fragments of this process beside the application."""
    app.extensions["fragments"] = FragmentCache(MOST)


def fragment(template: str, made_of: Hashable, facts: Callable[[], dict[str, Any]]) -> Markup:
    """This template, rendered once for all to whom what it is made of is the same.

    `facts` are asked for when it is rendered, are all that it is told, and may come from nothing but what it is
    `made_of`.
    """
    kept: FragmentCache = current_app.extensions["fragments"]
    return kept.get((template, made_of), lambda: rendered(template, facts()))


class FragmentCache:
    """The fragments used last, as long as together they have no more than `most` signs."""

    def __init__(self, most: int):
        self.most = most
        self.kept: OrderedDict[Hashable, tuple[datetime, Markup]] = OrderedDict()
        self.signs = 0
        self.lock = threading.Lock()

    def get(self, made_of: Hashable, make: Callable[[], tuple[Markup, datetime]]) -> Markup:
        """The fragment made of this. `make` gives it, and until when it holds; it may look at nothing else."""
        until, html = self.kept.get(made_of, (None, Markup()))
        if until is None or until <= dates.present():
            html, until = make()
            self._keep(made_of, until, html)
        return html

    def _keep(self, made_of: Hashable, until: datetime, html: Markup) -> None:
        with self.lock:
            _, former = self.kept.pop(made_of, (None, Markup()))
            self.kept[made_of] = until, html
            self.signs += len(html) - len(former)
            while self.signs > self.most:
                _, (_, oldest) = self.kept.popitem(last=False)
                self.signs -= len(oldest)
