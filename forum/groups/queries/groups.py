"""Groups, one or in lists, always for somebody."""

from collections.abc import Collection, Iterable
from typing import Any

from peewee import Case, Field, ModelSelect, Value

from forum.accounts.models import Viewer
from forum.database.hydration import FromColumns, as_read
from forum.database.prepared import prepared
from forum.database.select import in_order, tuples
from forum.database.tables import HasId
from forum.database.transactions import held
from forum.errors import NotFound
from forum.groups import handles, rules
from forum.groups.models import (
    Group,
    GroupTag,
    Handle,
    Membership,
)
from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.tags.spelling import handle_key
from forum.text.numbers import counted
from forum.text.typed import hyphened, without_hash

PAGE = 30

# The most followed first; small groups in the order of their founding: theirs would tell what the figure does not.
MOST_FOLLOWED = (Case(None, [(Group.members_count < rules.FEW, 0)], Group.members_count).desc(), Group.id)


def groups_for(member: HasId, *columns: "Field[Any]") -> "ModelSelect[Group]":
    """A query of the groups whose page this person may open, whole or these columns, each with how they stand to it."""
    facts = [column.alias(name) for name, column in rules.FACTS.items()]
    rows = Group.select(*columns or [Group], Value(member.id).alias("member_id"), *facts)
    return rules.with_facts(member, rows).where(rules.readable_by(member)).objects(FromColumns(_read_for))


def _read_for(columns: dict[str, Any]) -> Group:
    standing = rules.standing_of(columns.pop("member_id"), *map(columns.pop, rules.FACTS))
    group: Group = as_read(Group, columns)
    group.standing = standing
    return group


def group_for(member: Viewer, handle: str) -> Group:
    """The group of this handle in any spelling; compare its `handle` to know whether to redirect. Raises NotFound."""
    group = group_or_none(member, handle)
    if group is None:
        raise NotFound
    return group


@prepared
def _of_handle(member: HasId, handle: str) -> "ModelSelect[Group]":
    return groups_for(member).where(Group.handle == handle)


def group_or_none(member: Viewer, handle: str) -> Group | None:
    """As group_for, None when there is none this person may see."""
    handle = without_hash(handle)
    exact = _of_handle.first(member, handle) if handles.SHAPE.match(handle) else None
    return exact or _respelled(member, handle) or secret_from(member, hyphened(handle))


def _respelled(member: Viewer, handle: str) -> Group | None:
    # One question for all: what is hidden costs no more of them than what does not exist.
    leads = Handle.select(Handle.group).where(Handle.key.in_(_keys(handle))).order_by(Handle.id).limit(1)
    return groups_for(member).where(Group.id.in_(leads)).first()


def secret_from(member: Viewer, wished: str) -> Group | None:
    """The secret group of this member whose handle was made from the one wished for."""
    if member.is_guest:
        return None
    rows = groups_for(member).where(Group.visibility == "secret", Group.handle.startswith(f"{wished}-"))
    return next((row for row in rows if handles.is_unguessable(row.handle, wished)), None)


def taken_by(handle: str) -> int | None:
    """The id of the group this handle leads to under any spelling or synonym, readable or not; None when free."""
    keys = _keys(handle)
    return (
        Handle.select(Handle.group).where(Handle.key.in_(keys)).order_by(Handle.id).limit(1).scalar() if keys else None
    )


def _keys(handle: str) -> list[str]:
    """The spelling key of a handle, and those that the synonyms of its words lead to."""
    key = handle_key(handle)
    return [key, *tags.synonymous_keys(key)] if key else []


def lock(group: Group) -> Group:
    """The group's present row, held until the end of the transaction: what was read before it may have changed."""
    row = held(Group.select().where(Group.id == group.id)).first()
    if row is None:
        raise NotFound
    return row


@prepared
def _joined(member: HasId, most: int | None, skipped: int) -> "ModelSelect[Group]":
    theirs = groups_for(member).where(Membership.role.is_null(False))
    return theirs.order_by(Group.last_activity_at.desc(), Group.id).limit(most).offset(skipped)


def groups_of(member: Viewer, most: int | None = None, skipped: int = 0) -> list[Group]:
    """The groups this person belongs to, the liveliest first; `most` of them, after those `skipped`."""
    return _joined.rows(member, most, skipped)


