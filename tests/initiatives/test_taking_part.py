"""Saying that one comes, or not; the line behind the last seat; who may know who comes."""

from concurrent.futures import ThreadPoolExecutor

import time_machine

from forum.accounts.models import Account
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.initiatives import actions, queries
from forum.initiatives.models import Participation
from forum.notifications import delivery
from forum.notifications.models import Notice
from tests.initiatives import planned
from tests.world import PASSWORD, group, member


def people(*names: str) -> list[Account]:
    made = [Account.create(username=name, username_key=name.lower(), password_hash="!") for name in names]
    for person in made:
        groups.join(person, group("insoumis-087"))
    return made


def coming(meeting) -> list[str]:
    rows = Participation.select().where(Participation.initiative == meeting.id).order_by(Participation.id)
    return [row.member.username for row in rows]


def test_one_press_and_one_comes_a_second_press_changes_nothing(bob):
    meeting = planned()
    bob.post("/g/insoumis-087/adhesion")
    assert "Je participe" in bob.get(f"/i/{meeting.key}").text
    for _ in range(2):
        answer = bob.post(f"/i/{meeting.key}/participation")
        assert (answer.status_code, answer.location) == (303, f"/i/{meeting.key}#venue")
    page = bob.get(f"/i/{meeting.key}").text
    assert "2 personnes viennent" in page
    assert "Vous venez" in page
    for _ in range(2):
        assert bob.post(f"/i/{meeting.key}/retrait").status_code == 303
    assert coming(meeting) == ["Alice"]


def test_whoever_comes_may_lend_a_hand(alice):
    meeting = planned(help_wanted="Porter les tables")
    alice.post(f"/i/{meeting.key}/participation", {"helps": "1"})
    page = alice.get(f"/i/{meeting.key}").text
    assert "Vous venez aider" in page
    assert "1 donne un coup de main" in page


def test_who_is_no_member_is_led_to_join_and_comes_nowhere(bob, guest):
    meeting = planned()
    assert "Rejoindre pour participer" in bob.get(f"/i/{meeting.key}").text
    assert f"/inscription?next=/i/{meeting.key}" in guest.get(f"/i/{meeting.key}").text
    for visitor in (bob, guest):
        assert visitor.post(f"/i/{meeting.key}/participation").status_code == 403
    secret = planned("veilleuses")
    for path in (f"/i/{secret.key}", f"/i/{secret.key}.json", f"/i/{secret.key}.ics", "/g/veilleuses/initiatives"):
        assert bob.get(path).status_code == guest.get(path).status_code == 404
    assert bob.post(f"/i/{secret.key}/participation").status_code == 404
    assert secret.key not in guest.get("/agenda").text + bob.get("/agenda").text


def test_only_members_see_who_comes(alice, bob, guest):
    people("Galet")
    meeting = planned(by="Galet", title="Atelier pinceaux")
    assert "Galet" in alice.get(f"/i/{meeting.key}").text.partition('id="venue"')[2]
    for visitor in (bob, guest):
        assert "Galet" not in visitor.get(f"/i/{meeting.key}").text.partition('id="venue"')[2]
        for suffix in (".json", ".ics"):
            assert "Galet" not in visitor.get(f"/i/{meeting.key}{suffix}").text
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    bob.post("/g/insoumis-087/adhesion")
    assert "<summary>Qui vient" not in bob.get(f"/i/{meeting.key}").text


def test_who_waits_gets_the_seat_that_comes_free_and_is_told(alice, bob):
    galet, silex = people("Galet", "Silex")
    meeting = planned(seats="2")
    for person in (galet, silex):
        actions.take_part(person, meeting)
    assert queries.attendance(silex, meeting).waits(2)
    assert "Complet\u00a0: 1 en liste d’attente" in bob.get(f"/i/{meeting.key}").text
    assert alice.post(f"/i/{meeting.key}/retrait").status_code == 303
    assert not queries.attendance(silex, meeting).waits(2)
    delivery.run_once()
    told = Notice.select().where(Notice.sentence.startswith("Une place"))
    assert [row.account.username for row in told] == ["Silex"]


def test_the_last_seat_goes_to_one_of_those_who_press_at_once(site):
    names = [f"Galet{rank}" for rank in range(4)]
    people(*names)
    meeting = planned(seats="2")
    visitors = [site.visitor(name) for name in names]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda one: one.post(f"/i/{meeting.key}/participation").status_code, visitors))
    assert statuses == [303] * 4
    assert len(queries.seated_ids(meeting)) == 2
    places = sorted(queries.attendance(member(name), meeting).place for name in names)
    assert places == [2, 3, 4, 5]


def test_nobody_joins_what_is_over(bob):
    meeting = planned()
    bob.post("/g/insoumis-087/adhesion")
    with time_machine.travel("2027-03-21T16:01:00+01:00"):
        assert "C’est passé" in bob.post(f"/i/{meeting.key}/participation").text
        assert "C’est passé" in bob.get("/g/insoumis-087/initiatives").text
        assert meeting.key not in bob.get("/agenda").text
    assert coming(meeting) == ["Alice"]


def test_who_leaves_for_good_is_taken_out_and_their_data_says_where_they_come(bob):
    meeting = planned()
    bob.post("/g/insoumis-087/adhesion")
    bob.post(f"/i/{meeting.key}/participation")
    assert bob.get("/moi/donnees").json["initiatives"]["coming"][0]["initiative"] == meeting.key
    assert bob.post("/moi/suppression", {"password": PASSWORD}).status_code == 303
    assert coming(meeting) == ["Alice"]
