"""What the animators of a group choose. A setting has one name from the form to the column, and is declared here: in
GroupSettings, and where it is a text in TEXTS; forms, checks and columns follow."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from forum.errors import check
from forum.groups.hues import HUES
from forum.groups.models import ACCESSES, JOININGS, VISIBILITIES, Group
from forum.tags.actions import names_problem
from forum.text import markdown, scripts
from forum.text.fields import body_problem, line_problem
from forum.text.typed import many_lines, parse_whole, tag_names

MOST_TAGS = 8
MOST_DAYS = 90
NO_DAYS = f"Un nombre de jours, de 0 à {MOST_DAYS}."


@dataclass(frozen=True)
class GroupSettings:
    """The settings of a group; by default those of a new one.

    `tags` and `welcome` have tables of their own; None: not read, and not to be changed.
    """

    name: str
    description: str = ""
    tags: tuple[str, ...] | None = None
    charter: str = ""
    welcome: str | None = None
    tint: str = ""
    visibility: str = "ouvert"
    joining: str = "libre"
    members_invite: bool = True
    members_discuss: bool = True
    members_propose: bool = True
    members_see_members: bool = True
    approve_discussions: bool = False
    accepts_children: bool = False
    newcomers_read_days: int = 0
    links_held_days: int = 0

    def words(self) -> dict[str, str]:
        """The columns of what the group says of itself: its name and colour, its texts and the HTML made of each."""
        texts = {name: many_lines(getattr(self, name)) for name in TEXTS if name != "welcome"}
        made = {f"{name}_html": markdown.render(text) for name, text in texts.items()}
        return {"name": self.name.strip(), "tint": self.tint, **texts, **made}

    def rights(self) -> dict[str, bool | int]:
        """The columns of what members may do."""
        return {name: getattr(self, name) for name in RIGHTS}

    def problems(self) -> dict[str, str | None]:
        """Why these cannot be the settings of a group: by their names, a French sentence, or None."""
        texts = {name: many_lines(getattr(self, name) or "") for name in TEXTS}
        return {
            "name": line_problem(self.name, 80, least=2) or scripts.problem(self.name),
            **{name: body_problem(text, TEXTS[name], least=0) for name, text in texts.items()},
            "tags": names_problem(self.tags or (), MOST_TAGS),
            "tint": None if self.tint in ("", *HUES) else "Choisissez une des couleurs proposées.",
            "visibility": None if self.visibility in VISIBILITIES else "Choisissez une visibilité.",
            "joining": joining_problem(self.visibility, self.joining),
            **{name: None if 0 <= getattr(self, name) <= MOST_DAYS else NO_DAYS for name in DAYS},
        }


# What is written in Markdown, at most so many signs of each.
TEXTS = {"description": 5_000, "charter": 10_000, "welcome": 2_000}
SWITCHES = tuple(field.name for field in fields(GroupSettings) if field.type is bool)
DAYS = tuple(field.name for field in fields(GroupSettings) if field.type is int)
RIGHTS = (*SWITCHES, *DAYS)
# The fields of either form, as they are called where somebody else has changed them.
SAID = {
    "name": "Nom",
    "description": "Présentation",
    "tags": "Mots-clés",
    "charter": "Charte du groupe",
    "welcome": "Mot de bienvenue",
    "tint": "La couleur du groupe",
}
ALLOWED = {
    "access": "Qui lit, qui entre",
    "members_discuss": "Les membres peuvent ouvrir des discussions",
    "members_propose": "Les membres peuvent mettre des propositions au vote",
    "members_invite": "Les membres peuvent inviter",
    "members_see_members": "Les membres peuvent voir qui est membre",
    "approve_discussions": "Relire les discussions avant leur publication",
    "accepts_children": "Accepter que d’autres groupes se placent sous celui-ci",
    "newcomers_read_days": "Jours où les nouveaux membres lisent sans écrire ni voter",
    "links_held_days": "Jours où leurs liens restent du texte",
}
CODED = ("tint", "access")


def settings_in(group: Group) -> GroupSettings:
    """Those that stand in the row of the group: all but its tags and its words of welcome."""
    columns = [field.name for field in fields(GroupSettings) if field.name not in ("tags", "welcome")]
    return GroupSettings(**{name: getattr(group, name) for name in columns})


def read_settings(form: Mapping[str, str], before: GroupSettings) -> GroupSettings:
    """The settings that a form means; what it says nothing of is as before. Raises Invalid (access, the days)."""
    chosen: dict[str, Any] = {name: form[name] for name in ("name", "tint", *TEXTS) if name in form}
    if "tags" in form:
        chosen["tags"] = tuple(tag_names(form["tags"]))
    return replace(before, **chosen | _read_rights(form) | _read_access(form, before))


def _read_rights(form: Mapping[str, str]) -> dict[str, Any]:
    """A box that is not ticked sends nothing: a form that has boxes says so, by a field of this name."""
    if "rights" not in form:
        return {}
    days = {name: parse_whole(form.get(name, "").strip() or "0", most=MOST_DAYS) for name in DAYS}
    check(**{name: NO_DAYS for name, number in days.items() if number is None})
    return {**{name: bool(form.get(name)) for name in SWITCHES}, **{name: number or 0 for name, number in days.items()}}


def _read_access(form: Mapping[str, str], before: GroupSettings) -> dict[str, Any]:
    """One choice of what makes sense together ("ouvert-libre"), or each by itself; one enters as is usual there."""
    if "access" in form:
        visibility, _, joining = form["access"].partition("-")
        known = joining in ACCESSES.get(visibility, ())
        check(access=None if known else "Choisissez qui lit le groupe et qui y entre.")
        return {"visibility": visibility, "joining": joining}
    visibility = form.get("visibility", before.visibility)
    usual = before.joining if visibility == before.visibility else ACCESSES.get(visibility, ("libre",))[0]
    return {"visibility": visibility, "joining": form.get("joining", usual)}


def fields_of(settings: GroupSettings) -> dict[str, Any]:
    """What the fields of the forms hold of these settings."""
    present = {field.name: getattr(settings, field.name) for field in fields(settings)}
    present |= {"tags": " ".join(settings.tags or ()), "welcome": settings.welcome or ""}
    return present | {"access": f"{settings.visibility}-{settings.joining}"}


def said_by(settings: GroupSettings) -> dict[str, Any]:
    """What the form of the settings shows, and may overwrite."""
    return {name: value for name, value in fields_of(settings).items() if name in SAID}


def allowed_by(settings: GroupSettings) -> dict[str, Any]:
    """What the form of entry and rights shows, and may overwrite."""
    return {name: value for name, value in fields_of(settings).items() if name in ALLOWED}


def typed_over(present: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """What the fields hold once a form was typed, right or wrong, to be shown again."""
    ticked = {name: bool(form.get(name)) for name in SWITCHES} if "rights" in form else {}
    return {**present, **{name: form[name] for name in present if name in form}, **ticked}


def joining_problem(visibility: str, joining: str) -> str | None:
    """Why one cannot enter so a group of this visibility, in French; None when one can."""
    if joining not in JOININGS:
        return "Choisissez comment l’on entre dans le groupe."
    if visibility not in ACCESSES or joining in ACCESSES[visibility]:
        return None
    if visibility == "secret":
        return "Un groupe secret se rejoint sur invitation seulement."
    return "Un groupe fermé se rejoint sur demande ou sur invitation."