def groups_at(member: Viewer, codes: Collection[str]) -> dict[str, list[Group]]:
    """The listed groups of these places, by place code, the most followed first."""
    found: dict[str, list[Group]] = {code: [] for code in codes}
    for group in groups_for(member).where(Group.place_code.in_(list(codes))).order_by(*MOST_FOLLOWED):
        found[group.place_code].append(group)
    return found


def places_with_groups(member: Viewer) -> set[str]:
    """The codes of the places that have a group this person may see."""
    rows = Group.select(Group.place_code).where(rules.readable_by(member), Group.place_code != "").distinct()
    return {code for (code,) in tuples(rows)}


@prepared
def _of_ids(member: HasId, ids: Collection[int]) -> "ModelSelect[Group]":
    return groups_for(member).where(Group.id.in_(ids))


def groups_with_ids(member: Viewer, ids: list[int]) -> list[Group]:
    """Those of these groups that this person may see, in the order given."""
    return in_order(_of_ids.rows(member, ids), ids) if ids else []


@prepared
def _of_handles(member: HasId, handles: Collection[str]) -> "ModelSelect[Group]":
    return groups_for(member).where(Group.handle.in_(handles))


def groups_named(member: Viewer, handles: list[str]) -> dict[str, Group]:
    """Those of the groups of these very handles that this person may see, by handle."""
    return {group.handle: group for group in _of_handles.rows(member, handles)} if handles else {}


def tags_of(groups: Iterable[Group]) -> dict[int, list[str]]:
    """The tags of these groups, by group id, as they are shown (one query)."""
    found: dict[int, list[str]] = {group.id: [] for group in groups}
    rows = (
        GroupTag.select(GroupTag.group, Tag.id).join(Tag).where(GroupTag.group.in_(list(found))).order_by(GroupTag.id)
    )
    pairs = tuples(rows)
    labels = tags.labels(tag_id for _, tag_id in pairs)
    for group_id, tag_id in pairs:
        if labels[tag_id] not in found[group_id]:
            found[group_id].append(labels[tag_id])
    return found


def family_of(member: Viewer, group: Group) -> tuple[Group | None, list[Group]]:
    """The group that this one stands below, and those below it, as far as this person may see them (one query)."""
    near = (Group.parent == group.id) | (Group.id == (group.parent_id or 0))
    found = list(groups_for(member).where(near).order_by(Group.handle))
    above = next((row for row in found if row.id == group.parent_id), None)
    return above, [row for row in found if row.id != group.parent_id]


def former_keys(group: Group) -> list[str]:
    """The other keys that lead to the group: those of its former addresses."""
    rows = Handle.select(Handle.key).where(Handle.group == group.id, Handle.key != handle_key(group.handle))
    return [key for (key,) in tuples(rows.order_by(Handle.id))]


def members_told(member: Viewer, group: Group) -> str:
    """How many belong, in words: "312 membres", or for whoever may not know it "moins de 5 membres"."""
    if not rules.see_count(member, group):
        return f"moins de {counted(rules.FEW, 'membre')}"
    return counted(group.members_count, "membre")


def as_json(member: Viewer, groups: Iterable[Group]) -> list[dict[str, object]]:
    """Groups as they stand in JSON answers (one query for all their tags)."""
    groups = list(groups)
    tagged = tags_of(groups)
    return [
        {
            "handle": group.handle,
            "name": group.name,
            "place": group.place_code,
            "tags": tagged[group.id],
            "visibility": group.visibility,
            "joining": group.joining,
            **_counted(member, group),
            "url": f"/g/{group.handle}",
        }
        for group in groups
    ]


def _counted(member: Viewer, group: Group) -> dict[str, int | bool]:
    """The number of members; where this person may not know it, the most that there can be."""
    if rules.see_count(member, group):
        return {"members_count": group.members_count, "members_count_exact": True}
    return {"members_count": rules.FEW - 1, "members_count_exact": False}


def liveliest(member: Viewer, limit: int) -> list[Group]:
    """The open groups where something happened last: where to begin for whoever has none."""
    listed = groups_for(member).where(Group.visibility == "ouvert")
    return list(listed.order_by(Group.last_activity_at.desc(), Group.id).limit(limit))
