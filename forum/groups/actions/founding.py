"""Founding a group."""

from dataclasses import replace

from peewee import IntegrityError

from forum import limits
from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import handles, queries, rules
from forum.groups.actions.membership import add_member
from forum.groups.actions.settings import write_beside
from forum.groups.models import Group, Handle
from forum.groups.settings import GroupSettings
from forum.places import queries as places
from forum.tags.spelling import handle_key
from forum.tasks import journal
from forum.text.typed import hyphened


def create(member: Viewer, settings: GroupSettings, handle: str = "", place: str = "") -> Group:
    """Found a group with its founder as animator.

    The place is a code, or words read as in the search box. A missing handle is made from the place, or else from the
    name; a missing name is that of the place. Raises Refused, Invalid; when a group has this handle under another
    spelling, with the fact `existing` (None when it is not to be seen by this person).
    """
    settings, handle, place = _checked(member, settings, handle, place)
    access = {"visibility": settings.visibility, "joining": settings.joining}
    columns = settings.words() | settings.rights() | access
    limits.limit_member(member, "found")
    try:
        with transaction():
            _refuse_duplicate(member, settings, handle)
            group = Group.create(handle=_address(settings, handle), place_code=place, **columns)
            _open_doors(member, group, settings)
    except IntegrityError:
        # Another founder was faster by an instant: say so as for any other duplicate.
        _refuse_duplicate(member, settings, handle)
        raise
    return group


def check_plan(member: Viewer, settings: GroupSettings, handle: str = "", place: str = "") -> None:
    """Raise what `create` would of this plan, and found nothing."""
    settings, handle, _ = _checked(member, settings, handle, place)
    _refuse_duplicate(member, settings, handle)


def _checked(member: Viewer, settings: GroupSettings, handle: str, place: str) -> tuple[GroupSettings, str, str]:
    """The settings, the handle and the place that are meant. Raises Refused, Invalid."""
    rules.found(member).require()
    meant = places.meant_by(place)
    handle, code, name = _identity(settings.name, handle, meant.place.code if meant.place else "")
    settings = replace(settings, name=name)
    check(**settings.problems())
    check(handle=handles.problem(handle), place=_place_problem(handle, code, place, bool(meant.choices)))
    return settings, handle, code


def _open_doors(member: Viewer, group: Group, settings: GroupSettings) -> None:
    """What a new group begins with: its address, what has a table of its own, its founder as animator."""
    Handle.create(key=handle_key(group.handle), group=group)
    write_beside(group, settings)
    journal.record("group.created", actor=member, group=group, subject=("group", group.id))
    add_member(member, group, role="animator")


def _identity(name: str, handle: str, place: str) -> tuple[str, str, str]:
    name = name.strip()
    handle = hyphened(handle) or (handles.for_place(place) if place else handles.for_name(name))
    place = place or handles.place_code(handle)
    found = places.place(place) if place else None
    return handle, place, name or (found.name if found else "")


def _place_problem(handle: str, code: str, typed: str, unclear: bool) -> str | None:
    if unclear:
        return f"« {typed} » : plusieurs lieux sont possibles. Choisissez le vôtre."
    if places.place(code) is None and (code or typed.strip()):
        return f"Nous ne trouvons pas « {typed or code} ». Essayez un numéro (87, 2A, 75-12), un nom ou une ville."
    told = handles.place_code(handle)
    if told and told != code:
        return f"L’adresse #{handle} parle d’un autre lieu : laissez l’un des deux vide."
    return None


def _address(settings: GroupSettings, wished: str) -> str:
    return handles.unguessable(wished) if settings.visibility == "secret" else wished


def _refuse_duplicate(member: Viewer, settings: GroupSettings, wished: str) -> None:
    if settings.visibility == "secret":
        existing = queries.secret_from(member, wished)
    else:
        taken = queries.taken_by(wished)
        if taken is None:
            return
        existing = queries.groups_for(member).where(Group.id == taken).first()
        if existing is None:
            raise Invalid({"handle": "Cette adresse n’est pas libre : choisissez-en une autre."}, existing=None)
    if existing:
        said = f"Ce groupe existe déjà : #{existing.handle}. Vous pouvez le rejoindre."
        raise Invalid({"handle": said}, existing=existing)
