"""Naming animators, handing over, and a group that has lost its last one."""

from datetime import timedelta

import time_machine

from forum.database.clock import now
from forum.groups import actions
from forum.groups.models import Membership, Succession, SuccessionObjection
from forum.notifications import delivery
from forum.notifications.models import Notice
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}/animation"


def join(*names: str) -> None:
    for name in names:
        actions.join(member(name), group(HANDLE))


def roles() -> dict[str, str]:
    return {row.member.username: row.role for row in Membership.select().where(Membership.group == group(HANDLE).id)}


def later(delay: timedelta):
    return time_machine.travel(now() + delay + timedelta(minutes=1))


def orphaned(alice) -> None:
    """A group whose animator stepped down: Bob and Modeste came after her."""
    join("Bob", "Modeste")
    assert alice.post(f"{PATH}/quitter").status_code == 303


def test_an_animator_names_another_who_is_told_and_twice_is_once(alice, bob):
    join("Bob")
    for _ in range(2):
        assert alice.post(f"{PATH}/nommer", {"username": "bob"}).status_code == 303
    assert roles() == {"Alice": "animator", "Bob": "animator"}
    delivery.run_once()
    assert [row.sentence for row in Notice.select().where(Notice.account == member("Bob").id)] == [
        f"Vous animez désormais #{HANDLE}."
    ]
    assert bob.get(f"/g/{HANDLE}/reglages").status_code == 200


def test_only_animators_name_and_only_members_see_who_animates(site, alice, bob):
    assert alice.post(f"{PATH}/nommer", {"username": "Bob"}).status_code == 422
    assert alice.post(f"{PATH}/nommer", {"username": "personne"}).status_code == 422
    for visitor in (bob, site.visitor("Charlie"), site.visitor()):
        assert visitor.post(f"{PATH}/nommer", {"username": "Alice"}).status_code == 403
        assert visitor.get(PATH).status_code == 403
    join("Bob")
    assert "Alice" in bob.get(PATH).text
    assert bob.post(f"{PATH}/titre", {"username": "Alice", "title": "Reine"}).status_code == 403
    assert bob.get("/g/veilleuses/animation").status_code == 404


def test_a_title_is_for_the_members_to_read(alice, bob, guest):
    join("Bob")
    assert alice.post(f"{PATH}/titre", {"username": "Alice", "title": "a" * 41}).status_code == 422
    assert alice.post(f"{PATH}/titre", {"username": "Alice", "title": "Trésorerie"}).status_code == 303
    assert "Trésorerie" in bob.get(PATH).text
    assert "Trésorerie" in bob.get(f"/g/{HANDLE}/membres").text
    assert "Trésorerie" not in guest.get(f"/g/{HANDLE}").text


def test_handing_over_is_one_act(alice):
    join("Bob")
    assert alice.post(f"{PATH}/transmettre", {"username": "Charlie"}).status_code == 422
    assert roles()["Alice"] == "animator"
    assert alice.post(f"{PATH}/transmettre", {"username": "Bob"}).status_code == 303
    assert roles() == {"Alice": "member", "Bob": "animator"}
    assert Succession.select().count() == 0


def test_the_part_is_offered_by_the_date_of_joining_and_taken_after_a_delay(alice, bob):
    orphaned(alice)
    # Alice, the longest there, is asked first, and leaves it.
    assert Succession.get().candidate_id == member("Alice").id
    assert bob.post(f"{PATH}/accepter").status_code == 403
    assert alice.post(f"{PATH}/laisser").status_code == 303
    assert "Bob" in alice.get(PATH).text
    for _ in range(2):
        assert bob.post(f"{PATH}/accepter").status_code == 303
    actions.advance_successions.call_local()
    assert roles()["Bob"] == "member"
    with later(actions.PATIENCE):
        actions.advance_successions.call_local()
    assert roles()["Bob"] == "animator"
    assert Succession.select().count() == 0


def test_who_does_not_answer_is_passed_over_and_at_the_end_anybody_may(site, alice):
    orphaned(alice)
    with later(actions.OFFER * 3):
        asked = []
        for _ in range(3):
            asked.append(Succession.get().candidate_id)
            Succession.update(since=now() - actions.OFFER).execute()
            actions.advance_successions.call_local()
        assert asked == [member(name).id for name in ("Alice", "Bob", "Modeste")]
        assert Succession.get().candidate_id is None
        assert "Je me propose" in site.visitor("Modeste").get(PATH).text
        assert site.visitor("Modeste").post(f"{PATH}/accepter").status_code == 303
        assert Succession.get().candidate_id == member("Modeste").id
        Succession.update(candidate=None, accepted=False, since=now() - actions.ROUND).execute()
        actions.advance_successions.call_local()
        assert Succession.get().candidate_id == member("Alice").id


def test_enough_objections_turn_a_candidate_away(site, alice, bob):
    orphaned(alice)
    assert bob.post(f"{PATH}/objection", {"reason": "Pas encore."}).status_code == 403
    alice.post(f"{PATH}/accepter")
    assert alice.post(f"{PATH}/objection", {"reason": "Moi non plus."}).status_code == 403
    assert site.visitor("Charlie").post(f"{PATH}/objection", {"reason": "Non."}).status_code == 403
    assert bob.post(f"{PATH}/objection", {"reason": ""}).status_code == 422
    assert bob.post(f"{PATH}/objection", {"reason": "C’est elle qui part."}).status_code == 303
    assert Succession.get().candidate_id == member("Bob").id
    assert SuccessionObjection.select().count() == 0
    assert [actions.objections_needed(count) for count in (1, 3, 4, 9, 500)] == [1, 1, 2, 3, 3]


def test_a_group_left_by_its_last_animator_says_so_to_its_members_only(alice, bob, guest):
    join("Bob")
    assert alice.post(f"/g/{HANDLE}/depart").status_code == 303
    assert Succession.get().candidate_id == member("Bob").id
    assert "cherche qui l’anime" in bob.get(f"/g/{HANDLE}").text
    assert "cherche qui l’anime" not in guest.get(f"/g/{HANDLE}").text
