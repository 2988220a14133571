"""With their first answer somebody joins an open group, and signs up first; all of it or nothing."""

import pytest

from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions import actions
from forum.discussions.models import Comment
from forum.groups.models import Group, Membership
from tests.world import PASSWORD, group, member


@pytest.fixture
def discussion(site):
    return actions.open(member("Alice"), group("insoumis-087"), "Trains du matin", "Que demander ?")


@pytest.fixture
def path(discussion):
    return f"/d/{discussion.key}/arrivee"


FIRST = {"body": "Un train de plus.", "username": "Silex", "password": PASSWORD}


def belongs(name: str) -> bool:
    return Membership.select().where(Membership.member == member(name)).exists()


def test_a_guest_answers_joins_and_signs_up_in_one_form(guest, discussion, path):
    page = guest.get(f"/d/{discussion.key}").text
    assert f'action="{path}"' in page
    assert "Publier et rejoindre" in page
    answer = guest.post(path, FIRST)
    said = Comment.get()
    assert (answer.status_code, answer.location) == (303, f"/c/{said.key}")
    assert (said.author.username, said.body) == ("Silex", FIRST["body"])
    assert belongs("Silex")
    assert guest.get(answer.location).location.endswith(f"#c-{said.key}")
    assert "Se déconnecter" in guest.get("/").text


def test_reading_with_the_form_under_it_sets_no_cookie(guest, discussion):
    assert "Set-Cookie" not in guest.get(f"/d/{discussion.key}").headers


def test_whoever_has_an_account_answers_and_joins_with_one_button(bob, discussion, path):
    page = bob.get(f"/d/{discussion.key}").text
    assert f'action="{path}"' in page
    assert 'name="password"' not in page
    bob.post(path, {"body": "J’en suis."})
    assert Comment.get().author.username == "Bob"
    assert belongs("Bob")


@pytest.mark.parametrize(
    "wrong",
    [{"body": " "}, {"username": "alicé", "password": "une autre phrase"}, {"password": "court"}, {"username": ""}],
)
def test_what_is_wrong_undoes_all_and_loses_nothing_that_was_typed(guest, path, wrong):
    accounts = Account.select().count()
    answer = guest.post(path, FIRST | wrong)
    assert answer.status_code == 422
    assert (FIRST | wrong)["body"].strip() in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert PASSWORD not in answer.text
    assert Account.select().count() == accounts
    assert Comment.select().count() == 0


def test_pressing_twice_makes_one_account_and_one_answer(guest, site, path):
    first = guest.post(path, FIRST)
    assert site.visitor().post(path, FIRST).location == first.location
    assert Account.select().where(Account.username == "Silex").count() == 1
    assert Comment.select().count() == 1


def test_passwords_are_guessed_no_faster_than_at_the_usual_door(limited):
    talk = actions.open(member("Alice"), group("insoumis-087"), "Trains du matin", "Que demander ?")
    guest, path = limited.visitor(), f"/d/{talk.key}/arrivee"
    for _ in range(10):
        assert guest.post(path, FIRST | {"username": "Alice", "password": "une autre phrase"}).status_code == 422
    answer = guest.post(path, FIRST | {"username": "Alice", "password": "une autre phrase"})
    assert answer.status_code == 429
    assert FIRST["body"] in answer.text


@pytest.mark.parametrize("change", [{"newcomers_read_days": 3}, {"joining": "demande"}, {"archived_at": now()}])
def test_where_newcomers_do_not_write_at_once_there_is_no_such_form(guest, bob, discussion, path, change):
    Group.update(**change).where(Group.handle == "insoumis-087").execute()
    for visitor in (guest, bob):
        assert "Publier et rejoindre" not in visitor.get(f"/d/{discussion.key}").text
        assert visitor.post(path, FIRST).status_code == 403
    assert Comment.select().count() == 0


def test_a_closed_discussion_takes_no_newcomer(guest, discussion, path):
    actions.close(member("Alice"), discussion)
    assert "Publier et rejoindre" not in guest.get(f"/d/{discussion.key}").text
    assert guest.post(path, FIRST).status_code == 403
    assert not Account.select().where(Account.username == "Silex").exists()
