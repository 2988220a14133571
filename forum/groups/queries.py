"""Reading groups, always for somebody."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN, Case, Value

from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.dates import iso
from forum.db import count_between, is_postgresql, now, tuples
from forum.errors import NotFound, Verdict
from forum.groups import rules
from forum.groups.models import (
    Group,
    GroupTag,
    Handle,
    Membership,
    Merge,
    Removal,
    Request,
    Succession,
    SuccessionObjection,
    Suspension,
)
from forum.prepared import Prepared, viewer
from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.tags.spelling import handle_key

PAGE = 30

# The most followed first; small groups in the order of their founding: theirs would tell what the figure does not.
MOST_FOLLOWED = (Case(None, [(Group.members_count < rules.FEW, 0)], Group.members_count).desc(), Group.id)


@dataclass(frozen=True)
class Seat:
    """How the door of a group stands for somebody: their role, whether they may join or ask, whether they asked."""

    role: str
    joining: Verdict
    asking: Verdict
    asked: bool


def groups_for(member: Viewer):
    """A query of the groups whose page this person may open, each with their role in it."""
    mine = (Membership.group == Group.id) & (Membership.member == member.id)
    held = (Suspension.group == Group.id) & (Suspension.member == member.id)
    looking = Value(member.id)
    return (
        Group.select(
            Group,
            Membership.role.alias("viewer_role"),
            looking.alias("viewer_id"),
            Suspension.until.alias("suspended_until"),
            looking.alias("freed_id"),
        )
        .join(Membership, JOIN.LEFT_OUTER, on=mine)
        .join_from(Group, Suspension, JOIN.LEFT_OUTER, on=held)
        .where(rules.readable_by(member))
        .objects()
    )


def group_for(member: Viewer, handle: str) -> Group:
    """The group of this handle in any spelling; compare its `handle` to know whether to redirect. Raises NotFound."""
    group = group_or_none(member, handle)
    if group is None:
        raise NotFound
    return group


def group_or_none(member: Viewer, handle: str) -> Group | None:
    """As group_for, None when there is none this person may see."""
    exact = _of_handle.rows(member.id, handle)
    return exact[0] if exact else _respelled(member, handle)


def _respelled(member: Viewer, handle: str) -> Group | None:
    # One question for all: what is hidden costs no more of them than what does not exist.
    leads = Handle.select(Handle.group).where(Handle.key.in_(_keys(handle))).order_by(Handle.id).limit(1)
    return groups_for(member).where(Group.id.in_(leads)).first()


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
    query = Group.select().where(Group.id == group.id)
    row = (query.for_update() if is_postgresql() else query).first()
    if row is None:
        raise NotFound
    return row


def groups_of(member: Viewer) -> list[Group]:
    """The groups this person belongs to, the liveliest first."""
    return list(groups_for(member).where(Membership.role.is_null(False)).order_by(Group.last_activity_at.desc()))


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


def groups_with_ids(member: Viewer, ids: list[int]) -> list[Group]:
    """Those of these groups that this person may see, in the order given."""
    rows = {group.id: group for group in groups_for(member).where(Group.id.in_(ids))} if ids else {}
    return [rows[group_id] for group_id in ids if group_id in rows]


def groups_tagged(member: Viewer, tag_ids: Collection[int], limit: int = PAGE) -> list[Group]:
    """The groups that bear one of these tags, the most followed first."""
    tagged = GroupTag.select(GroupTag.group).where(GroupTag.tag.in_(list(tag_ids)))
    # Ids alone are sorted: sorting thousands of whole rows takes three times as long.
    listed = Group.select(Group.id).where(Group.id.in_(tagged), rules.readable_by(member))
    first = listed.order_by(*MOST_FOLLOWED).limit(limit)
    return groups_with_ids(member, [number for (number,) in tuples(first)])


def count_tagged(member: Viewer, tag_ids: Collection[int]) -> int:
    """How many groups that this person may see bear one of these tags."""
    tagged = GroupTag.select(GroupTag.group).where(GroupTag.tag.in_(list(tag_ids)))
    return Group.select().where(Group.id.in_(tagged), rules.readable_by(member)).count()


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


def members_of(member: Viewer, group: Group, page: int = 1) -> list[Membership]:
    """Who belongs to the group, animators first, then by date; 100 a page. Raises Refused to who is not to know."""
    rules.see_members(member, group).require()
    return list(
        Membership.select(Membership, Account)
        .join(Account)
        .where(Membership.group == group.id)
        .order_by(Membership.role, Membership.created_at, Membership.id)
        .paginate(page, 100)
    )


def requests_in(member: Viewer, group: Group) -> list[Request]:
    """Those who ask to enter: who waits first, then who was left aside, oldest first. Raises Refused."""
    rules.admit(member, group).require()
    rows = Request.select(Request, Account.id, Account.username).join(Account, on=(Request.member == Account.id))
    asking = rows.where(Request.group == group.id, Request.state.in_(("waiting", "aside")))
    return list(asking.order_by(Request.state.desc(), Request.created_at, Request.id))


def count_requests(group: Group) -> int:
    """How many wait for an answer."""
    return Request.select().where(Request.group == group.id, Request.state == "waiting").count()


def removals_of(member: Viewer, group: Group, requests: Iterable[Request]) -> dict[int, Removal]:
    """Those of who asks that were removed earlier, by account: its animators should know. Raises Refused."""
    rules.admit(member, group).require()
    ids = [request.member_id for request in requests]
    rows = Removal.select().where(Removal.group == group.id, Removal.member.in_(ids)) if ids else ()
    return {row.member_id: row for row in rows}


def request_answered(member: Viewer, group: Group, key: str) -> Request | None:
    """A request that is decided, with who asked and who decided; for its group's animators only."""
    if not rules.admit(member, group):
        return None
    decider = Account.alias()
    rows = (
        Request.select(Request, Account.id, Account.username, decider.id, decider.username)
        .join(Account, on=(Request.member == Account.id))
        .join_from(Request, decider, JOIN.LEFT_OUTER, on=(Request.decided_by == decider.id), attr="decided_by")
    )
    return rows.where(Request.group == group.id, Request.key == key, Request.decided_at.is_null(False)).first()


