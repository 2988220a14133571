"""Offices of the site: given by command or by whoever runs it, in the open; refused to everybody else."""

import pytest

from forum.accounts.models import Account
from forum.errors import Refused
from forum.notifications import delivery
from forum.offices import actions
from forum.tasks.journal import JournalLine
from tests.world import member

FORM = {"username": "Bob", "office": "moderateur", "reason": "Deux ans d’animation à Limoges."}


@pytest.fixture
def alice_runs(site, alice):
    Account.update(role="admin").where(Account.username == "Alice").execute()
    return alice


def role(site, *words: str):
    return site.app.test_cli_runner().invoke(args=["role", *words])


@pytest.mark.parametrize(
    ("word", "held"), [("moderateur", "moderator"), ("jardinier", "gardener"), ("administrateur", "admin")]
)
def test_the_command_gives_takes_and_lists(site, bob, word, held):
    assert role(site, "bob", word).output == f"Bob: {word}\n"
    assert member("Bob").role == held
    assert f"Bob\t{word}" in role(site).output
    assert role(site, "Bob", "membre").exit_code == 0
    assert member("Bob").role == ""
    assert "Bob" not in role(site).output


@pytest.mark.parametrize("words", [("Personne", "moderateur"), ("Bob", "roi"), ("Bob",)])
def test_the_command_refuses_what_makes_no_sense(site, words):
    answer = role(site, *words)
    assert answer.exit_code != 0
    assert member("Bob").role == ""


def test_who_runs_the_site_appoints_in_the_open(alice_runs, bob, guest):
    assert bob.get("/site/moderation").status_code == 403
    assert alice_runs.post("/site/offices", FORM).status_code == 303
    assert member("Bob").role == "moderator"
    assert bob.get("/site/moderation").status_code == 200
    record = guest.get("/site/journal").text
    assert "Deux ans d’animation à Limoges." in record
    assert "confiée à une personne\u00a0: modération du site" in record
    assert "<b>Bob</b>" in record
    assert "Bob" in alice_runs.get("/site").text


def test_whoever_runs_the_site_finds_its_page_from_their_own(alice_runs, bob):
    assert 'href="/site"' in alice_runs.get("/moi").text
    assert 'href="/site"' not in bob.get("/moi").text


def test_whoever_is_appointed_or_dismissed_is_told(alice_runs, bob):
    alice_runs.post("/site/offices", FORM)
    alice_runs.post("/site/offices", FORM | {"office": "membre", "reason": "À sa demande."})
    while delivery.run_once():
        pass
    told = bob.get("/moi/notifications").text
    assert "Une responsabilité vous est confiée" in told
    assert "Une responsabilité ne vous est plus confiée" in told


@pytest.mark.parametrize("name", ["", "Bob", "Modeste"])
def test_nobody_else_sees_the_page_nor_appoints(site, name):
    visitor = site.visitor(name)
    assert visitor.get("/site").status_code in (303, 403)
    assert visitor.post("/site/offices", FORM | {"username": "Charlie"}).status_code == 403
    assert member("Charlie").role == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "Personne"}, "Personne ne porte ce pseudonyme"),
        ({"office": ""}, "Choisissez une responsabilité"),
        ({"office": "admin"}, "Choisissez une responsabilité"),
        ({"reason": " "}, "la raison est publique"),
        ({"reason": "x" * 501}, "500 signes au plus"),
    ],
)
def test_what_is_wrong_is_said_and_kept(alice_runs, wrong, said):
    answer = alice_runs.post("/site/offices", FORM | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert not JournalLine.select().where(JournalLine.verb.startswith("office.")).exists()
    kept = FORM | wrong
    assert kept["username"] in answer.text
    assert kept["reason"].strip() in answer.text


def test_the_last_one_who_runs_the_site_stays_until_another_does(alice_runs):
    leaving = FORM | {"username": "Alice", "office": "membre"}
    assert "au moins une personne" in alice_runs.post("/site/offices", leaving).text
    alice_runs.post("/site/offices", FORM | {"office": "administrateur"})
    assert alice_runs.post("/site/offices", leaving).status_code == 303
    assert alice_runs.get("/site").status_code == 403


def test_two_who_dismiss_each_other_do_not_leave_nobody(alice_runs, site):
    alice_runs.post("/site/offices", FORM | {"office": "administrateur"})
    alice, bob = member("Alice"), member("Bob")
    taken = {"word": "membre", "reason": "Assez."}
    actions.appoint(alice, "Bob", **taken)
    # As read before Alice was faster.
    with pytest.raises(Refused):
        actions.appoint(bob, "Alice", **taken)
    assert member("Alice").role == "admin"


def test_nobody_of_the_demonstration_holds_an_office(alice_runs, site):
    Account.update(demo=True).where(Account.username == "Bob").execute()
    assert "de la démonstration" in alice_runs.post("/site/offices", FORM).text
    assert role(site, "Bob", "moderateur").exit_code == 1
    assert member("Bob").role == ""


def test_the_same_office_again_changes_nothing(alice_runs):
    alice_runs.post("/site/offices", FORM)
    alice_runs.post("/site/offices", FORM)
    assert JournalLine.select().where(JournalLine.verb == "office.given").count() == 1


def test_a_site_without_moderator_says_so(site):
    assert "moderation: ok" in site.app.test_cli_runner().invoke(args=["doctor"]).output
    Account.update(role="").execute()
    assert "nobody moderates this site" in site.app.test_cli_runner().invoke(args=["doctor"]).output
