"""Founding a group, and what it says of itself."""

from collections.abc import Iterable, Mapping

from peewee import IntegrityError

from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import handles, queries, rules
from forum.groups.actions.access import check_rights, joining_problem
from forum.groups.actions.membership import add_member
from forum.groups.actions.welcomes import write_welcome
from forum.groups.hues import HUES
from forum.groups.models import VISIBILITIES, Group, GroupTag, Handle
from forum.places import queries as places
from forum.tags import actions as tags
from forum.tags.spelling import handle_key
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.typed import hyphened, many_lines

MOST_TAGS = 8


def create(
    member: Viewer,
    name: str,
    handle: str = "",
    description: str = "",
    place: str = "",
    tag_names: Iterable[str] = (),
    visibility: str = "ouvert",
    joining: str = "libre",
    rights: Mapping[str, bool | int] | None = None,
) -> Group:
    """Found a group with its founder as animator.

    A missing handle is made from the place, or else from the name; `rights` holds switches and days, by default those
    of the table. Raises Refused, Invalid; when a group has this handle under another spelling, with the fact `existing`
    (None when it is not to be seen by this person).
    """
    tag_names = list(tag_names)
    handle, place, name = _checked(member, name, handle, description, place, tag_names, visibility, joining, rights)
    try:
        with transaction():
            _refuse_duplicate(member, handle)
            access = {"visibility": visibility, "joining": joining, **(rights or {})}
            group = Group.create(handle=handle, name=name, place_code=place, **access)
            _open_doors(member, group, description, tag_names)
    except IntegrityError:
        # Another founder was faster by an instant: say so as for any other duplicate.
        _refuse_duplicate(member, handle)
        raise
    return group


def check_plan(member: Viewer, *plan) -> None:
    """Raise what `create` would of this plan, and found nothing."""
    handle, _, _ = _checked(member, *plan)
    _refuse_duplicate(member, handle)


def _checked(
    member: Viewer,
    name: str,
    handle: str,
    description: str,
    place: str,
    tag_names: list[str],
    visibility: str,
    joining: str,
    rights: Mapping[str, bool | int] | None,
) -> tuple[str, str, str]:
    """The handle, the place and the name that are meant. Raises Refused, Invalid."""
    rules.found(member).require()
    handle, place, name = _identity(name, handle, place)
    _check_group(name, description, tag_names, visibility, joining)
    check_rights(rights or {})
    check(handle=handles.problem(handle), place=_place_problem(handle, place))
    return handle, place, name


def edit(
    member: Viewer,
    group: Group,
    name: str,
    description: str,
    tag_names: Iterable[str] = (),
    charter: str | None = None,
    welcome: str | None = None,
    tint: str | None = None,
) -> None:
    """Change what a group says of itself; what is None stays. Raises Refused, Invalid."""
    tag_names = list(tag_names)
    tint = group.tint if tint is None else tint
    charter = group.charter if charter is None else many_lines(charter)
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        _check_group(name, description, tag_names, group.visibility, group.joining)
        check(charter=fields.body_problem(charter, 10_000, least=0))
        check(tint="" if tint in ("", *HUES) else "Choisissez une des couleurs proposées.")
        if welcome is not None:
            write_welcome(group, welcome)
        _describe(group, name.strip(), description, tag_names)
        Group.update(charter=charter, charter_html=markdown.render(charter), tint=tint).where(
            Group.id == group.id
        ).execute()
        journal.record("group.edited", actor=member, group=group, subject=("group", group.id))


def _open_doors(member: Viewer, group: Group, description: str, tag_names: list[str]) -> None:
    """What a new group begins with: its address, its description and tags, its founder as animator."""
    Handle.create(key=handle_key(group.handle), group=group)
    _describe(group, group.name, description, tag_names)
    journal.record("group.created", actor=member, group=group, subject=("group", group.id))
    add_member(member, group, role="animator")


def _identity(name: str, handle: str, place: str) -> tuple[str, str, str]:
    name, place = name.strip(), place.strip().upper()
    handle = hyphened(handle) or (handles.for_place(place) if place else handles.for_name(name))
    place = place or handles.place_code(handle)
    found = places.place(place) if place else None
    return handle, place, name or (found.name if found else "")


def _check_group(name: str, description: str, tag_names: list[str], visibility: str, joining: str) -> None:
    check(
        name=fields.line_problem(name, 80, least=2),
        description=fields.body_problem(many_lines(description), 5_000, least=0),
        tags=tags.names_problem(tag_names, MOST_TAGS),
        visibility=None if visibility in VISIBILITIES else "Choisissez une visibilité.",
        joining=joining_problem(visibility, joining),
    )


def _place_problem(handle: str, place: str) -> str | None:
    found = places.place(place) if place else None
    if place and (found is None or found.kind not in ("departement", "circonscription")):
        return f"Aucun département ni circonscription ne porte le numéro {place}."
    told = handles.place_code(handle)
    if told and told != place:
        return f"L’adresse #{handle} parle d’un autre lieu : laissez l’un des deux vide."
    return None


def _refuse_duplicate(member: Viewer, handle: str) -> None:
    taken = queries.taken_by(handle)
    if taken is None:
        return
    existing = queries.groups_for(member).where(Group.id == taken).first()
    if existing is None:
        raise Invalid({"handle": "Cette adresse n’est pas libre : choisissez-en une autre."}, existing=None)
    raise Invalid(
        {"handle": f"Ce groupe existe déjà : #{existing.handle}. Vous pouvez le rejoindre."}, existing=existing
    )


def _describe(group: Group, name: str, description: str, tag_names: list[str]) -> None:
    description = many_lines(description)
    Group.update(name=name, description=description, description_html=markdown.render(description)).where(
        Group.id == group.id
    ).execute()
    GroupTag.delete().where(GroupTag.group == group.id).execute()
    tags.attach(GroupTag, tag_names, group.sandbox, group=group.id)
