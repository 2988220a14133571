"""What a group says of itself, who enters and reads it, and who may do what in it."""

from collections.abc import Iterable
from typing import Any

from forum.accounts.models import Viewer
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import handles, queries, rules
from forum.groups.actions.welcomes import write_welcome
from forum.groups.models import Group, GroupTag, Handle
from forum.groups.settings import ALLOWED, CODED, SAID, GroupSettings, allowed_by, said_by, settings_in
from forum.tags import actions as tags
from forum.tasks import journal
from forum.text.seen import require_unmoved

# What is confirmed before who may read changes, by what was and what will be.
CONFIRM = {
    ("ferme", "ouvert"): "Tout ce qui s’est dit ici depuis le début deviendra lisible par tout le monde, y compris ce "
    "qui fut écrit entre soi. Les membres l’apprendront.",
    ("secret", "ouvert"): "Le groupe sera connu de tout le monde, et tout ce qui s’y est dit depuis le début deviendra "
    "lisible, y compris ce qui fut écrit entre soi. Les membres l’apprendront.",
    ("secret", "ferme"): "Tout le monde saura que ce groupe existe, et lira son nom et sa présentation. Les membres "
    "l’apprendront.",
    ("ouvert", "ferme"): "Ce qui s’est dit ici ne sera plus lisible que par les membres ; ce qui a été copié ailleurs "
    "le reste. Les membres l’apprendront.",
    (
        "ouvert",
        "secret",
    ): "Le groupe disparaîtra des listes, et ses membres seuls pourront le lire ; ce qui a été copié "
    "ailleurs le reste. Les membres l’apprendront.",
    (
        "ferme",
        "secret",
    ): "Le groupe disparaîtra des listes : ses membres seuls sauront qu’il existe. Ils l’apprendront.",
}


KEPT_FOR_ALL = (
    "Ce groupe a, ou a eu, l’adresse d’un lieu, qui reste à tout le monde : il ne peut pas devenir secret. "
    "Fondez plutôt un groupe secret à côté."
)


def edit(member: Viewer, group: Group, settings: GroupSettings, seen: str | None = None) -> None:
    """Change what a group says of itself; `seen`: the mark of what was read. Raises Refused, Moved, Invalid."""
    rules.edit(member, group).require()
    check(**settings.problems())
    words = settings.words()
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        require_unmoved(seen, said_by(queries.settings_of(group)), SAID, CODED)
        Group.update(**words).where(Group.id == group.id).execute()
        write_beside(group, settings)
        journal.record("group.edited", actor=member, group=group, subject=("group", group.id))


def _refuse_address_of_a_place(group: Group) -> None:
    """What is hidden holds no address that others would look for, nor one of its former."""
    keys = tuples(Handle.select(Handle.key).where(Handle.group == group.id))
    if any(handles.place_code(key) for (key,) in keys):
        raise Invalid({"visibility": KEPT_FOR_ALL})


def write_beside(group: Group, settings: GroupSettings) -> None:
    """The settings that have a table of their own; inside the transaction of the act."""
    if settings.welcome is not None:
        write_welcome(group, settings.welcome)
    if settings.tags is not None:
        write_tags(group, settings.tags)


def write_tags(group: Group, names: Iterable[str]) -> None:
    """Give a group these tags and no others; inside the transaction of the settings."""
    GroupTag.delete().where(GroupTag.group == group.id).execute()
    tags.attach(GroupTag, names, group.sandbox, group=group.id)


def change_access(
    member: Viewer, group: Group, settings: GroupSettings, confirmed: str = "", seen: str | None = None
) -> None:
    """Change who reads and enters a group, and what members may do, all or nothing; the present ones change nothing.

    `confirmed` repeats a visibility that changes, `seen` is the mark of what was read. Raises Refused, Moved, Invalid.
    """
    rules.edit(member, group).require()
    check(**settings.problems())
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        require_unmoved(seen, allowed_by(settings_in(group)), ALLOWED, CODED)
        rights: dict[str, Any] = {
            name: value for name, value in settings.rights().items() if getattr(group, name) != value
        }
        if settings.visibility == "secret" != group.visibility:
            _refuse_address_of_a_place(group)
        before, after = (group.visibility, group.joining), (settings.visibility, settings.joining)
        if settings.visibility != group.visibility and confirmed != settings.visibility:
            raise Invalid({"confirm": CONFIRM[group.visibility, settings.visibility]})
        if rights:
            Group.update(**rights).where(Group.id == group.id).execute()
            journal.record("group.rights_changed", actor=member, group=group, subject=("group", group.id), **rights)
        if before != after:
            access = {"visibility": settings.visibility, "joining": settings.joining}
            Group.update(**access).where(Group.id == group.id).execute()
            facts: dict[str, Any] = {"before": before, "after": after}
            journal.record("group.access_changed", actor=member, group=group, subject=("group", group.id), **facts)
