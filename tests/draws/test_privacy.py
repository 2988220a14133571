"""Who learns what of a draw, and what stays of somebody who leaves."""

import json

import pytest

from forum.chains.lines import Line, problems
from forum.chains.models import ChainLine
from forum.database.clock import at
from forum.draws import actions
from forum.draws.models import Draw, DrawEntry, DrawTicket, TicketHolder
from forum.groups.models import Group
from forum.initiatives import actions as initiatives
from forum.personal_data import actions as leaving, queries as personal_data
from forum.reorganisation import actions as reorganisation
from tests.draws import AFTER, DICE, LOTO, crowd, drawn, freeze, prepared, with_volunteers
from tests.initiatives import planned
from tests.world import HASH, PASSWORD, group, member

PAGES = ("", ".json", ".jsonl", "/billets.txt", "/verifier.py", "/ecran?rang=1")


def test_nobody_is_named_before_they_are_drawn_nor_whoever_is_not(site, guest, bob):
    draw = freeze(with_volunteers(9))
    for visitor in (guest, bob, site.visitor("Galet1")):
        for page in PAGES:
            assert "Galet" not in visitor.get(f"/tirages/{draw.key}{page}").text.replace("Galet1</", "")
    draw = drawn(draw)
    told = guest.get(f"/tirages/{draw.key}.json").json
    shown = {opened["label"] for opened in told["opened"]}
    others = {row.label for row in DrawTicket.select()} - shown - {"Galet0", "Alice"}
    assert len(shown) == 2
    for page in PAGES:
        assert not any(other in guest.get(f"/tirages/{draw.key}{page}").text for other in others)


def test_who_comes_to_an_initiative_is_named_to_the_members_alone(site, guest, bob):
    meeting = planned()
    for person in crowd(3):
        initiatives.take_part(person, meeting)
    draw = freeze(prepared(pool="initiative", initiative=meeting.key, source="dice"), seats=4)
    with at(AFTER):
        for name in ("Alice", "Galet0"):
            actions.enter(member(name), draw, "0", DICE)
    for visitor in (guest, bob):
        assert visitor.get(f"/tirages/{draw.key}.json").json["opened"] == []
        for page in PAGES:
            assert "Galet1" not in visitor.get(f"/tirages/{draw.key}{page}").text
    assert "Galet1" in site.visitor("Galet2").get(f"/tirages/{draw.key}").text


@pytest.mark.parametrize("visibility", ["ferme", "secret"])
def test_the_draws_of_a_group_that_is_not_open_are_not_there_for_others(site, guest, bob, visibility):
    draw = drawn(freeze(with_volunteers(4)))
    Group.update(visibility=visibility, joining="invitation").where(Group.handle == "insoumis-087").execute()
    for visitor in (guest, bob, site.visitor("Modeste")):
        for page in (*PAGES, "/mon-billet"):
            assert visitor.get(f"/tirages/{draw.key}{page}").status_code == 404
    assert site.visitor("Galet1").get(f"/tirages/{draw.key}").status_code == 200


def test_whoever_leaves_gives_their_seat_back_and_the_record_still_holds(site, guest):
    draw = drawn(freeze(with_volunteers(9)))
    before = guest.get(f"/tirages/{draw.key}.json").json
    gone = TicketHolder.select().join(DrawTicket).where(DrawTicket.number == before["drawn"][0]).get().member
    if gone == member("Alice"):
        actions.withdraw(gone, draw, str(before["drawn"][0]))
        before = guest.get(f"/tirages/{draw.key}.json").json
        gone = TicketHolder.select().join(DrawTicket).where(DrawTicket.number == before["drawn"][0]).get().member
    type(gone).update(password_hash=HASH).where(type(gone).id == gone.id).execute()
    name = gone.username
    leaving.leave_for_good(member(name), PASSWORD)
    after = guest.get(f"/tirages/{draw.key}.json").json
    assert after["drawn"] == [before["drawn"][1], before["reserves"][0]]
    for page in PAGES:
        assert name not in guest.get(f"/tirages/{draw.key}{page}").text
    assert guest.get(f"/tirages/{draw.key}/billets.txt").text.count("\n") == 9


def test_the_name_of_whoever_entered_numbers_goes_with_them(site, guest):
    draw = drawn(freeze(with_volunteers(9)))
    galet = member("Galet0")
    type(galet).update(password_hash=HASH).where(type(galet).id == galet.id).execute()
    assert "Galet0" in guest.get(f"/tirages/{draw.key}.jsonl").text
    leaving.leave_for_good(member("Galet0"), PASSWORD)
    record = guest.get(f"/tirages/{draw.key}.jsonl").text
    assert "Galet0" not in record
    assert list(problems(Line(**json.loads(line)) for line in record.splitlines())) == []
    assert not DrawEntry.select().where(DrawEntry.member == galet.id).exists()


def test_a_person_reads_what_draws_hold_of_them(site):
    prepared(grouping="both")
    actions.stand(member("Alice"), Draw.get(), "femmes", "87")
    held = personal_data.data_of(member("Alice"))["draws"]
    assert held["standing"] == [{"draw": Draw.get().key, "gender": "femmes", "place": "087"}]
    assert len(held["prepared"]) == 1


def test_draws_follow_their_group_into_another_and_back(site, alice):
    draw = drawn(freeze(with_volunteers(4)))
    reorganisation.merge(member("Alice"), group("insoumis-087"), "insoumis")
    assert "Qui parle samedi" in alice.get("/g/insoumis/tirages").text
    assert alice.get(f"/tirages/{draw.key}.json").json["group"] == "insoumis"


def test_the_record_of_a_group_that_is_gone_for_good_is_gone(site):
    freeze(with_volunteers(4))
    reorganisation.delete(member("Alice"), group("insoumis-087"), "insoumis-087")
    with at(AFTER.replace(year=2028)):
        reorganisation.purge.call_local()
    actions.forget_lost_records.call_local()
    assert not Draw.select().exists()
    assert not ChainLine.select().exists()


def test_a_guest_is_asked_to_sign_in_and_whoever_has_no_ticket_is_told(site, guest, bob):
    draw = freeze(with_volunteers(4))
    assert guest.get(f"/tirages/{draw.key}/mon-billet").status_code == 303
    assert "Vous n’avez pas de billet" in bob.get(f"/tirages/{draw.key}/mon-billet").text
    assert LOTO not in bob.get(f"/tirages/{draw.key}").text
