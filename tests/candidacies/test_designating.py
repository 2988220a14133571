"""The vote or the draw that the calendar announced is made of those who stand, and of nobody else."""

import json

import pytest

from forum.candidacies.models import CandidacyCall
from forum.chains.lines import Line, problems
from forum.draws.models import Draw, DrawTicket
from forum.groups import actions as groups
from forum.proposals.models import Option, Proposal
from tests.candidacies import called, ended, standing
from tests.world import group, member


@pytest.fixture
def charlie(site):
    groups.add_member(member("Charlie"), group("insoumis-087"), role="member")
    return site.visitor("Charlie")


def two_standing(designation: str) -> CandidacyCall:
    call = called(designation=designation)
    standing(call, "Alice")
    standing(call, "Charlie", "087-01")
    return call


def test_those_who_stand_are_put_to_the_vote_once(charlie, alice, guest):
    call = two_standing("proposal")
    path = f"/candidatures/appels/{call.key}/vote"
    form = {"method": "majority_judgment"}
    assert alice.post(path, form).status_code == 403
    ended(call)
    assert charlie.post(path, form).status_code == 403
    assert alice.post(path, {"method": "dates"}).status_code == 422
    page = alice.post(path, form)
    assert page.status_code == 303
    assert alice.post(path, form).headers["Location"] == page.headers["Location"]
    assert [option.label for option in Option.select().order_by(Option.id)] == ["Alice 087-03", "Charlie 087-01"]
    assert f"/p/{Proposal.get().key}" in guest.get(f"/candidatures/appels/{call.key}").text


def test_those_who_stand_are_handed_to_a_draw_and_nobody_joins_them(charlie, alice, site, guest):
    call = ended(two_standing("draw"))
    path = f"/candidatures/appels/{call.key}/tirage"
    form = {"seats": "1", "source": "dice"}
    assert alice.post(path, form | {"seats": "zéro"}).status_code == 422
    page = alice.post(path, form)
    assert alice.post(path, form).headers["Location"] == page.headers["Location"]
    draw = Draw.get()
    assert charlie.post(f"/tirages/{draw.key}/volontaires", {}).status_code == 403
    assert "parmi les candidatures" in guest.get(f"/tirages/{draw.key}").text
    alice.post(f"/tirages/{draw.key}/gel", {"seats": "1"})
    assert {ticket.label for ticket in DrawTicket.select()} == {"Alice", "Charlie"}
    record = guest.get(f"/candidatures/{call.key}.jsonl").text.splitlines()
    assert draw.key in record[-1]
    assert list(problems(Line(**json.loads(line)) for line in record)) == []


def test_nobody_makes_a_draw_of_such_a_pool_without_it(alice):
    form = {"title": "Un tirage", "why": "Pour voir.", "seats": "1", "pool": "handed", "source": "dice"}
    assert alice.post("/g/insoumis-087/tirages/nouveau", form).status_code == 422


def test_one_candidacy_alone_is_neither_drawn_nor_voted(alice):
    call = called()
    standing(call, "Alice")
    page = alice.post(f"/candidatures/appels/{ended(call).key}/vote", {"method": "approval"})
    assert page.status_code == 422
    assert "au moins deux candidatures" in page.text


def test_another_way_than_the_calendar_said_is_refused(charlie, alice):
    call = ended(two_standing("committee"))
    for way in ("vote", "tirage"):
        assert alice.post(f"/candidatures/appels/{call.key}/{way}", {}).status_code == 403
