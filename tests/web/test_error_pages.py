"""What somebody reads when something does not go."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import OperationalError

from forum.config import ROOT
from forum.database.connection import connect, database
from forum.groups import queries
from forum.web.error_pages import SECRET
from tests.proposals.ballots import put


@pytest.mark.parametrize("path", ["/g/%00", "/t/%00", "/d/%00", "/p/%00", "/lieux/%00", "/nulle-part", "/g/%ED%A0%80"])
def test_an_address_that_leads_nowhere_says_so(guest, path):
    answer = guest.get(path)
    assert answer.status_code in (404, 422)
    assert "<h1>" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/groupes?q=%00", "/recherche?q=%00", "/t?q=%00"])
def test_odd_questions_are_answered(guest, path):
    assert guest.get(path).status_code in (200, 404, 422)


@pytest.mark.parametrize("page", ["-1", "9999999999", "9" * 5_000, "%D9%A2", "1_0"])
def test_a_page_that_is_none_is_answered(guest, page):
    assert guest.get(f"/groupes?page={page}").status_code in (200, 404)


def test_htmx_gets_the_sentence_alone(bob, guest):
    for visitor in (bob, guest):
        answer = visitor.post("/g/insoumis-087/depart", token=False, htmx=True)
        assert answer.status_code == 403
        assert answer.text.startswith('<p id="reason">')
    assert guest.get("/nulle-part", htmx=True).text.startswith('<p id="reason">')


def test_a_long_text_that_is_refused_is_given_back(bob):
    text = "Trois lignes qu’il serait dommage de perdre, " * 3
    answer = bob.post("/g/insoumis-087/discussions/nouvelle", {"title": "Un sujet", "body": text})
    assert answer.status_code == 403
    assert text in answer.text


def test_a_form_that_met_a_limit_is_sent_again_in_one_press(limited):
    alice, path = limited.visitor("Alice"), "/g/insoumis-087/propositions/nouvelle"
    form = {"title": "Louer la salle", "body": "", "method": "choice", "options": "Oui\r\nNon", "once": "abcd2345"}
    for number in range(200):
        answer = alice.post(path, form | {"title": f"Louer {number}", "once": f"abcd{number}"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    for name, value in {"method": "choice", "options": "Oui\r\nNon", "once": f"abcd{number}"}.items():
        assert f'name="{name}" value="{value}"' in answer.text
    assert "Renvoyer" in answer.text
    assert not re.search(r"<textarea[^>]*>\s*</textarea>", answer.text)


def test_the_form_that_is_sent_again_has_no_password(limited):
    guest = limited.visitor()
    for _ in range(12):
        answer = guest.post("/connexion", {"username": "Alice", "password": "une phrase fausse", "next": "/moi"})
    assert answer.status_code == 429
    assert 'name="username" value="Alice"' in answer.text
    assert "une phrase fausse" not in answer.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/g/insoumis-087/adhesion", "/g/insoumis-087"),
        ("/d/abcd2345/commentaires", "/d/abcd2345"),
        ("/p/abcd2345/vote", "/p/abcd2345"),
        ("/g/insoumis-087/demandes/retrait", "/g/insoumis-087/demandes"),
        ("/t/r%C3%A9seau/abonnement", "/t/r%C3%A9seau"),
        ("/deconnexion", "/"),
    ],
)
def test_the_address_of_an_act_leads_to_its_page(guest, path, page):
    answer = guest.get(path)
    assert (answer.status_code, answer.location) == (303, page)


def test_a_database_that_does_not_answer_is_said_in_french_and_why_in_the_log(site, guest, monkeypatch, caplog):
    def fail(*_):
        try:
            raise OperationalError("database or disk is full")
        finally:
            raise OperationalError("cannot rollback - no transaction is active")

    monkeypatch.setattr(queries, "group_for", fail)
    answer = guest.get("/g/insoumis-087")
    assert answer.status_code == 503
    assert "La base de données ne répond pas" in answer.text
    assert caplog.messages == ["database: database or disk is full"]


def test_a_form_too_large_is_refused_in_french(bob):
    answer = bob.post("/groupes/nouveau", {"name": "x" * 2_500_000})
    assert answer.status_code == 413
    assert "trop long" in answer.text


def test_an_unforeseen_error_is_ours_and_says_nothing_of_the_code(site, guest, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("un détail interne")

    site.app.testing = False
    monkeypatch.setattr(queries, "group_for", fail)
    answer = guest.get("/g/insoumis-087")
    assert answer.status_code == 500
    assert "interne" not in answer.text
    assert "<h1>" in answer.text


def test_a_number_that_no_database_holds_is_answered(site, alice, guest):
    proposal = put()
    for path in (f"/p/{proposal.key}.csv?cloture=99999999999999999999", "/recherche?q=a&page=99999999999999999999"):
        assert guest.get(path).status_code in (200, 404, 422), path
    assert alice.post("/g/insoumis-087/separation/99999999999999999999").status_code in (404, 422)


@pytest.fixture
def away(site, alice, database_kind) -> Iterator[None]:
    """The database stops after Alice has signed in."""
    alice.get("/")
    own = database.obj
    connect("postgresql://nobody@127.0.0.1:1/none" if database_kind == "postgresql" else "sqlite:////nowhere/forum.db")
    yield
    database.initialize(own)


@pytest.mark.parametrize("path", ["/", "/g/insoumis-087", "/moi", "/recherche?q=pain"])
def test_without_the_database_a_member_reads_what_goes_wrong(alice, away, path):
    answer = alice.get(path)
    assert answer.status_code == 503
    assert "La base de données ne répond pas : réessayez dans un instant." in answer.text
    assert "Se connecter" not in answer.text


def test_without_the_database_what_a_member_typed_comes_back(alice, away, database_kind):
    answer = alice.post("/g/insoumis-087/discussions/nouvelle", {"body": "Le pain du samedi", "once": "1"}, token=False)
    assert answer.status_code == 503
    assert "Le pain du samedi" in answer.text
    known = {"sqlite": "rien n’a été enregistré", "postgresql": "nous ne savons pas si c’est enregistré. Renvoyez"}
    assert known[database_kind] in answer.text


def test_without_the_database_the_process_says_that_it_lives_and_that_it_is_not_ready(guest, away):
    assert guest.get("/healthz").status_code == 200
    answer = guest.get("/readyz")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert answer.text.startswith("database: ")
    assert guest.get("/sw.js").status_code == 200


def test_a_refusal_asks_the_database_nothing(site, alice, monkeypatch):
    asked = []
    alice.get("/")
    monkeypatch.setattr(type(database.obj), "execute_sql", lambda *asking, **_: asked.append(asking))
    assert alice.get("/nulle-part").status_code == 404
    assert asked == []


def test_no_password_comes_back_on_the_page_of_an_error(bob):
    secret = "une phrase bien longue que personne ne doit lire"
    answer = bob.post("/g/insoumis-087/depart", {"password": secret, "body": "Le pain"}, token=False)
    assert answer.status_code == 403
    assert "Le pain" in answer.text
    assert secret not in answer.text


def test_each_field_for_a_password_is_known_as_a_secret():
    templates = " ".join(path.read_text() for path in Path(ROOT, "templates").rglob("*.html"))
    fields = re.findall(r'ui\.field\("(\w+)"[^)]*type="password"', templates)
    fields += re.findall(r'name="(\w+)"[^>]*type="password"', templates)
    assert fields
    assert set(fields) <= set(SECRET)


@pytest.mark.parametrize("path", ["/connexion", "/inscription", "/recherche", "/g/insoumis-087/depart"])
def test_a_form_of_too_many_parts_is_refused_in_french(guest, path):
    part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    answer = guest.browser.post(path, data=part * 3_000 + "--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (403, 405, 413)
    assert "<h1>" in answer.text
