"""Tags by their first letters: those alone that something this person may read bears.

A tag that only a secret group uses is a word of that group: it is suggested to nobody else.
"""

from collections.abc import Collection

from peewee import Expression, Field, Select, fn

from forum.accounts.models import Viewer
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion, DiscussionTag
from forum.groups import rules as groups
from forum.groups.models import Group, GroupTag
from forum.proposals import rules as proposals
from forum.proposals.models import Proposal, ProposalTag
from forum.tags.models import Tag
from forum.text.typed import without_hash

MOST = 200


def tags_beginning(member: Viewer, typed: str, named: Tag | None, page: int, size: int) -> tuple[list[Tag], bool]:
    """A page of the tags that begin with what was typed, the one it names among them; whether more follow."""
    start = without_hash(typed).lower()
    begun = Tag.label.startswith(start) & Tag.canonical.is_null()
    wanted = begun | (Tag.id == named.id) if named else begun
    rows = list(Tag.select().where(wanted).order_by(Tag.label, Tag.id).limit(MOST)) if start else []
    seen = readable_tags(member, {tag.id for tag in rows})
    visible = [tag for tag in rows if tag.id in seen][(page - 1) * size :]
    return visible[:size], len(visible) > size


@prepared
def _roots(ids: Collection[int]) -> Select:
    same = Tag.id.in_(ids) | Tag.canonical.in_(ids)
    return Tag.select(Tag.id, fn.COALESCE(Tag.canonical, Tag.id)).where(same).tuples()


@prepared
def _on_groups(member: HasId, ids: Collection[int]) -> Select:
    return _on_one(GroupTag.select(GroupTag.tag).join(Group), groups.readable_by(member), GroupTag.tag, ids)


@prepared
def _on_discussions(member: HasId, ids: Collection[int]) -> Select:
    borne = DiscussionTag.select(DiscussionTag.tag).join(Discussion).join(Group)
    return _on_one(borne, discussions.readable_by(member), DiscussionTag.tag, ids)


@prepared
def _on_proposals(member: HasId, ids: Collection[int]) -> Select:
    borne = ProposalTag.select(ProposalTag.tag).join(Proposal).join(Group)
    return _on_one(borne, proposals.readable_by(member), ProposalTag.tag, ids)


def readable_tags(member: Viewer, ids: Collection[int]) -> set[int]:
    """Those of these tags that stand, under any of their spellings, on something this person may read."""
    wanted = list(ids)
    if not wanted:
        return set()
    roots = dict(_roots.rows(wanted))
    borne: set[int] = set()
    for borne_by in (_on_groups, _on_discussions, _on_proposals):
        # Those that a group already bears need not be looked for among discussions.
        missing = [tag_id for tag_id, root in roots.items() if root not in borne]
        borne |= {roots[tag_id] for (tag_id,) in borne_by.rows(member, missing)} if missing else set()
    return borne & set(wanted)


def _on_one(borne: Select, readable: Expression, tag: Field, ids: Collection[int]) -> Select:
    """Which of these tags stand on one thing that somebody may read: the thousands under a common tag are not gone
    through."""
    # The first one, not EXISTS, for which PostgreSQL would read all that bear the tag before it looks at one.
    first = borne.where(readable, tag == Tag.id).limit(1)
    return Tag.select(Tag.id).where(Tag.id.in_(ids), fn.COALESCE(first, 0) > 0).tuples()