def request_of(member: Viewer, group: Group) -> Request | None:
    """This person's own request to enter the group, whatever its state."""
    return Request.get_or_none(Request.group == group.id, Request.member == member.id)


def removal_of(member: Viewer, group: Group) -> Removal | None:
    """Why this person was removed from the group, as long as it closes the free door to them."""
    if member.is_guest or rules.OUT not in rules.standing(member, group):
        return None
    return Removal.get_or_none(Removal.group == group.id, Removal.member == member.id)


def membership_named(member: Viewer, group: Group, username: str) -> Membership | None:
    """The membership of the person of this pseudonym, for who may see the members. Raises Refused."""
    rules.see_members(member, group).require()
    account = account_named(username)
    rows = Membership.select(Membership, Account).join(Account)
    return rows.where(Membership.group == group.id, Account.id == account.id).first() if account else None


def animators_of(group: Group) -> list[int]:
    """The ids of those who animate the group: whom to tell what they have to answer."""
    rows = Membership.select(Membership.member).where(Membership.group == group.id, Membership.role == "animator")
    return [member_id for (member_id,) in tuples(rows)]


def animators_named(member: Viewer, group: Group) -> list[Membership]:
    """Those who animate the group, the first named first; for its members. Raises Refused."""
    rules.belong(member, group).require()
    rows = Membership.select(Membership, Account.id, Account.username).join(Account)
    return list(rows.where(Membership.group == group.id, Membership.role == "animator").order_by(Membership.id))


def succession_of(group: Group) -> Succession | None:
    """The search for an animator, with whom it is offered to; None when nobody is sought."""
    rows = Succession.select(Succession, Account.id, Account.username).join(Account, JOIN.LEFT_OUTER)
    return rows.where(Succession.group == group.id).first()


def objections_in(member: Viewer, group: Group) -> list[SuccessionObjection]:
    """What members object to who accepted to animate. Raises Refused."""
    rules.belong(member, group).require()
    rows = SuccessionObjection.select(SuccessionObjection, Account.id, Account.username).join(Account)
    return list(rows.where(SuccessionObjection.group == group.id).order_by(SuccessionObjection.id))


def deleted_by_animator(member: Viewer) -> list[Group]:
    """The deleted groups that this person animated and may bring back, the latest first."""
    if member.is_guest:
        return []
    poured = Merge.select(Merge.source).where(Merge.undone_at.is_null())
    mine = Group.deleted_at.is_null(False), rules.animated_by(member), Group.id.not_in(poured)
    return list(Group.select().where(*mine).order_by(Group.deleted_at.desc()))


