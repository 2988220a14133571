"""Who stands, what they are asked, what is decided: all of it in the open, and in a record that holds."""

import json
import subprocess
import sys

import brotli
import pytest

from forum.candidacies import actions
from forum.candidacies.models import Candidacy, CandidacyCall, CandidacyWord
from forum.chains.lines import Line, problems
from forum.errors import Invalid, Refused
from forum.groups import actions as groups
from forum.personal_data import actions as leaving, queries as personal_data
from forum.text.typed import moment_field
from tests.candidacies import called, ended, standing
from tests.draws import crowd
from tests.world import PASSWORD, group, member

HOME = "/g/insoumis-087"
CALENDAR = {
    "title": "Législatives",
    "conditions": "Tous les membres.",
    "closes_at": "2099-03-01T20:00",
    "decides_at": "2099-03-08T20:00",
    "scope": "place",
    "place": "87-3",
    "designation": "committee",
}


@pytest.fixture
def charlie(site):
    groups.add_member(member("Charlie"), group("insoumis-087"), role="member")
    return site.visitor("Charlie")


def lines(visitor, call) -> list[Line]:
    text = visitor.get(f"/candidatures/{call.key}.jsonl").text
    return [Line(**json.loads(line)) for line in text.splitlines()]


def test_a_calendar_is_published_first_and_read_by_everybody(alice, guest):
    other = called(title="Municipales")
    given = CALENDAR | {"closes_at": moment_field(other.closes_at), "decides_at": moment_field(other.decides_at)}
    page = alice.post(f"{HOME}/candidatures/nouvelles", given)
    assert page.status_code == 303
    shown = guest.get(page.headers["Location"]).text
    assert "087-03" in shown
    assert "Un comité" in shown
    assert "Législatives" in guest.get(f"{HOME}/candidatures").text


def test_a_calendar_that_makes_no_sense_is_given_back_as_it_was_typed(alice):
    page = alice.post(f"{HOME}/candidatures/nouvelles", CALENDAR | {"closes_at": "hier", "place": "nulle part"})
    assert page.status_code == 422
    assert "nulle part" in page.text
    assert "Écrivez le code d’une circonscription" in page.text


def test_a_member_stands_once_and_their_page_is_read_by_everybody(charlie, guest):
    call = called()
    form = {"statement": "Je sais écouter.", "affiliations": "Un mandat local.", "place": "87-3"}
    first = charlie.post(f"/candidatures/appels/{call.key}", form)
    again = charlie.post(f"/candidatures/appels/{call.key}", form)
    assert first.headers["Location"] == again.headers["Location"]
    shown = guest.get(first.headers["Location"]).text
    assert "Je sais écouter." in shown
    assert "Un mandat local." in shown
    assert "Charlie" in guest.get("/candidatures/087-03").text


def test_whoever_does_not_belong_reads_but_does_not_stand(bob):
    call = called()
    assert bob.post(f"/candidatures/appels/{call.key}", {"statement": "Moi."}).status_code == 403
    assert not Candidacy.select().exists()


def test_nobody_stands_once_the_calendar_says_so(charlie):
    call = ended(called())
    assert charlie.post(f"/candidatures/appels/{call.key}", {"statement": "Moi."}).status_code == 403


def test_nobody_writes_in_the_name_of_another(charlie, alice):
    candidacy = standing(called(), "Charlie")
    for path, form in (("paroles", {"kind": "answer", "body": "Oui."}), ("retrait", {})):
        assert alice.post(f"/candidatures/c/{candidacy.key}/{path}", form).status_code == 403
    assert not CandidacyWord.select().exists()
    assert Candidacy.get().withdrawn_at is None


def test_one_is_asked_and_answers_before_everybody(charlie, alice, guest):
    candidacy = standing(called(), "Charlie")
    page = f"/candidatures/c/{candidacy.key}"
    alice.post(f"{page}/paroles", {"kind": "objection", "body": "Et le cumul ?"})
    charlie.post(f"{page}/paroles", {"kind": "answer", "body": "Je le refuse."})
    shown = guest.get(page).text
    assert shown.index("Et le cumul") < shown.index("Je le refuse.")


def test_words_are_taken_back_and_the_record_still_holds(charlie, alice, guest, tmp_path):
    call = called()
    candidacy = standing(call, "Charlie")
    said = actions.say(member("Alice"), candidacy, "question", "Une question de trop.")
    assert charlie.post(f"/candidatures/paroles/{said.key}/effacement", {}).status_code == 403
    assert alice.post(f"/candidatures/paroles/{said.key}/effacement", {}).status_code == 303
    shown = guest.get(f"/candidatures/c/{candidacy.key}").text
    assert "Texte retiré" in shown
    assert "de trop" not in shown
    record = lines(guest, call)
    assert list(problems(record)) == []
    assert record[-1].text is None
    file = tmp_path / "record.jsonl"
    file.write_text(guest.get(f"/candidatures/{call.key}.jsonl").text, "utf-8")
    script = tmp_path / "verifier.py"
    script.write_text(guest.get(f"/candidatures/appels/{call.key}/verifier.py").text, "utf-8")
    assert ran(script, file).returncode == 0
    file.write_text(file.read_text("utf-8").replace("Tous les membres", "Mes proches"), "utf-8")
    assert ran(script, file).returncode == 1


