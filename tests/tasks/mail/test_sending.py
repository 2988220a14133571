"""Letters: after the commit, whole, to the server or into the folder."""

from dataclasses import replace

import pytest

from forum.database.transactions import transaction
from forum.tasks import mail
from tests.tasks.mail.post import MailServer, letters, read, run_jobs


@pytest.fixture(autouse=True)
def outbox(tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", tmp_path / "outbox")


def through(server: MailServer, monkeypatch) -> None:
    url = f"{server.url}?from=forum@example.org"
    monkeypatch.setattr(mail, "_settings", replace(mail._settings, mail_url=url, site_name='Le "Parvis"'))


def test_without_a_server_letters_are_kept_for_the_owner_of_the_site_alone(site):
    mail.send("genet@example.org", "Un sujet", "Une lettre à écrire.\n")
    (letter,) = letters()
    assert letter["To"] == "genet@example.org"
    assert letter["From"] == "Parvis <ne-pas-repondre@127.0.0.1>"
    assert letter.get_content() == "Une lettre à écrire.\n"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"]
    assert letter["Date"]
    assert letter["List-Unsubscribe"] is None
    assert {path.stat().st_mode & 0o077 for path in (mail.OUTBOX, *mail.OUTBOX.iterdir())} == {0}


def test_an_act_that_is_undone_sends_nothing(site):
    def fail() -> None:
        with transaction():
            mail.send("genet@example.org", "Un sujet", "Une lettre.")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert letters() == []


def test_a_letter_reaches_the_server(site, monkeypatch):
    server = MailServer()
    through(server, monkeypatch)
    mail.send("genet@example.org", "Été", "Une lettre à écrire.\n", stop=f"/courriel/stop/{'x' * 90}")
    run_jobs()
    server.close()
    letter = read(server.heard)
    assert (letter["Subject"], letter["From"]) == ("Été", "Le Parvis <forum@example.org>")
    assert letter.get_content().strip() == "Une lettre à écrire."
    assert f"List-Unsubscribe: <http://127.0.0.1:8000/courriel/stop/{'x' * 90}>\r\n".encode() in server.heard
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not mail.OUTBOX.exists()


def test_an_unknown_recipient_is_not_tried_again(site, monkeypatch):
    server = MailServer(refused="genet@")
    through(server, monkeypatch)
    mail.deliver.call_local("genet@example.org", "Un sujet", "Une lettre.", "")
    server.close()
    assert server.heard == b""


def test_a_server_that_is_away_is_tried_again_later(site, monkeypatch):
    monkeypatch.setattr(mail, "_settings", replace(mail._settings, mail_url="smtp://127.0.0.1:9"))
    mail.send("genet@example.org", "Un sujet", "Une lettre.")
    with pytest.raises(OSError, match="refused"):
        mail.deliver.call_local("genet@example.org", "Un sujet", "Une lettre.", "")
    run_jobs()
    assert mail.deliver.retries == 8


def test_a_distant_server_without_encryption_gets_nothing(site, monkeypatch):
    server = MailServer()
    monkeypatch.setattr(mail, "HERE", ())
    through(server, monkeypatch)
    assert "STARTTLS" in mail.problem()
    server.close()
    assert server.heard == b""


def test_a_recipient_cannot_add_others_nor_headers(site, guest):
    for address in ("a@b.fr,c@d.fr", "a@b.fr\nBcc: c@d.fr", "<a@b.fr>", "a@b", "a@b..fr", "@b.fr", "a@b.fr;c@d.fr"):
        answer = guest.post("/mot-de-passe", {"email": address})
        assert answer.status_code == 422, address
