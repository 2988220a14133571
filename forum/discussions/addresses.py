"""The readable end of a discussion's address."""

from functools import lru_cache

from forum.text.typed import hyphened

LONGEST = 60


def address(key: str, title: str) -> str:
    """The path of the page of a discussion, with the words of its title."""
    words = slug(title)
    return f"/d/{key}-{words}" if words else f"/d/{key}"


@lru_cache(maxsize=1_000)
def slug(title: str) -> str:
    """The words of a title for an address: lower case, no accents, hyphens; '' when nothing readable is left."""
    words = hyphened(title)
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