def ran(script, file):
    return subprocess.run([sys.executable, script, file], capture_output=True, check=False)


def test_the_designation_is_published_once_with_its_reasons(charlie, alice, guest):
    call = called()
    candidacy = standing(call, "Charlie")
    path = f"/candidatures/appels/{call.key}/designation"
    form = {"designated": candidacy.key, "outcome": "Trois voix sur quatre, pour son écoute."}
    assert alice.post(path, form).status_code == 403
    ended(call)
    assert alice.post(path, form | {"outcome": ""}).status_code == 422
    assert alice.post(path, form).status_code == 303
    assert alice.post(path, form).status_code == 403
    shown = guest.get(f"/candidatures/appels/{call.key}").text
    assert "Trois voix sur quatre" in shown
    assert "Désigné·e" in guest.get(f"/candidatures/c/{candidacy.key}").text
    assert "désignation publiée" in guest.get("/candidatures?departement=087").text


def test_whoever_has_withdrawn_is_not_designated(charlie):
    call = called()
    candidacy = standing(call, "Charlie")
    charlie.post(f"/candidatures/c/{candidacy.key}/retrait", {})
    with pytest.raises(Refused):
        actions.say(member("Alice"), Candidacy.get(), "question", "Pourquoi ?")
    with pytest.raises(Invalid):
        actions.settle(member("Alice"), ended(call), [candidacy.key], "Nous avons décidé.")


def test_of_whoever_leaves_the_site_only_that_they_withdrew_remains(charlie, guest):
    call = called()
    candidacy = standing(call, "Charlie")
    actions.say(member("Charlie"), candidacy, "correction", "Je précise ceci.")
    assert "Je précise ceci." in str(personal_data.data_of(member("Charlie")))
    leaving.leave_for_good(member("Charlie"), PASSWORD)
    left = Candidacy.get()
    assert left.withdrawn_at
    assert left.statement == ""
    for path in (f"appels/{call.key}", f"c/{candidacy.key}", f"{call.key}.jsonl"):
        shown = guest.get(f"/candidatures/{path}").text
        assert not any(word in shown for word in ("Charlie", "précise ceci", "porte les tables"))
    assert list(problems(lines(guest, call))) == []


def test_the_country_shows_the_circonscriptions_of_a_departement(guest):
    page = guest.get("/candidatures?departement=087").text
    assert all(f"/candidatures/087-0{number}" in page for number in (1, 2, 3))
    assert "/candidatures/075-01" not in page
    assert guest.get("/candidatures/087-99").status_code == 404


def test_the_map_comes_on_a_press_and_shows_where_somebody_stands(charlie, guest):
    standing(called(), "Charlie")
    assert 'class="map"' not in guest.get("/candidatures").text
    shown = guest.get("/candidatures?carte=1").text
    assert '<a href="/candidatures?departement=087" class="has">' in shown
    assert '<a href="/candidatures?departement=019">' in shown


def test_a_call_of_a_closed_group_is_for_its_members_alone(charlie, guest, bob):
    call = called()
    standing(call, "Charlie")
    home = group("insoumis-087")
    home.visibility, home.joining = "ferme", "demande"
    home.save()
    for visitor in (guest, bob):
        assert "Charlie" not in visitor.get("/candidatures/087-03").text
        assert visitor.get(f"/candidatures/appels/{call.key}").status_code == 404
        assert visitor.get(f"/candidatures/{call.key}.jsonl").status_code == 404


def test_who_stands_is_embedded_light_and_without_what_a_guest_may_not_read(charlie, guest, alice):
    standing(called(), "Charlie")
    answer = guest.get("/candidatures/cadre")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert "087-03 Charlie" in answer.text
    call = CandidacyCall.get()
    for number, person in enumerate(crowd(60), 1):
        standing(call, person.username, f"{number % 19 + 1:03}-01")
    assert len(brotli.compress(guest.get("/candidatures/cadre").data)) <= 5_000
    assert "/candidatures/cadre" in guest.get("/candidatures").text
    home = group("insoumis-087")
    home.visibility, home.joining = "ferme", "demande"
    home.save()
    assert "Charlie" not in alice.get("/candidatures/cadre").text
