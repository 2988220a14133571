"""Voices counted by hand in a room: entered by an animator, shown beside the vote, never added to it."""

import json
from datetime import timedelta

import pytest
import time_machine

from forum.groups import actions as groups
from forum.proposals import actions, queries
from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal, RoomCount
from tests.proposals.ballots import put
from tests.proposals.filling import options_text
from tests.world import group, member

COUNT = {"room": "abc", "place": "Salle de Bellac", "held_on": "2026-03-21", "present": "20"}
VOICES = {"count-agree": "12", "count-abstain": "3", "count-disagree": "2", "count-block": ""}
FORM = COUNT | VOICES


def test_an_animator_enters_it_and_it_stands_beside_the_vote(alice, guest):
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    assert alice.get(f"/p/{proposal.key}/salle").status_code == 200
    for _ in range(2):
        answer = alice.post(f"/p/{proposal.key}/salle", FORM)
        assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}#salles")
    assert RoomCount.select().count() == 1
    page = guest.get(f"/p/{proposal.key}").text
    assert "Salle de Bellac, le 21\u00a0mars 2026, 20\u00a0personnes présentes" in page
    assert "d’accord 12" in page.lower()
    assert "ne sont pas ajoutées au vote en ligne" in page
    # Who entered it is a member: known to members.
    assert "par Alice</a>" not in page
    assert "par Alice</a>" in alice.get(f"/p/{proposal.key}").text
    assert "Salle de Bellac" in guest.get(f"/p/{proposal.key}/imprimer").text
    told = guest.get(f"/p/{proposal.key}.json").json
    assert (told["voters_count"], told["options"][0]["count"]) == (1, 1)
    (room,) = told["rooms"]
    assert (room["place"], room["present"], room["counts"]["agree"]) == ("Salle de Bellac", 20, 12)
    assert "room-1,count,,12,3,2,0" in guest.get(f"/p/{proposal.key}.csv").text


def test_it_is_corrected_with_what_it_said_before(alice, guest):
    proposal = put()
    alice.post(f"/p/{proposal.key}/salle", FORM)
    assert alice.post(f"/p/{proposal.key}/salle/abc", FORM | {"count-agree": "13"}).status_code == 303
    page = alice.get(f"/p/{proposal.key}/salle/abc").text
    assert "corrigé depuis" in page
    assert page.lower().index("d’accord 13,") < page.lower().index("d’accord 12,")
    assert "d’accord 12" not in guest.get(f"/p/{proposal.key}").text.lower()
    assert [row.version for row in queries.room_versions(proposal, "abc")] == [2, 1]
    assert alice.get(f"/p/{proposal.key}/salle/autre").status_code == 404
    assert alice.post(f"/p/{proposal.key}/salle/autre", FORM).status_code == 404


def test_the_result_says_that_it_is_beside_and_the_record_keeps_what_was_known(site, alice, guest):
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "disagree"})
    alice.post(f"/p/{proposal.key}/salle", FORM)
    with time_machine.travel(proposal.closes_at + timedelta(hours=1)):
        outcome = guest.get(f"/p/{proposal.key}.json").json["outcome"]
        assert outcome["status"] == "rejected"
        assert "Compté à part, hors de ce résultat" in outcome["sentences"][-1]
        before = guest.get(f"/p/{proposal.key}.csv").data
        assert b"room-1,present,20" in before
        alice.post(f"/p/{proposal.key}/salle/abc", FORM | {"count-agree": "14"})
        alice.post(f"/p/{proposal.key}/salle", FORM | {"room": "def", "place": "Guéret"})
        assert guest.get(f"/p/{proposal.key}.csv").data == before
        assert [room["place"] for room in guest.get(f"/p/{proposal.key}.json").json["rooms"]] == [
            "Guéret",
            "Salle de Bellac",
        ]
        told = site.app.test_cli_runner().invoke(args=["recount", proposal.key])
        assert told.exit_code == 0, told.output


def test_others_do_not_enter_it(bob, charlie, guest, alice):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(by="Bob")
    alice.post(f"/p/{proposal.key}/salle", FORM)
    for visitor in (bob, charlie, guest):
        assert visitor.post(f"/p/{proposal.key}/salle", FORM | {"room": "x"}).status_code == 403
        assert visitor.post(f"/p/{proposal.key}/salle/abc", FORM | {"present": "99"}).status_code == 403
    assert (bob.get(f"/p/{proposal.key}/salle/abc").status_code, RoomCount.get().present) == (200, 20)
    assert guest.get(f"/p/{proposal.key}/salle/abc").status_code == 403


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("place", ""),
        ("held_on", "2999-01-01"),
        ("held_on", "hier"),
        ("present", ""),
        ("present", "16"),
        ("count-agree", "douze"),
        ("count-agree", "-1"),
        ("note", "a" * 1_001),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(alice, field, wrong):
    proposal = put()
    answer = alice.post(f"/p/{proposal.key}/salle", FORM | {field: wrong})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "Salle de Bellac" in answer.text or field == "place"
    assert RoomCount.select().count() == 0


def test_only_ways_that_count_options_are_counted_by_hand(alice):
    for way, method in METHODS.items():
        proposal = put(title=f"Vote {way}", method=way, options=options_text(method, 3))
        options = [option.name for option in queries.options_of(proposal)]
        form = COUNT | {f"count-{name}": "5" if method.single_mark else "11" for name in options}
        counted = method.form == "ticks"
        assert alice.post(f"/p/{proposal.key}/salle", form).status_code == (303 if counted else 403), way
    assert {json.loads(row.counts).get("1") for row in RoomCount.select()} >= {11, 5}


def test_nothing_is_entered_beside_a_cancelled_vote(alice):
    proposal = put()
    actions.cancel(member("Alice"), proposal, "Erreur de date.")
    assert alice.post(f"/p/{proposal.key}/salle", FORM).status_code == 403
    assert Proposal.get_by_id(proposal.id).outcome


def test_what_a_room_counted_keeps_the_words_it_was_counted_for(alice):
    proposal = put(method="choice", options="Lundi\nMardi")
    assert alice.get(f"/p/{proposal.key}/modifier").status_code == 200
    alice.post(f"/p/{proposal.key}/salle", COUNT | {"count-1": "12", "count-2": "3"})
    turned = {"title": proposal.title, "method": "choice", "options": "Mardi\nLundi"}
    refused = alice.post(f"/p/{proposal.key}/modifier", turned)
    assert refused.status_code == alice.get(f"/p/{proposal.key}/modifier").status_code == 403
    assert "Une salle a déjà compté" in refused.text
    assert [option.label for option in queries.options_of(proposal)] == ["Lundi", "Mardi"]