def deleted_group_for(member: Viewer, handle: str) -> Group:
    """A deleted group that this person may bring back. Raises NotFound."""
    found = [group for group in deleted_by_animator(member) if group.handle == handle]
    if not found:
        raise NotFound
    return found[0]


def mergers_into(member: Viewer, group: Group) -> list[Merge]:
    """What was poured into this group and can still be taken out again, the latest first; for its animators."""
    rules.edit(member, group).require()
    recent = Merge.target == group.id, Merge.undone_at.is_null(), Merge.created_at > now() - rules.MERGE_GRACE
    return list(Merge.select(Merge, Group).join(Group, on=Merge.source).where(*recent).order_by(Merge.id.desc()))


def merger_into(member: Viewer, group: Group, number: int) -> Merge:
    """One merger into this group, undone or not, for its animators. Raises NotFound, Refused."""
    rules.edit(member, group).require()
    rows = Merge.select(Merge, Group).join(Group, on=Merge.source)
    row = rows.where(Merge.id == number, Merge.target == group.id).first()
    if row is None:
        raise NotFound
    return row


def arrivals(member: Viewer, group: Group, bounds: Sequence[datetime]) -> list[int]:
    """How many of today's members came in each span of time; for the animators. Raises Refused."""
    rules.edit(member, group).require()
    return count_between(Membership.select().where(Membership.group == group.id), Membership.created_at, bounds)


def is_last_animator(member: Viewer, group: Group) -> bool:
    """Whether the group would be left without animator if this person went."""
    return rules.role_in(member, group) == "animator" and len(animators_of(group)) == 1


def seats_for(member: Viewer, groups: Iterable[Group]) -> dict[int, Seat]:
    """For each of these groups, how its door stands for this person (one query for all of them, none for a guest)."""
    groups = list(groups)
    rules.read_standings(member, [group for group in groups if not rules.role_in(member, group)])
    return {
        group.id: Seat(
            rules.role_in(member, group),
            rules.join(member, group),
            rules.ask(member, group),
            not rules.role_in(member, group) and bool({"waiting", "aside"} & rules.standing(member, group)),
        )
        for group in groups
    }


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
    """How many belong, in words: "312 membres", or for who may not know it "moins de 5 membres"."""
    if not rules.see_count(member, group):
        return f"moins de {rules.FEW} membres"
    return f"{group.members_count} membre{'s' if group.members_count > 1 else ''}"


def as_json(member: Viewer, groups: Iterable[Group]) -> list[dict]:
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


def _counted(member: Viewer, group: Group) -> dict:
    """The number of members; where this person may not know it, the most that there can be."""
    if rules.see_count(member, group):
        return {"members_count": group.members_count, "members_count_exact": True}
    return {"members_count": rules.FEW - 1, "members_count_exact": False}


def liveliest(member: Viewer, limit: int) -> list[Group]:
    """The open groups where something happened last: where to begin for who has none."""
    listed = groups_for(member).where(Group.visibility == "ouvert")
    return list(listed.order_by(Group.last_activity_at.desc(), Group.id).limit(limit))


def asked_by(member: Account) -> list[dict]:
    """What is kept of this person at the doors of groups, for the file of all their data."""
    asked = Request.select(Request, Group.handle).join(Group).where(Request.member == member.id)
    gone = Removal.select(Removal, Group.handle).join(Group).where(Removal.member == member.id)
    return [
        *(
            {
                "group": row.group.handle,
                # To be left for later is nothing that one is told.
                "state": "waiting" if row.state == "aside" else row.state,
                "word": row.word,
                "answer": row.answer,
                "asked_at": iso(row.created_at),
            }
            for row in asked.order_by(Request.id)
        ),
        *(
            {"group": row.group.handle, "state": rules.OUT, "reason": row.reason, "at": iso(row.created_at)}
            for row in gone.order_by(Removal.id)
        ),
    ]


def data_of(member: Account) -> list[dict]:
    """The person's memberships, for the file of all their data."""
    rows = Membership.select(Membership, Group.handle).join(Group).where(Membership.member == member.id)
    return [
        {"group": row.group.handle, "role": row.role, "joined_at": iso(row.created_at)}
        for row in rows.order_by(Membership.id)
    ]


_of_handle = Prepared(lambda member_id, handle: groups_for(viewer(member_id)).where(Group.handle == handle))
