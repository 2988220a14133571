"""A forgotten password: a letter to whoever gave an address, good once, for an hour; nobody learns who has one here."""

import re
from datetime import timedelta

import pytest
import time_machine

from forum.accounts.models import Account
from forum.database.clock import now
from forum.tasks import mail
from tests.tasks.mail.post import letters
from tests.world import PASSWORD

NEW = "une autre phrase"


@pytest.fixture(autouse=True)
def alice_gave_an_address(site, tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", tmp_path / "outbox")
    Account.update(email="Alice@example.org").where(Account.username == "Alice").execute()


def ask(visitor, email: str = "alice@example.org"):
    return visitor.post("/mot-de-passe", {"email": email})


def path() -> str:
    found = re.search(r"/mot-de-passe/\S+", letters()[-1].get_content())
    assert found
    return found[0]


def test_the_way_back_in_is_a_letter_and_a_new_password(guest, alice, site):
    assert "/mot-de-passe" in guest.get("/connexion").text
    assert ask(guest).location == "/mot-de-passe?fait=1"
    assert "valable une heure" in guest.get("/mot-de-passe?fait=1").text
    page = guest.get(path())
    assert "Alice" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    short = guest.post(path(), {"password": "court"})
    assert short.status_code == 422
    assert "Huit signes au moins" in short.text
    assert guest.post(path(), {"password": NEW}).location == "/"
    assert guest.get("/moi").status_code == 200
    assert alice.get("/moi").status_code == 303
    stranger = site.visitor()
    assert stranger.post("/connexion", {"username": "Alice", "password": PASSWORD}).status_code == 422
    assert stranger.post("/connexion", {"username": "Alice", "password": NEW}).status_code == 303


def test_the_same_is_answered_whether_or_not_the_address_is_known(guest):
    known, unknown = ask(guest), ask(guest, "genet@example.org")
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert [letter["To"] for letter in letters()] == ["Alice@example.org"]


def test_a_letter_serves_once_and_an_hour(guest, site):
    ask(guest)
    address = path()
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert guest.get(address).status_code == 404
    site.visitor().post(address, {"password": NEW})
    again = guest.post(address, {"password": "encore une autre"})
    assert again.status_code == 404
    assert "Demandez-en une autre" in again.text
    assert guest.get("/moi").status_code == 303


def test_a_letter_is_void_once_the_address_or_the_sessions_changed(guest, alice):
    ask(guest)
    address = path()
    alice.post("/moi/reglages/courriel", {"email": "ailleurs@example.org"})
    assert guest.get(address).status_code == 404
    alice.post("/moi/reglages/courriel", {"email": "Alice@example.org"})
    assert guest.get(address).status_code == 200
    alice.post("/deconnexion", {"partout": "1"})
    assert guest.get(address).status_code == 404


def test_each_account_of_an_address_gets_its_letter_but_the_shared_one(guest):
    Account.update(email="alice@example.org").where(Account.username == "Bob").execute()
    Account.update(email="alice@example.org", demo=True).where(Account.username == "Charlie").execute()
    ask(guest)
    texts = [letter.get_content() for letter in letters()]
    assert ["Bonjour Alice" in texts[0] or "Bonjour Alice" in texts[1], len(texts)] == [True, 2]


def test_a_wrong_address_is_said_and_kept(guest):
    answer = ask(guest, "alice@nulle part")
    assert answer.status_code == 422
    assert 'value="alice@nulle part"' in answer.text
    assert "Écrivez votre adresse" in ask(guest, "").text


def test_nobody_is_flooded_with_letters(limited):
    visitor = limited.visitor()
    assert [ask(visitor).status_code for _ in range(6)] == [303] * 5 + [429]
