"""Tags by their first letters: those alone that something this person may read bears.

A tag that only a secret group uses is a word of that group: it is suggested to nobody else.
"""

from collections.abc import Collection, Iterator
from typing import Any

from peewee import fn

from forum.db import tuples
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion, DiscussionTag
from forum.groups import rules as groups
from forum.groups.models import Group, GroupTag
from forum.proposals import rules as proposals
from forum.proposals.models import Proposal, ProposalTag
from forum.tags.models import Tag

MOST = 200


def tags_beginning(member, typed: str, named: Tag | None, page: int, size: int) -> tuple[list[Tag], bool]:
    """A page of the tags that begin with what was typed, the one it names among them; whether more follow."""
    start = typed.lstrip("#").lower()
    begun = Tag.label.startswith(start) & Tag.canonical.is_null()
    wanted = begun | (Tag.id == named.id) if named else begun
    rows = list(Tag.select().where(wanted).order_by(Tag.label, Tag.id).limit(MOST)) if start else []
    seen = readable_tags(member, {tag.id for tag in rows})
    visible = [tag for tag in rows if tag.id in seen][(page - 1) * size :]
    return visible[:size], len(visible) > size


def readable_tags(member, ids: Collection[int]) -> set[int]:
    """Those of these tags that stand, under any of their spellings, on something this person may read."""
    wanted = list(ids)
    if not wanted:
        return set()
    same = Tag.select(Tag.id, Tag.canonical).where(Tag.id.in_(wanted) | Tag.canonical.in_(wanted))
    roots = {tag.id: tag.canonical_id or tag.id for tag in same}
    return {roots[tag_id] for tag_id in _borne(member, list(roots))} & set(wanted)


def _borne(member, ids: list[int]) -> Iterator[int]:
    on_groups = GroupTag.select(GroupTag.tag).join(Group).where(groups.readable_by(member))
    on_discussions = DiscussionTag.select(DiscussionTag.tag).join(Discussion).join(Group)
    on_proposals = ProposalTag.select(ProposalTag.tag).join(Proposal).join(Group)
    queries: dict[Any, Any] = {
        GroupTag: on_groups,
        DiscussionTag: on_discussions.where(discussions.readable_by(member)),
        ProposalTag: on_proposals.where(proposals.readable_by(member)),
    }
    for model, query in queries.items():
        # One thing that bears it is enough: the thousands that bear a common tag are not gone through.
        borne = Tag.select(Tag.id).where(Tag.id.in_(ids), fn.EXISTS(query.where(model.tag == Tag.id)))
        yield from (tag_id for (tag_id,) in tuples(borne))
