"""Who enters and reads a group, and who may do what in it."""

from collections.abc import Mapping

from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import queries, rules
from forum.groups.models import ACCESSES, JOININGS, VISIBILITIES, Group
from forum.tasks import journal
from forum.text.typed import parse_whole

SWITCHES = (
    "members_invite",
    "members_discuss",
    "members_propose",
    "members_see_members",
    "approve_discussions",
    "accepts_children",
)
DAYS = ("newcomers_read_days", "links_held_days")
MOST_DAYS = 90
NO_DAYS = f"Un nombre de jours, de 0 à {MOST_DAYS}."

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


def change(
    member: Viewer, group: Group, visibility: str, joining: str, rights: Mapping[str, bool | int], confirmed: str = ""
) -> None:
    """Change who reads and enters the group and what members may do, all or nothing. Raises as the two do."""
    with transaction():
        change_rights(member, group, rights)
        change_access(member, group, visibility, joining, confirmed)


def change_access(member: Viewer, group: Group, visibility: str, joining: str, confirmed: str = "") -> None:
    """Change who may read the group and how one enters it; `confirmed` repeats a visibility that changes.

    The present ones change nothing. Raises Refused, Invalid (visibility, joining, confirm).
    """
    check_access(visibility, joining)
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        before = group.visibility, group.joining
        if before == (visibility, joining):
            return
        if visibility != group.visibility and confirmed != visibility:
            raise Invalid({"confirm": CONFIRM[group.visibility, visibility]})
        Group.update(visibility=visibility, joining=joining).where(Group.id == group.id).execute()
        facts: dict = {"before": before, "after": (visibility, joining)}
        journal.record("group.access_changed", actor=member, group=group, subject=("group", group.id), **facts)


def change_rights(member: Viewer, group: Group, rights: Mapping[str, bool | int]) -> None:
    """Change what members may do; `rights` holds SWITCHES and DAYS. Raises Refused, Invalid (the days)."""
    check_rights(rights)
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        changed: dict = {name: value for name, value in rights.items() if getattr(group, name) != value}
        if changed:
            Group.update(**changed).where(Group.id == group.id).execute()
            journal.record("group.rights_changed", actor=member, group=group, subject=("group", group.id), **changed)


def read_access(access: str) -> tuple[str, str]:
    """The visibility and the joining that a choice of the form means: "ouvert-libre". Raises Invalid (access)."""
    visibility, _, joining = access.partition("-")
    check(access=None if joining in ACCESSES.get(visibility, ()) else "Choisissez qui lit le groupe et qui y entre.")
    return visibility, joining


def read_rights(typed: Mapping[str, str]) -> dict[str, bool | int]:
    """Switches and days as a form sends them: a box that is not ticked sends nothing. Raises Invalid (the days)."""
    days = {name: parse_whole(typed.get(name, "").strip() or "0", most=MOST_DAYS) for name in DAYS}
    check(**{name: NO_DAYS for name, number in days.items() if number is None})
    known = {name: number or 0 for name, number in days.items()}
    return {**{name: bool(typed.get(name)) for name in SWITCHES}, **known}


def check_access(visibility: str, joining: str) -> None:
    """Raises Invalid (visibility, joining) for what makes no sense together."""
    check(
        visibility=None if visibility in VISIBILITIES else "Choisissez une visibilité.",
        joining=joining_problem(visibility, joining),
    )


def check_rights(rights: Mapping[str, bool | int]) -> None:
    """Raises Invalid for a number of days out of bounds."""
    wrong = {name: rights[name] for name in DAYS if not 0 <= rights.get(name, 0) <= MOST_DAYS}
    check(**dict.fromkeys(wrong, NO_DAYS))


def joining_problem(visibility: str, joining: str) -> str | None:
    """Why one cannot enter so a group of this visibility, in French; None when one can."""
    if joining not in JOININGS:
        return "Choisissez comment l’on entre dans le groupe."
    if visibility not in ACCESSES or joining in ACCESSES[visibility]:
        return None
    if visibility == "secret":
        return "Un groupe secret se rejoint sur invitation seulement."
    return "Un groupe fermé se rejoint sur demande ou sur invitation."
