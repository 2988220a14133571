"""Two animators with the settings open lose nothing of one another’s: what moved is shown beside what was typed."""

import re

import pytest

from forum.groups import queries
from forum.groups.models import Group
from tests.world import group, seen_on

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}/reglages"


@pytest.fixture
def second(site, alice):
    """Another page of the same settings, open elsewhere."""
    return site.visitor("Alice")


def filled(visitor, path: str = PATH) -> dict[str, str]:
    """The form as it is shown, to be sent again with what one changes."""
    page = visitor.get(path).text
    form = re.search(rf'action="{path}">(.*?)</form>', page, re.DOTALL)[1]
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="text"[^>]*value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL))
    fields |= dict(re.findall(r'name="(\w+)" value="([^"]*)" checked', form))
    return fields | dict(re.findall(r'type="hidden" name="(rights|seen)" value="([^"]*)"', form))


def test_who_adds_a_tag_brings_no_old_description_back(alice, second):
    old = filled(alice)
    assert second.post(PATH, {**old, "description": "Le vendredi.", "charter": "On s’écoute."}).status_code == 303
    refused = alice.post(PATH, {**old, "tags": "eau"})
    assert refused.status_code == 409
    assert "Présentation\u00a0: maintenant «\u202fLe vendredi.\u202f»" in refused.text
    assert "Le vendredi.</textarea>" in refused.text
    assert "On s’écoute.</textarea>" in refused.text
    assert queries.settings_of(group(HANDLE)).tags == ()
    again = {**old, "tags": "eau", "description": "Le vendredi.", "charter": "On s’écoute.", "seen": seen_on(refused)}
    assert alice.post(PATH, again).status_code == 303
    present = queries.settings_of(group(HANDLE))
    assert (present.tags, present.description, present.charter) == (("eau",), "Le vendredi.", "On s’écoute.")


def test_what_both_changed_is_shown_beside_what_was_typed(alice, second):
    old = filled(alice)
    second.post(PATH, {**old, "description": "Le vendredi."})
    refused = alice.post(PATH, {**old, "description": "Le samedi."})
    assert "maintenant «\u202fLe vendredi.\u202f»" in refused.text
    assert "Le samedi.</textarea>" in refused.text
    assert Group.get(Group.handle == HANDLE).description == "Le vendredi."


def test_an_older_page_does_not_open_the_list_of_members_again(alice, second):
    path = f"{PATH}/droits"
    old = filled(alice, path)
    closed = {name: value for name, value in old.items() if name not in ("members_see_members", "members_invite")}
    assert second.post(path, closed).status_code == 303
    refused = alice.post(path, {**old, "links_held_days": "7"})
    assert refused.status_code == 409
    assert "Les membres peuvent voir qui est membre\u00a0: maintenant non." in refused.text
    assert re.search(r'name="members_see_members" value="1"><', refused.text)
    assert 'value="7"' in refused.text
    present = group(HANDLE)
    assert (present.members_see_members, present.members_invite, present.links_held_days) == (False, False, 0)


@pytest.mark.parametrize("path", [PATH, f"{PATH}/droits"])
def test_a_mark_of_another_form_is_refused_and_a_script_without_any_is_taken(alice, path):
    fields = filled(alice, path)
    assert alice.post(path, {**fields, "seen": "12"}).status_code == 409
    del fields["seen"]
    assert alice.post(path, fields).status_code == 303


def test_a_form_refused_for_another_reason_keeps_what_it_was_made_from(alice, second):
    old = filled(alice)
    second.post(PATH, {**old, "description": "Le vendredi."})
    wrong = alice.post(PATH, {**old, "name": ""})
    assert wrong.status_code == 422
    assert f'name="seen" value="{old["seen"]}"' in wrong.text
