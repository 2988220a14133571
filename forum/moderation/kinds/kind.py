"""What is known of each kind of thing that can be reported, and one such thing as it stands."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forum.accounts.models import Viewer
from forum.groups.models import Group

# The words of a hidden subject by their columns, to be put back as they were.
Kept = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of subject. `name` stands in the tables, `noun` in addresses, the next six in sentences.

    `desk` says before whom its first report comes: the animators of its group, or the site's moderators. Its functions:

    - `find` gives the row of a key, read for somebody, or raises NotFound; `read` makes a subject of a row;
    - `hide` puts a notice, Markdown, in the place of a row's words and returns them; `restore` puts them back;
    - `forget` takes words that were hidden out of notices sent before;
    - `indexed` gives the facts of the journal line by which the search looks at it again; None: it is not searched.
    """

    name: str
    noun: str
    this: str
    a: str
    of_a: str
    a_hidden: str
    this_is_hidden: str
    yours_is_hidden: str
    desk: str
    model: type[Any]
    find: Callable[[Viewer, str], Any]
    read: Callable[[Any], "Subject"]
    hide: Callable[[int, str], Kept]
    restore: Callable[[int, Kept], None]
    forget: Callable[["Subject", Kept], None] | None = None
    indexed: Callable[["Subject"], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Subject:
    """A thing as it stands now: its words, its group (None for a pseudonym), who wrote it, and where it is read."""

    kind: Kind
    id: int
    key: str
    group: Group | None
    concerned_id: int | None
    title: str
    body_html: str
    address: str
    hidden: bool

    @property
    def digest(self) -> str:
        """Another one as soon as a word changed."""
        return hashlib.sha256(f"{self.title}\n{self.body_html}".encode()).hexdigest()
