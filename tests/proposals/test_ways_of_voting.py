"""Every way of voting from its form to its result, with plain forms."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.proposals import actions, queries
from forum.proposals.methods import METHODS
from forum.proposals.models import Ballot, Mark, Proposal
from tests.proposals.ballots import newcomers, put
from tests.proposals.filling import decisive, options_text, settings_of
from tests.world import member

NEW = "/g/insoumis-087/propositions/nouvelle"
ROOMS = "Bellac\nLe Dorat\nGuéret"
DATES = "2099-12-05 20:00\n2099-12-06"
DAY, NEXT = "option-2099-12-05T20:00", "option-2099-12-06"

# method: (what else its proposal holds, a ballot, what is kept of it, what its tally says).
WAYS = {
    "count": ({"target": "1"}, {"choice": "yes"}, {"yes": 1}, "Je viens <b>1</b>"),
    "dates": (
        {"options": DATES},
        {DAY: "2", NEXT: "1"},
        {"2099-12-05T20:00": 2, "2099-12-06": 1},
        "0 oui (+ 1)",
    ),
    "majority_judgment": ({"options": ROOMS}, {"option-1": "6", "option-3": "3"}, {"1": 6, "3": 3}, "Excellent</b>"),
    "score": ({"options": ROOMS}, {"option-1": "5", "option-2": "2"}, {"1": 5, "2": 2}, "<small>5 points</small>"),
    "dots": ({"options": ROOMS, "budget": "5"}, {"option-2": "4", "option-3": "1"}, {"2": 4, "3": 1}, "4 points</b>"),
    "ranked": ({"options": ROOMS}, {"option-3": "1", "option-1": "2"}, {"3": 1, "1": 2}, "2 duels gagnés</b>"),
    "stv": ({"options": ROOMS, "seats": "2"}, {"option-3": "1", "option-1": "2"}, {"3": 1, "1": 2}, "1 fois en tête"),
}


def example(way: str) -> tuple[dict[str, str], dict[str, str], dict[str, int], str]:
    """The same of a way of voting that no line above speaks of."""
    method = METHODS[way]
    text, ballot = options_text(method, 3), decisive(method)
    options = method.read_options(text)[0]
    marks = method.validate(ballot, options, settings_of(method))[0]
    return {"options": text}, ballot, dict(marks), options[next(iter(marks))]


WAYS |= {way: example(way) for way in METHODS if way not in WAYS}
every_way = pytest.mark.parametrize("way", WAYS)


def put_way(way: str, **more: str) -> Proposal:
    fields = {**WAYS[way][0], **more}
    options = fields.pop("options", "")
    return put(method=way, options=options, settings=fields, title=f"{way} {more}")


def kept() -> dict[str, int]:
    return {mark.option.name: mark.value for mark in Mark.select()}


@every_way
def test_it_is_proposed_with_a_plain_form(alice, way):
    page = alice.get(NEW).text
    assert f'name="method" value="{way}"' in page
    answer = alice.post(NEW, {"title": "Notre prochaine réunion", "method": way, **WAYS[way][0]})
    assert answer.status_code == 303
    proposal = Proposal.get()
    assert proposal.method == way
    page = alice.get(answer.location).text
    assert "Comment l’on compte" in page
    for name in set(WAYS[way][0]) - {"options"}:
        assert queries.settings_of(proposal)[name] == int(WAYS[way][0][name])


@every_way
def test_a_member_votes_and_sees_their_ballot_counted(alice, way):
    proposal = put_way(way)
    _, ballot, marks, told = WAYS[way]
    answer = alice.post(f"/p/{proposal.key}/vote", {**ballot, "reason": "Pour être ensemble."})
    assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}#vote")
    assert kept() == marks
    page = alice.get(answer.location).text
    assert told in page
    assert "Changer mon vote" in page or 'aria-pressed="true"' in page
    assert "<p>Pour être ensemble.</p>" in page


@every_way
def test_the_same_ballot_twice_is_one_ballot(alice, way):
    proposal = put_way(way)
    for _ in range(2):
        alice.post(f"/p/{proposal.key}/vote", WAYS[way][1])
    assert (Ballot.select().count(), Proposal.get().revision, kept()) == (1, 1, WAYS[way][2])


@every_way
def test_a_ballot_is_shown_again_as_it_was_cast(alice, way):
    proposal = put_way(way)
    alice.post(f"/p/{proposal.key}/vote", WAYS[way][1])
    page = alice.get(f"/p/{proposal.key}").text
    for name, value in WAYS[way][1].items():
        field = page.split(f'name="{name}"', 1)[1]
        shown = {
            "scale": f'value="{value}" checked',
            "select": f'value="{value}" selected',
            "points": f'value="{value}"',
            "ticks": 'aria-pressed="true"' if METHODS[way].single_mark else "checked",
        }
        assert shown[METHODS[way].form] in field


@every_way
def test_it_reads_as_json(guest, way):
    proposal = put_way(way)
    actions.vote(member("Alice"), proposal, WAYS[way][1])
    told = guest.get(f"/p/{proposal.key}.json").json
    assert (told["method"], told["voters_count"], told["outcome"]) == (way, 1, None)
    assert {option["id"] for option in told["options"]} >= set(WAYS[way][2])
    tally = recounted(proposal)
    assert {option["id"]: (option["count"], option["score"]) for option in told["options"]} == {
        name: (tally.counts[name], tally.scores[name]) for name in tally.counts
    }


def recounted(proposal: Proposal):
    labels = {option.name: option.label for option in queries.options_of(proposal)}
    return METHODS[proposal.method].count(queries.profile(proposal), labels, queries.settings_of(proposal))


@every_way
def test_nobody_votes_without_saying_anything(alice, way):
    proposal = put_way(way)
    answer = alice.post(f"/p/{proposal.key}/vote", {"reason": "Gardez ceci."})
    assert answer.status_code == 422
    assert 'id="f-choice" role="alert"' in answer.text
    assert "Gardez ceci.</textarea>" in answer.text
    assert Ballot.select().count() == 0


@pytest.mark.parametrize(
    ("way", "typed", "field", "sentence"),
    [
        ("count", {"choice": "peut-être"}, "choice", "Choisissez une des réponses proposées."),
        ("dates", {DAY: "3", NEXT: "2"}, DAY, "Choisissez une des réponses proposées."),
        ("majority_judgment", {"option-1": "Bien", "option-2": "4"}, "option-1", "Choisissez une des réponses"),
        ("score", {"option-1": "6", "option-2": "4"}, "option-1", "Choisissez une des réponses proposées."),
        ("dots", {"option-1": "4", "option-2": "4"}, "choice", "Vous avez donné 8 points"),
        ("dots", {"option-1": "beaucoup", "option-2": "4"}, "option-1", "Un nombre entier de 0 à 5."),
        ("ranked", {"option-1": "4", "option-2": "1"}, "option-1", "Un rang de 1 à 3."),
        ("stv", {"option-1": "1", "option-2": "1"}, "choice", "ont le même rang"),
        ("score", {"option-8": "1"}, "choice", "Répondez sur les options proposées."),
        ("score", {"option-1": "²"}, "option-1", "Choisissez une des réponses proposées."),
        ("score", {"option-1": "9" * 5_000}, "option-1", "Choisissez une des réponses proposées."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(alice, way, typed, field, sentence):
    proposal = put_way(way)
    answer = alice.post(f"/p/{proposal.key}/vote", {**typed, "reason": "Gardez ceci."}, htmx=True)
    assert answer.status_code == 422
    assert answer.text.startswith('<div id="ballot">')
    assert sentence in answer.text
    assert f'id="f-{field}-error"' in answer.text or field == "choice"
    assert "Gardez ceci.</textarea>" in answer.text
    if NEXT in typed or "option-2" in typed:
        name = NEXT if NEXT in typed else "option-2"
        kept_field = answer.text.split(f'name="{name}"', 1)[1].split("</div>")[0]
        assert any(
            f'value="{typed[name]}"{state}' in kept_field for state in (" checked", " selected", ' type="number"')
        )
    assert Ballot.select().count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"method": "stv", "options": ROOMS, "seats": "1"}, "seats"),
        ({"method": "stv", "options": ROOMS, "seats": "3"}, "seats"),
        ({"method": "dots", "options": ROOMS, "budget": "0"}, "budget"),
        ({"method": "count", "target": "beaucoup"}, "target"),
        ({"method": "ranked", "options": ROOMS, "counting": "borda"}, "counting"),
        ({"method": "ranked", "options": ROOMS, "ties": "hasard"}, "ties"),
        ({"method": "dates", "options": "demain\nsamedi"}, "options"),
    ],
)
def test_a_setting_that_means_nothing_is_told_and_what_was_chosen_is_kept(alice, fields, field):
    answer = alice.post(NEW, {"title": "Notre prochaine réunion", **fields})
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert f'name="method" value="{fields["method"]}" checked' in answer.text
    assert Proposal.select().count() == 0


@every_way
def test_the_tally_elsewhere_is_a_part_of_the_page_and_moves_with_each_vote(guest, way):
    proposal = put_way(way)
    seen = set()
    for number, person in enumerate([member("Alice"), *newcomers(2)], 1):
        actions.vote(person, proposal, WAYS[way][1])
        tally = guest.get(f"/p/{proposal.key}/resultat").text.strip()
        assert f"revision={number}" in tally
        assert tally in guest.get(f"/p/{proposal.key}").text
        seen.add(tally)
    assert len(seen) == 3
    assert guest.get(f"/p/{proposal.key}/resultat?revision=3", htmx=True).status_code == 204


@every_way
def test_at_the_hour_the_result_is_told_and_the_ballot_is_in_words(alice, way):
    soon = datetime.now(UTC) + timedelta(minutes=10)
    fields = {**WAYS[way][0]}
    options = fields.pop("options", "")
    proposal = put(method=way, options=options, settings=fields, closes_at=soon.isoformat())
    alice.post(f"/p/{proposal.key}/vote", WAYS[way][1])
    with time_machine.travel(soon + timedelta(seconds=1)):
        page = alice.get(f"/p/{proposal.key}").text
    outcome = queries.outcome_of(Proposal.get())
    assert outcome["status"] in ("adopted", "chosen", "tie")
    assert outcome["sentences"][0] in page
    own = page.split("Votre voix", 1)[1].split("</p>")[0]
    for name, value in WAYS[way][2].items():
        assert METHODS[way].word(value) in own, name


def test_a_closed_tally_puts_the_first_first(alice):
    soon = datetime.now(UTC) + timedelta(minutes=10)
    proposal = put(method="score", options=ROOMS, closes_at=soon.isoformat())
    alice.post(f"/p/{proposal.key}/vote", {"option-2": "5", "option-3": "1"})
    labels = [line.row.label for line in queries.drawing(proposal, queries.options_of(proposal)).lines]
    assert labels == ["Bellac", "Le Dorat", "Guéret"]
    with time_machine.travel(soon + timedelta(seconds=1)):
        closed = actions.close(proposal)
    lines = queries.drawing(closed, queries.options_of(closed)).lines
    assert [line.row.label for line in lines] == ["Le Dorat", "Guéret", "Bellac"]


def test_the_duels_are_shown_as_a_table(alice, guest):
    proposal = put_way("ranked")
    assert "<table>" not in guest.get(f"/p/{proposal.key}").text
    alice.post(f"/p/{proposal.key}/vote", WAYS["ranked"][1])
    page = guest.get(f"/p/{proposal.key}").text
    assert "<h3>Les duels</h3>" in page
    assert '<th scope="row">3. Guéret</th><td class="num"><b>1</b></td>' in page


def test_the_rules_are_published_with_the_vote(guest):
    proposal = put_way("stv", ties="previous")
    page = guest.get(f"/p/{proposal.key}").text
    assert "Places à pourvoir\u00a0: <b>2</b>" in page
    assert "<b>On élimine celle qui avait le moins de voix au tour précédent où elles différaient</b>" in page
    assert "Égalité au moment" not in guest.get(f"/p/{put_way('ranked').key}").text
    assert "Égalité au moment" in guest.get(f"/p/{put_way('ranked', counting='runoff').key}").text


def test_the_rounds_are_shown_and_told(alice, guest):
    proposal = put_way("stv")
    alice.post(f"/p/{proposal.key}/vote", WAYS["stv"][1])
    page = guest.get(f"/p/{proposal.key}").text
    assert "Les tours\u00a0: 1 bulletin, 2 places, quota de 1 voix" in page
    assert "Tour 1\u00a0: place obtenue par" in page


def test_dates_are_shown_in_french_and_typed_again_as_they_were(alice):
    proposal = put_way("dates")
    page = alice.get(f"/p/{proposal.key}").text
    assert "samedi 5\u00a0décembre 2099 à 20\u00a0h" in page
    form = alice.get(f"/p/{proposal.key}/modifier").text
    assert "2099-12-05 20:00\n2099-12-06</textarea>" in form
    answer = alice.post(
        f"/p/{proposal.key}/modifier", {"title": "Quel soir ?", "method": "dates", "options": "2099-01-02\n2099-01-01"}
    )
    assert answer.status_code == 303
    assert [option.name for option in queries.options_of(Proposal.get())] == ["2099-01-01", "2099-01-02"]


def test_a_list_says_who_took_part_where_a_ballot_says_more_than_one_thing(alice):
    proposal = put_way("majority_judgment")
    alice.post(f"/p/{proposal.key}/vote", {"option-1": "0"})
    page = alice.get("/g/insoumis-087").text
    assert "1 voix sur 1 membres" in page or "1 voix sur 1 membre" in page
    assert "Vous avez voté" in page


def test_ticks_that_were_typed_stay_when_the_ballot_comes_back(alice):
    proposal = put(method="approval", options=ROOMS)
    answer = alice.post(f"/p/{proposal.key}/vote", {"option-2": "1", "reason": "a" * 2_001})
    assert answer.status_code == 422
    assert 'name="option-2" value="1" checked' in answer.text
    assert 'name="option-1" value="1" checked' not in answer.text
