"""The form of a vote's terms, and the starting points for common votes."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from forum.groups import actions as groups
from forum.proposals import queries
from forum.proposals.models import Proposal
from forum.proposals.starters import STARTERS
from tests.proposals.ballots import put
from tests.world import group, member

NEW = "/g/insoumis-087/propositions/nouvelle"
WANTED = {
    "title": "Louer la salle de Bellac",
    "opens_at": "2027-03-05T20:00",
    "closes_at": "2027-03-09T20:00",
    "electorate": "named",
    "named": "Alice, Bob",
    "results": "closed",
    "reasons": "required",
    "final": "1",
}


@pytest.fixture
def monday(site):
    groups.join(member("Bob"), group("insoumis-087"))
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False) as clock:
        yield clock


def test_terms_are_chosen_with_a_plain_form_and_come_back_to_be_rewritten(monday, alice):
    answer = alice.post(NEW, WANTED)
    assert answer.status_code == 303
    proposal = Proposal.get()
    terms = (proposal.electorate, proposal.results, proposal.reasons, proposal.final, proposal.growing)
    assert terms == ("named", "closed", "required", True, False)
    assert proposal.opens_at == datetime(2027, 3, 5, 19, tzinfo=UTC)
    assert queries.named_voters(proposal) == ["Alice", "Bob"]
    form = alice.get(f"/p/{proposal.key}/modifier").text
    for shown in (
        'value="2027-03-05T20:00"',
        "Alice\nBob</textarea>",
        'value="named" checked',
        'value="closed" checked',
    ):
        assert shown in form
    assert '<option value="required" selected>' in form
    assert 'name="final" value="1" checked' in form
    assert alice.post(f"/p/{proposal.key}/modifier", fields_of(form)).status_code == 303
    same = Proposal.get()
    assert (same.electorate, same.results, same.reasons, same.final, same.opens_at) == (*terms[:4], proposal.opens_at)


def fields_of(form: str) -> dict[str, str]:
    """What a browser would send of this form, touched by nobody."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (" checked" in tag or ('type="radio"' not in tag and 'type="checkbox"' not in tag)):
            fields[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.S):
        fields[name] = text
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrf_token", None)
    return fields


def test_the_plain_form_makes_the_usual_vote(monday, alice):
    form = fields_of(alice.get(NEW).text)
    assert alice.post(NEW, {**form, "title": "Tout simple"}).status_code == 303
    usual = Proposal.get()
    assert (usual.electorate, usual.results, usual.reasons, usual.final) == ("members", "always", "optional", False)
    assert usual.is_open()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"electorate": "moi"}, "electorate", "Choisissez une des réponses"),
        ({"results": "jamais"}, "results", "Choisissez une des réponses"),
        ({"reasons": "peut-être"}, "reasons", "Choisissez une des réponses"),
        ({"reasons": "against", "method": "choice", "options": "a\nb"}, "reasons", "pas d’avis contraire"),
        ({"named": "Charlie"}, "named", "Personne ne porte ce pseudonyme"),
        ({"opens_at": "demain"}, "opens_at", "Écrivez la date d’ouverture"),
        ({"closes_at": "2027-03-04T20:00"}, "closes_at", "après son ouverture"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(monday, alice, fields, field, sentence):
    answer = alice.post(NEW, {**WANTED, **fields})
    assert answer.status_code == 422
    assert f'id="f-{field}-error">' in answer.text
    assert sentence in answer.text
    assert '<details class="more" open>' in answer.text or field == "closes_at"
    kept = fields_of(answer.text)
    wanted = {"final": "1", "named": "Alice, Bob", **fields}
    assert {name: kept[name] for name in ("final", "named")} == {name: wanted[name] for name in ("final", "named")}
    assert Proposal.select().count() == 0


def test_the_opening_is_no_more_offered_once_it_has_come(monday, alice):
    proposal = put()
    assert 'name="opens_at"' not in alice.get(f"/p/{proposal.key}/modifier").text
    assert 'name="opens_at"' in alice.get(NEW).text


@pytest.mark.parametrize("name", STARTERS)
def test_each_starting_point_makes_a_vote_as_it_says(monday, alice, name):
    page = alice.get(f"{NEW}?modele={name}").text
    assert f'href="?modele={name}" aria-current="true"' in page
    assert STARTERS[name].why in page.replace("&#39;", "'")
    form = fields_of(page)
    form["options"] = form["options"] or "Noisette\nPrunelle"
    assert alice.post(f"{NEW}?modele={name}", {**form, "title": "Une chose à décider"}).status_code == 303
    proposal = Proposal.get()
    assert proposal.method == STARTERS[name].fields["method"]
    assert alice.get(f"/p/{proposal.key}").status_code == 200
    if name == "semaine":
        assert proposal.opens_at == datetime(2027, 3, 6, 19, tzinfo=UTC)
        assert proposal.closes_at == datetime(2027, 3, 8, 19, tzinfo=UTC)
        assert queries.settings_of(proposal)["threshold"] == "4/5"
    if name == "date":
        assert queries.options_of(proposal)[0].name == "2027-03-10T20:00"
    if name == "election":
        assert (proposal.results, proposal.reasons, proposal.growing) == ("closed", "required", True)


def test_an_unknown_starting_point_is_the_plain_form(alice):
    assert fields_of(alice.get(f"{NEW}?modele=tirage").text)["method"] == "consent"


def test_starting_points_are_offered_from_a_discussion_too_and_not_when_rewriting(monday, alice):
    assert "?modele=semaine" in alice.get(NEW).text
    assert "?modele=" not in alice.get(f"/p/{put().key}/modifier").text
