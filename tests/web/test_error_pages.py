"""What somebody reads when something does not go."""

import pytest
from peewee import OperationalError

from forum.groups import queries
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
