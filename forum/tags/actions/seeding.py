"""Synonyms that the site begins with, or takes in from a list."""

import csv
from collections.abc import Iterable

from forum.database.transactions import transaction
from forum.errors import Invalid
from forum.tags import queries, spelling
from forum.tags.actions.settling import join
from forum.tags.actions.synonyms import LONGEST_REASON
from forum.tags.actions.tagging import ensure, names_problem
from forum.tags.models import Synonym

SEEDS = (("insoumis", "insoumise", "Deux formes d’un même mot."),)


def seed() -> None:
    """The words this site was born from are one from the first day; doing it again changes nothing."""
    with transaction():
        for label, name, reason in SEEDS:
            tag = ensure(label)
            if not Synonym.select().where(Synonym.name == name, Synonym.into == tag.id).exists():
                join(name, ensure(name), tag, reason)


def take_in(lines: Iterable[str]) -> int:
    """Accept the synonyms of a downloaded list (CSV with the columns name, tag and state); returns how many are new.

    Raises Invalid when a line cannot be read.
    """
    rows = [row for row in csv.DictReader(lines) if row.get("state", "accepted") == "accepted"]
    if any(names_problem([row.get("name") or "", row.get("tag") or ""], 2) for row in rows):
        raise Invalid({"file": "Il faut les colonnes name et tag, remplies de mots-clés."})
    with transaction():
        queries.lock_synonyms()
        return sum(_taken_in(row["name"], row["tag"], (row.get("reason") or "")[:LONGEST_REASON]) for row in rows)


def _taken_in(name: str, into: str, reason: str) -> bool:
    tag, other = queries.root_of(ensure(into)), queries.root_of(ensure(name))
    if tag.id != other.id:
        join(spelling.label(name), other, tag, reason)
    return tag.id != other.id
