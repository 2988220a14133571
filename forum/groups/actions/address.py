"""Where a group stands: its address, and the group it is placed under."""

from peewee import IntegrityError

from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import handles, queries, rules
from forum.groups.models import Group, Handle
from forum.tags.spelling import handle_key
from forum.tasks import journal
from forum.text.typed import hyphened, without_hash

TAKEN = "Cette adresse n’est pas libre : choisissez-en une autre."
LOOP = "Un groupe ne peut être sous lui-même, ni sous un groupe qui est sous lui."
UNKNOWN = "Aucun groupe à cette adresse, ou aucun qui vous soit ouvert."


def change_address(member: Viewer, group: Group, handle: str) -> str:
    """Give the group another address; the former ones keep leading to it and are never given to another group.

    Returns the handle as it now stands. Raises Refused, Invalid (handle).
    """
    rules.edit(member, group).require()
    handle = hyphened(handle)
    check(handle=handles.problem(handle))
    try:
        with transaction():
            group = queries.lock(group)
            rules.edit(member, group).require()
            told = handles.place_code(handle)
            check(handle=None if told in ("", group.place_code) else f"L’adresse #{handle} parle d’un autre lieu.")
            if group.visibility == "secret":
                handle = handles.of_secret(handle, group.handle)
            check(handle=None if queries.taken_by(handle) in (None, group.id) else TAKEN)
            if handle != group.handle:
                _rename(member, group, handle)
    except IntegrityError as problem:
        # Somebody else was faster by an instant.
        raise Invalid({"handle": TAKEN}) from problem
    return handle


def place_under(member: Viewer, group: Group, handle: str) -> None:
    """Place a group below another, or below none (''). Raises Refused, Invalid (parent)."""
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        parent = _parent(member, group, without_hash(handle))
        _hang(member, group, parent)


def detach_child(member: Viewer, parent: Group, handle: str) -> None:
    """Those who animate a group no longer have another below it; one that is not there is no fault. Raises Refused."""
    with transaction():
        rules.edit(member, parent).require()
        child = queries.group_or_none(member, handle)
        if child is not None and child.parent_id == parent.id:
            _hang(member, queries.lock(child), None)


def _rename(member: Viewer, group: Group, handle: str) -> None:
    Handle.insert(key=handle_key(handle), group=group.id).on_conflict_ignore().execute()
    Group.update(handle=handle).where(Group.id == group.id).execute()
    facts = {"before": group.handle, "after": handle}
    journal.record("group.renamed", member, group, ("group", group.id), **facts)  # type: ignore[arg-type]


def _parent(member: Viewer, group: Group, handle: str) -> Group | None:
    if not handle:
        return None
    parent = queries.group_or_none(member, handle)
    if parent is None:
        raise Invalid({"parent": UNKNOWN})
    if parent.id == group.parent_id:
        return parent
    refusal = rules.place_below(member, parent).reason
    check(parent=refusal or None)
    check(parent=LOOP if _loops(group, parent) else None)
    return parent


def _loops(group: Group, parent: Group) -> bool:
    """Whether the way up from the parent leads to the group: one question a step, and the way is short."""
    seen: set[int] = set()
    step: int | None = parent.id
    while step is not None and step not in seen:
        if step == group.id:
            return True
        seen.add(step)
        step = Group.select(Group.parent).where(Group.id == step).scalar()
    return False


def _hang(member: Viewer, group: Group, parent: Group | None) -> None:
    parent_id = parent.id if parent else None
    if group.parent_id != parent_id:
        Group.update(parent=parent_id).where(Group.id == group.id).execute()
        journal.record("group.placed", actor=member, group=group, subject=("group", group.id))
