"""Parting a spelling from the tag that the ladder folds it into, where that was wrong for this movement.

The spelling gets a tag of its own for ever, and what was typed so moves there. Whether the two are one is then said by
a synonym like any other: joined again, each thing still bears its own and everything is found under both as before.
"""

from collections.abc import Iterator
from typing import Any

from forum.accounts.models import Viewer
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.tags import queries, rules, spelling
from forum.tags.actions.settling import settle_as
from forum.tags.actions.synonyms import reason_problem
from forum.tags.actions.tagging import names_problem, tag_of_key
from forum.tags.models import Synonym, Tag
from forum.tasks import journal


def part(member: Viewer, tag: Tag, name: str, reason: str = "") -> Synonym:
    """Make a tag of its own of the spelling `name` of this tag; parted already, nothing changes.

    Raises Refused, Invalid (name, reason).
    """
    rules.part(member).require()
    why = reason_problem(reason) or ("Dites en une phrase pourquoi." if not reason.strip() else None)
    check(name=names_problem([name], 1), reason=why)
    with transaction():
        queries.lock_synonyms()
        own, into = _own_tag(tag, name), Tag.get(Tag.key == spelling.key(name))
        synonym = queries.between(own, into) or _told_one(own, into) or Synonym(into=into)
        if synonym.state != "parted":
            synonym.name, synonym.reason = spelling.label(name), reason.strip()
            synonym.tag, synonym.proposed_by = own, member  # type: ignore[assignment]
            settle_as(synonym, "parted", member)
    return synonym


def reunite(member: Viewer, synonym: Synonym) -> None:
    """Join again what was parted; joined already, nothing changes. Raises Refused."""
    rules.part(member).require()
    with transaction():
        queries.lock_synonyms()
        synonym = queries.synonym_for(synonym.id)
        if synonym.state != "accepted":
            rules.reunite(member, synonym).require()
            settle_as(synonym, "accepted", member)


def _told_one(own: Tag, into: Tag) -> Synonym | None:
    """The line of the record that says that the spelling alone makes them one, if there is one."""
    rows = Synonym.select().where(Synonym.tag == into.id, Synonym.into == into.id)
    return next((row for row in rows if own.key in spelling.keys(row.name)), None)


def _own_tag(tag: Tag, name: str) -> Tag:
    """The tag of this spelling, made if need be, with all that was typed so. Raises Invalid (name)."""
    own, common = spelling.unfolded(name), spelling.key(name)
    if common not in {same.key for same in queries.tags_in_class(tag)}:
        raise Invalid({"name": f"« {spelling.label(name)} » n’est pas une écriture de #{tag.label}."})
    if own == common:
        raise Invalid({"name": f"« {spelling.label(name)} » est la forme commune : séparez plutôt l’autre écriture."})
    into, made = Tag.get(Tag.key == common), Tag.get_or_none(Tag.key == own)
    if made is None:
        made = tag_of_key(own, spelling.label(name))
        if own in spelling.keys(into.label):
            Tag.update(label=into.key).where(Tag.id == into.id).execute()
        _move(into, made)
        journal.record("tag.parted", subject=("tag", made.id))
    return made


def _move(into: Tag, own: Tag) -> None:
    """Give to the new tag what bears the old one under its spelling."""
    for model in _taggings():
        spellings = tuples(model.select(model.typed).where(model.tag == into.id).distinct())
        mine = [typed for (typed,) in spellings if own.key in spelling.keys(typed)]
        if mine:
            model.update(tag=own.id).where(model.tag == into.id, model.typed.in_(mine)).execute()


def _taggings() -> Iterator[Any]:
    """The tables of taggings, those of features that this one does not know included: they keep what was typed."""
    return (model for model in dict.fromkeys(Tag._meta.backrefs.values()) if "typed" in model._meta.fields)
