"""Reading tags. Tags are public words: what bears them is not, and is asked of each feature."""

import re
from collections.abc import Iterable

from forum.tags import spelling
from forum.tags.models import Tag

PLACE_END = re.compile(r"(?:-(?:0\d\d|02[ab]|97\d|98\d))(?:-\d\d)?\Z")


def resolve(text: str) -> Tag | None:
    """The tag that this spelling leads to, synonyms followed; None when nobody has used it."""
    key = spelling.key(text)
    tag = Tag.get_or_none(Tag.key == key) if key else None
    return tag.canonical if tag and tag.canonical_id else tag


def class_of(tag: Tag) -> list[int]:
    """The ids of all tags that are the same as this one, itself included."""
    root = tag.canonical_id or tag.id
    return [row.id for row in Tag.select(Tag.id).where((Tag.id == root) | (Tag.canonical == root)).order_by(Tag.id)]


def labels(ids: Iterable[int]) -> dict[int, str]:
    """How each of these tags is shown: by the label of the one it is a synonym of, if any."""
    root = Tag.alias()
    wanted = list(set(ids))
    rows = Tag.select(Tag.id, Tag.label, root.label).left_outer_join(root, on=(Tag.canonical == root.id))
    return {tag_id: its or own for tag_id, own, its in rows.where(Tag.id.in_(wanted)).tuples()} if wanted else {}


def synonymous_keys(key: str) -> list[str]:
    """The other spelling keys that synonyms make equal to this one, which may end in a place (insoumise-087)."""
    place = PLACE_END.search(key)
    word = key[: place.start()] if place else key
    tag = Tag.get_or_none(Tag.key == word)
    if tag is None:
        return []
    same = Tag.select(Tag.key).where(Tag.id.in_(class_of(tag)), Tag.id != tag.id)
    return [row.key + (place[0] if place else "") for row in same]
