"""What animators choose goes from the form to the group, each setting once."""

from dataclasses import fields

from forum.groups import queries
from forum.groups.actions import GroupSettings
from forum.groups.models import Group
from forum.groups.settings import RIGHTS, settings_in
from tests.world import group

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}/reglages"
CHOSEN = GroupSettings(
    name="Haute-Vienne insoumise",
    description="Un groupe *de* bords de Vienne.",
    tags=("eau", "bocage"),
    charter="On s’écoute.",
    welcome="Bienvenue.",
    tint="sapin",
    visibility="ferme",
    joining="demande",
    members_invite=False,
    members_discuss=False,
    members_propose=False,
    members_see_members=False,
    approve_discussions=True,
    accepts_children=True,
    newcomers_read_days=3,
    links_held_days=7,
)
WORDS = {
    "name": f"  {CHOSEN.name} ",
    "description": f"{CHOSEN.description}\r\n",
    "tags": "eau, bocage",
    "charter": CHOSEN.charter,
    "welcome": CHOSEN.welcome,
    "tint": CHOSEN.tint,
}
CHOICES = {"access": "ferme-demande", "confirm": "ferme", "approve_discussions": "1", "accepts_children": "1"}
DAYS = {"newcomers_read_days": "3", "links_held_days": " 7 "}


def test_a_new_group_has_what_its_form_shows():
    assert settings_in(Group(name="Saules")) == GroupSettings("Saules")


def test_all_that_animators_choose_is_kept(alice):
    usual = GroupSettings("Haute-Vienne")
    assert all(getattr(CHOSEN, field.name) != getattr(usual, field.name) for field in fields(GroupSettings))
    assert alice.post(PATH, WORDS).status_code == 303
    assert alice.post(f"{PATH}/droits", CHOICES | DAYS).status_code == 303
    kept = group(HANDLE)
    assert queries.settings_of(kept) == CHOSEN
    assert "<em>de</em>" in kept.description_html
    assert "écoute" in kept.charter_html


def test_a_group_is_founded_with_all_of_it(bob):
    answer = bob.post("/groupes/nouveau", WORDS | CHOICES | DAYS | {"rights": "1", "handle": "saules"})
    assert answer.location == "/g/saules"
    assert queries.settings_of(group("saules")) == CHOSEN


def test_what_a_form_does_not_have_stays(alice):
    alice.post(PATH, WORDS)
    assert alice.post(PATH, {"name": CHOSEN.name, "description": "", "tags": ""}).status_code == 303
    kept = queries.settings_of(group(HANDLE))
    assert (kept.charter, kept.welcome, kept.tint) == (CHOSEN.charter, CHOSEN.welcome, CHOSEN.tint)
    assert (kept.description, kept.tags) == ("", ())


def test_what_was_typed_is_shown_again_with_what_is_wrong(alice):
    page = alice.post(PATH, WORDS | {"name": "", "tint": "fluo"})
    assert page.status_code == 422
    assert "Choisissez une des couleurs proposées." in page.text
    assert CHOSEN.charter in page.text
    page = alice.post(f"{PATH}/droits", {"access": "ferme-demande", "accepts_children": "1", "links_held_days": "cent"})
    assert page.status_code == 422
    assert "Un nombre de jours, de 0 à 90." in page.text
    assert 'value="cent"' in page.text
    assert 'name="accepts_children" value="1" checked' in page.text.replace('id="accepts_children" ', "")
    assert all(getattr(group(HANDLE), name) == getattr(GroupSettings("x"), name) for name in RIGHTS)
