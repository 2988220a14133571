"""What a member changes in tags."""

from collections.abc import Iterable

from forum import journal
from forum.tags import spelling
from forum.tags.models import Tag


def ensure(typed: str) -> Tag:
    """The tag of this spelling, created when it is the first. Inside the transaction of who tags."""
    key = spelling.key(typed)
    row = {"key": key, "label": spelling.label(typed)}
    if Tag.insert(row).on_conflict_ignore().as_rowcount().execute():
        tag = Tag.get(Tag.key == key)
        journal.record("tag.created", subject=("tag", tag.id))
    return Tag.get(Tag.key == key)


def names_problem(names: Iterable[str], most: int) -> str | None:
    """Why these cannot all be tags of one thing, in French; None when they can."""
    names = list(names)
    wrong = next((name for name in names if not spelling.valid(name)), None)
    if wrong is not None:
        return f"« {wrong[:40]} » ne peut pas être un mot-clé : lettres, chiffres et tirets, 50 signes au plus."
    return f"Choisissez {most} mots-clés au plus." if len(names) > most else None
