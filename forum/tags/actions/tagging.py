"""Putting tags on things."""

from collections.abc import Iterable
from itertools import islice

from forum.accounts.models import Viewer
from forum.database.tables import Base
from forum.tags import queries, spelling
from forum.tags.actions.settling import join
from forum.tags.models import Tag
from forum.tasks import journal
from forum.text import markdown, scripts
from forum.text.typed import folded, without_hash

LONGEST_TYPED = 60
# Besides those chosen; a body of nothing but hashtags is no reason to write a thousand rows.
MOST_HASHTAGS = 12
DECLARED = "L’écriture inclusive le dit : « {} » désigne les deux."


def ensure(typed: str, member: Viewer | None = None) -> Tag:
    """The tag of this spelling, created when it is the first. Inside the transaction of whoever tags.

    What `typed` declares by its inclusive writing (zorglub·e) is one from now on, unless it was undone before.
    """
    declared = spelling.declares(typed)
    if declared:
        _join_declared(typed, *declared, member)
    return queries.spelled(typed) or tag_of_key(spelling.key(typed), spelling.label(typed))


def names_problem(names: Iterable[str], most: int) -> str | None:
    """Why these cannot all be tags of one thing, in French; None when they can."""
    names = list(names)
    wrong = next((name for name in names if not spelling.valid(name)), None)
    if wrong is not None:
        return f"« {wrong[:40]} » ne peut pas être un mot-clé : lettres, chiffres et tirets, 50 signes au plus."
    if mixed := next(filter(None, map(scripts.mixed, names)), None):
        return mixed
    return f"Choisissez {most} mots-clés au plus." if len(names) > most else None


def with_hashtags(names: Iterable[str], body: str) -> list[str]:
    """The tags chosen for a text, and the hashtags of its body: the first dozen of those that can be tags."""
    valid = (name for name in markdown.hashtags(body) if names_problem([name], 1) is None)
    return [*names, *islice(valid, MOST_HASHTAGS)]


def attach(table: type[Base], names: Iterable[str], tried_out: bool, **owner: int) -> None:
    """Put tags on a thing: rows of this table, each with its `owner`, the tag, and the spelling it bears there.

    What is tried out leaves no word behind. Inside the transaction of whoever tags.
    """
    for typed in () if tried_out else names:
        row = {**owner, "tag": ensure(typed).id, "typed": without_hash(typed)[:LONGEST_TYPED]}
        table.insert(row).on_conflict_ignore().execute()


def tag_of_key(key: str, label: str) -> Tag:
    """The tag of this very key, made if it is the first. Inside a transaction."""
    row = {"key": key, "label": label, "fold": folded(key)}
    if Tag.insert(row).on_conflict_ignore().as_rowcount().execute():
        tag = Tag.get(Tag.key == key)
        journal.record("tag.created", subject=("tag", tag.id))
    return Tag.get(Tag.key == key)


def _join_declared(typed: str, masculine: str, feminine: str, member: Viewer | None) -> None:
    tag, other = tag_of_key(masculine, masculine), tag_of_key(feminine, feminine)
    if queries.between(tag, other) is None:
        queries.lock_synonyms()
        join(other.label, other, tag, DECLARED.format(spelling.label(typed)), member)
