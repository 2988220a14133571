"""What a group says to whoever has just joined it."""

from datetime import timedelta

import time_machine

from forum.database.clock import now
from forum.groups import actions
from forum.groups.models import Membership
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
WORDS = "On se présente au **lavoir**, chaque jeudi."
FORM = {"name": "Haute-Vienne", "description": "", "tags": "", "welcome": WORDS}


def test_new_members_are_welcomed_until_they_put_it_away(alice, bob, charlie, guest):
    assert alice.post(f"{PATH}/reglages", FORM).status_code == 303
    assert WORDS in alice.get(f"{PATH}/reglages").text
    for visitor in (alice, bob, charlie, guest):
        assert "lavoir" not in visitor.get(PATH).text
    actions.join(member("Bob"), group(HANDLE))
    actions.join(member("Charlie"), group(HANDLE))
    assert "<strong>lavoir</strong>" in bob.get(PATH).text
    for _ in range(2):
        assert bob.post(f"{PATH}/bienvenue").status_code == 303
    assert "lavoir" not in bob.get(PATH).text
    assert "lavoir" in charlie.get(PATH).text


def test_after_seven_days_one_is_no_longer_new(site, alice):
    alice.post(f"{PATH}/reglages", FORM)
    actions.join(member("Bob"), group(HANDLE))
    with time_machine.travel(now() + timedelta(days=6)):
        assert "lavoir" in site.visitor("Bob").get(PATH).text
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert "lavoir" not in site.visitor("Bob").get(PATH).text


def test_settings_sent_without_the_words_leave_them_and_an_empty_field_takes_them_away(alice, bob):
    alice.post(f"{PATH}/reglages", FORM)
    actions.join(member("Bob"), group(HANDLE))
    alice.post(f"{PATH}/reglages", {name: FORM[name] for name in ("name", "description", "tags")})
    assert "lavoir" in bob.get(PATH).text
    alice.post(f"{PATH}/reglages", FORM | {"welcome": ""})
    assert "lavoir" not in bob.get(PATH).text


def test_what_is_too_long_is_said_and_given_back(alice, bob):
    answer = alice.post(f"{PATH}/reglages", FORM | {"welcome": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text
    assert bob.post(f"{PATH}/reglages", FORM).status_code == 403


def test_who_does_not_belong_has_nothing_to_put_away(bob, guest):
    assert bob.post(f"{PATH}/bienvenue").status_code == guest.post(f"{PATH}/bienvenue").status_code == 403
    assert bob.post("/g/veilleuses/bienvenue").status_code == 404
    assert not Membership.select().where(Membership.member == member("Bob")).exists()
