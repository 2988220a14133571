"""A draw from its preparation to its end, as members, animators and strangers see it."""

import json
import re

import pytest

from forum.accounts.models import Account
from forum.chains.lines import Line, problems
from forum.database.clock import at
from forum.draws import actions
from forum.draws.models import Draw, DrawTicket, DrawVolunteer, TicketHolder
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.tasks import mail
from forum.tasks.letters import Letter
from tests.draws import AFTER, FREEZING, LOTO, crowd, drawn, freeze, later, prepared, with_volunteers
from tests.world import group, member

NEW = {
    "title": "Qui parle samedi",
    "why": "Parce que tout le monde peut.",
    "seats": "2",
    "pool": "volunteers",
    "source": "loto",
    "grouping": "",
}


def test_an_animator_prepares_a_draw_and_pressing_twice_prepares_one(alice):
    once = re.search(r'name="once" value="(\w+)"', alice.get("/g/insoumis-087/tirages/nouveau").text)[1]
    answers = [alice.post("/g/insoumis-087/tirages/nouveau", NEW | {"once": once}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert "Qui parle samedi" in alice.get("/g/insoumis-087/tirages").text
    assert "volontaires" in alice.get(answers[0].location).text


def test_what_cannot_be_drawn_is_said_and_what_was_typed_is_kept(alice):
    wrong = NEW | {"seats": "zéro", "pool": "list", "labels": "Gneiss\nGneiss"}
    page = alice.post("/g/insoumis-087/tirages/nouveau", wrong)
    assert page.status_code == 422
    assert "à partir de 1" in page.text
    assert "deux fois" in page.text
    assert 'value="Qui parle samedi"' in page.text
    page = alice.post(
        "/g/insoumis-087/tirages/nouveau", NEW | {"pool": "list", "labels": "Gneiss", "grouping": "parity"}
    )
    assert "demandent des volontaires" in page.text
    assert alice.post("/g/insoumis-087/tirages/nouveau", NEW | {"source": "example"}).status_code == 422


def test_members_stand_in_one_press_and_step_back(site, bob, guest):
    draw = prepared()
    groups.join(member("Bob"), group("insoumis-087"))
    for _ in range(2):
        assert bob.post(f"/tirages/{draw.key}/volontaires", {}).status_code == 303
    assert "Vous êtes volontaire" in bob.get(f"/tirages/{draw.key}").text
    seen = guest.get(f"/tirages/{draw.key}").text
    assert "1\xa0billet" in seen
    assert "Bob" not in seen
    for _ in range(2):
        assert bob.post(f"/tirages/{draw.key}/volontaires/retrait", {}).status_code == 303
    assert not DrawVolunteer.select().exists()


def test_the_whole_way_through_pages(site, alice, guest):
    draw = with_volunteers(12)
    galet = site.visitor("Galet0")
    with at(FREEZING):
        for _ in range(2):
            assert alice.post(f"/tirages/{draw.key}/gel", {"seats": "3"}).status_code == 303
    assert not DrawVolunteer.select().exists()
    ticket = galet.get(f"/tirages/{draw.key}/mon-billet").text
    own = TicketHolder.get(TicketHolder.member == member("Galet0")).ticket
    for told in (own.nonce, own.line, guest.get(f"/tirages/{draw.key}.json").json["head"]):
        assert told in ticket
    with at(later(days=1)):
        early = alice.post(f"/tirages/{draw.key}/nombres", {"source": "0", "numbers": LOTO})
        assert early.status_code == 422
        assert "Personne ne peut encore les connaître" in early.text
    with at(AFTER):
        for visitor in (alice, alice, galet):
            numbers = {"source": "0", "numbers": LOTO}
            assert visitor.post(f"/tirages/{draw.key}/nombres", numbers).status_code == 303
        told = guest.get(f"/tirages/{draw.key}.json").json
    assert told["state"] == "drawn"
    assert told["seed"] == "LOTO 2027-03-20 3.7.21.33.49;LOTO-CHANCE 2027-03-20 8"
    assert [source["name"] for source in told["sources"]] == ["LOTO", "LOTO-CHANCE"]
    assert told["sources"][0]["numbers"] == [3, 7, 21, 33, 49]
    assert len(told["drawn"]) == 3
    assert len(told["reserves"]) == 9
    page = guest.get(f"/tirages/{draw.key}").text
    for opened in told["opened"]:
        assert opened["nonce"] in page
        assert opened["label"] in page
    assert re.search(r"Votre billet est au rang \d+ sur 12", galet.get(f"/tirages/{draw.key}/mon-billet").text)
    assert "/hasard?pool=12&amp;drawn=3" in page
    assert alice.post(f"/tirages/{draw.key}/fin", {}).status_code == 303
    assert DrawTicket.select().where(DrawTicket.nonce.is_null(False)).count() == 3
    assert TicketHolder.select().count() == 3
    assert guest.get(f"/tirages/{draw.key}.json").json["tickets_sha256"] == told["tickets_sha256"]


def test_one_person_alone_never_draws_nor_do_two_members(site):
    draw = freeze(with_volunteers(5))
    with at(AFTER):
        actions.enter(member("Galet0"), draw, "0", LOTO)
        actions.enter(member("Galet1"), draw, "0", LOTO)
        assert Draw.get_by_id(draw.id).state == "frozen"
        actions.enter(member("Alice"), draw, "0", "1 2 3 4 5 6")
        assert Draw.get_by_id(draw.id).state == "frozen"
        actions.enter(member("Alice"), draw, "0", "49 33 21 7 3 8")
    assert Draw.get_by_id(draw.id).state == "drawn"


def test_numbers_are_corrected_in_the_open(site, guest):
    draw = drawn(freeze(with_volunteers(8)))
    before = guest.get(f"/tirages/{draw.key}.json").json["seed"]
    draw = drawn(draw, "3 7 21 33 48 8")
    told = guest.get(f"/tirages/{draw.key}.json").json
    assert told["seed"] != before
    acts = [json.loads(line)["head"].split()[2] for line in guest.get(f"/tirages/{draw.key}.jsonl").text.splitlines()]
    assert acts == ["prepared", "frozen", *(["entered"] * 2 + ["settled", "drawn"]) * 2]


def test_a_drawing_that_was_not_held_gives_way_to_the_next_of_the_same_game(site, alice):
    draw = freeze(with_volunteers(5))
    with at(AFTER):
        for name in ("Alice", "Galet0"):
            actions.enter(member(name), draw, "0", "", not_held=True)
        assert "Loto du 22" in alice.get(f"/tirages/{draw.key}").text
        page = alice.post(f"/tirages/{draw.key}/nombres", {"source": "0", "numbers": LOTO})
    assert page.status_code == 422
    assert Draw.get_by_id(draw.id).state == "frozen"


def test_a_withdrawal_calls_the_next_reserve_without_a_new_draw(site, alice, guest):
    draw = drawn(freeze(with_volunteers(9), seats=3))
    before = guest.get(f"/tirages/{draw.key}.json").json
    gone, called = before["drawn"][1], before["reserves"][0]
    for _ in range(2):
        assert alice.post(f"/tirages/{draw.key}/desistement", {"number": str(gone)}).status_code == 303
    after = guest.get(f"/tirages/{draw.key}.json").json
    assert after["drawn"] == [before["drawn"][0], before["drawn"][2], called]
    assert after["withdrawn"] == [gone]
    assert {opened["number"] for opened in after["opened"]} == {*before["drawn"], called}


def test_a_cancelled_draw_stays_and_the_next_one_says_so(site, alice, guest):
    draw = freeze(with_volunteers(5))
    assert alice.post(f"/tirages/{draw.key}/annulation", {"reason": ""}).status_code == 422
    for _ in range(2):
        assert alice.post(f"/tirages/{draw.key}/annulation", {"reason": "La salle a brûlé."}).status_code == 303
    assert "La salle a brûlé." in guest.get(f"/tirages/{draw.key}").text
    assert not DrawTicket.select().where(DrawTicket.nonce.is_null(False)).exists()
    again = prepared(title="Qui parle dimanche", pool="list", labels="Gneiss\nBasalte\nMarne")
    again = freeze(again)
    assert guest.get(f"/tirages/{again.key}.json").json["cancelled_before"] == 1
    assert "a été annulé" in guest.get(f"/tirages/{again.key}").text


def test_the_worker_ends_a_draw_after_sixty_days(site):
    draw = drawn(freeze(with_volunteers(5)))
    with at(later(days=50)):
        actions.end_due.call_local()
        assert Draw.get_by_id(draw.id).ended_at is None
    with at(later(days=70)):
        actions.end_due.call_local()
        assert Draw.get_by_id(draw.id).ended_at
    assert DrawTicket.select().where(DrawTicket.label.is_null(False)).count() == 2


def test_colleges_share_the_seats_and_what_was_declared_is_erased(site, guest):
    draw = prepared(grouping="parity", seats="6")
    for word, gender in (("Aulne", "femmes"), ("Bouleau", "hommes"), ("Chêne", "")):
        for person in crowd(10, word=word):
            actions.stand(person, draw, gender)
    draw = freeze(draw, seats=6)
    told = guest.get(f"/tirages/{draw.key}.json").json
    assert told["colleges"] == {"femmes": 2, "hommes": 2, "sans-declaration": 2}
    assert guest.get(f"/tirages/{draw.key}/billets.txt").text.count("femmes") == 10
    assert not DrawVolunteer.select().exists()


def test_small_colleges_are_one_or_the_draw_is_refused(site, alice):
    draw = prepared(grouping="parity", seats="3")
    for word, number, gender in (("Aulne", 12, "femmes"), ("Bouleau", 6, "hommes"), ("Chêne", 3, "")):
        for person in crowd(number, word=word):
            actions.stand(person, draw, gender)
    page = alice.post(f"/tirages/{draw.key}/gel", {"seats": "3"})
    assert page.status_code == 422
    assert "il en faut 10" in page.text.replace("\xa0", " ")
    for person in crowd(1, word="Hêtre"):
        actions.stand(person, draw, "hommes")
    assert freeze(draw, seats=3).seats_by_college == {"autres": 1, "femmes": 2}


def test_more_seats_than_tickets_are_refused(site, alice):
    draw = with_volunteers(3)
    for seats, said in (("4", "n’a que 3"), ("", "à partir de 1"), ("0", "à partir de 1")):
        page = alice.post(f"/tirages/{draw.key}/gel", {"seats": seats})
        assert page.status_code == 422
        assert said in page.text.replace("\xa0", " ")
    assert Draw.get_by_id(draw.id).state == "prepared"


def test_dice_are_thrown_after_the_freeze_and_only_those_present_can_vouch(site, alice, guest):
    draw = freeze(prepared(pool="list", labels="Gneiss\nBasalte\nMarne", source="dice"))
    groups.join(member("Bob"), group("insoumis-087"))
    with at(later(minutes=5)):
        for name in ("Alice", "Bob"):
            actions.enter(member(name), draw, "0", "6 1 6 2 5 5 1 3 4 2")
    told = guest.get(f"/tirages/{draw.key}.json").json
    assert told["seed"] == "DES 2027-03-17 6.1.6.2.5.5.1.3.4.2"
    assert "elles seules peuvent en répondre" in guest.get(f"/tirages/{draw.key}").text


def test_the_record_holds_and_whoever_holds_a_ticket_has_its_head(site, guest):
    draw = drawn(freeze(with_volunteers(5)))
    told = guest.get(f"/tirages/{draw.key}.json").json
    lines = [Line(**json.loads(line)) for line in guest.get(f"/tirages/{draw.key}.jsonl").text.splitlines()]
    assert list(problems(lines)) == []
    assert told["head"] in {line.sha256 for line in lines}
    assert told["previous"] == lines[0].sha256


@pytest.mark.parametrize("visibility", ["ouvert", "ferme", "secret"])
def test_the_letter_bears_the_ticket_and_nothing_of_a_group_that_is_not_open(site, visibility):
    title = "Qui parle samedi"
    draw = with_volunteers(3, title=title)
    Group.update(visibility=visibility).where(Group.handle == "insoumis-087").execute()
    alice = member("Alice")
    Account.update(email="alice@example.org").where(Account.id == alice.id).execute()
    draw = freeze(draw)
    own = TicketHolder.get(TicketHolder.member == alice.id).ticket
    (letter,) = Letter.select()
    assert letter.to == "alice@example.org"
    subject, text = mail.compose(letter.template, **json.loads(letter.facts))
    for told in (own.nonce, f"n° {own.number}", title if visibility == "ouvert" else f"/tirages/{draw.key}/mon-billet"):
        assert told in subject + text
    assert (title in text) == (visibility == "ouvert")
    assert "insoumis-087" not in text
