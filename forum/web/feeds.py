"""Feeds (Atom, RFC 4287) of what a guest may read."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from flask import Response, current_app

from forum.web.pages import show

# A path of this site; two slashes begin another site's address.
OWN_PATH = re.compile(r'(?<= )(href|src)="(?=/(?!/))')


class FeedEntry(Protocol):
    """Something to read: its addresses are paths of this site, of which `key_address` never changes."""

    @property
    def title(self) -> str: ...
    @property
    def key_address(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def published(self) -> datetime: ...
    @property
    def updated(self) -> datetime: ...
    @property
    def html(self) -> str: ...


def atom(title: str, address: str, updated: datetime, entries: Sequence[FeedEntry]) -> Response:
    """The feed of the page at this address, with these entries, the newest first."""
    base = current_app.config["SETTINGS"].base_url
    response = show(
        "layouts/feed.xml",
        title=title,
        address=address,
        updated=updated,
        entries=entries,
        base=base,
        absolute=_absolute,
    )
    response.mimetype = "application/atom+xml"
    return response


def _absolute(html: str) -> str:
    """Clean HTML whose links hold away from the site: many readers know no base (RFC 4287, 3.1.1.2 and xml:base)."""
    return OWN_PATH.sub(rf'\1="{current_app.config["SETTINGS"].base_url}', html)
