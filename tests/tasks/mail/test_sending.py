"""Letters: after the commit, whole, to the server or into the folder; tried again, never lost, never named in a log."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from forum.database.clock import now
from forum.database.connection import database
from forum.database.transactions import transaction
from forum.groups import actions as groups
from forum.tasks import letters as waiting, mail
from forum.tasks.letters import Letter
from tests.tasks.mail.post import MailServer, letters, read, run_jobs
from tests.world import group, member

WORDS = "Une lettre à écrire."


@pytest.fixture(autouse=True)
def outbox(tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", tmp_path / "outbox")


@pytest.fixture
def serve(site, monkeypatch):
    """Start a mail server that letters go to from now on."""
    servers = []

    def start(*arguments, **options) -> MailServer:
        servers.append(MailServer(*arguments, **options))
        url = f"{servers[-1].url}?from=forum@example.org"
        monkeypatch.setattr(mail, "_settings", replace(mail._settings, mail_url=url, site_name='Le "Parvis"'))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def write(to: str = "genet@example.org", stop: str = "") -> None:
    facts = {"username": "Genêt", "sentence": WORDS, "address": "/moi", "stop": stop or "/courriel/stop/x"}
    waiting.write(to, "notice", facts, stop)


def try_later(pause: timedelta) -> None:
    """Send what is due by then."""
    with time_machine.travel(now() + pause + timedelta(seconds=1)):
        run_jobs()


def test_without_a_server_letters_are_kept_for_the_owner_of_the_site_alone(site):
    write()
    (letter,) = letters()
    assert letter["To"] == "genet@example.org"
    assert letter["From"] == "Parvis <ne-pas-repondre@127.0.0.1>"
    assert letter["Subject"] == f"{WORDS} · Parvis"
    assert WORDS in letter.get_content()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"]
    assert letter["Date"]
    assert letter["List-Unsubscribe"] is None
    assert {path.stat().st_mode & 0o077 for path in (mail.OUTBOX, *mail.OUTBOX.iterdir())} == {0}
    assert not Letter.select().exists()


def test_an_act_that_is_undone_sends_nothing(site):
    def fail() -> None:
        with transaction():
            write()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert letters() == []


def test_a_letter_reaches_the_server(serve):
    server = serve()
    write(stop=f"/courriel/stop/{'x' * 90}")
    run_jobs()
    (heard,) = server.heard
    letter = read(heard)
    assert (letter["Subject"], letter["From"]) == (f"{WORDS} · {'Parvis'}", "Le Parvis <forum@example.org>")
    assert WORDS in letter.get_content()
    assert f"List-Unsubscribe: <http://127.0.0.1:8000/courriel/stop/{'x' * 90}>\r\n".encode() in heard
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not mail.OUTBOX.exists()
    assert not Letter.select().exists()


@pytest.mark.parametrize("says", [{"RCPT": "550 unknown"}, {".": "554 no"}])
def test_what_a_server_refuses_for_good_is_not_tried_again(serve, says):
    server = serve(says)
    write()
    run_jobs()
    assert server.heard == []
    assert not Letter.select().exists()


@pytest.mark.parametrize(
    "says",
    [
        {"RCPT": "450 greylisted for genet@example.org"},
        {".": "451 genet@example.org later"},
        {".": ""},
        {"DATA": ""},
        {"MAIL": "421 busy"},
    ],
)
def test_a_letter_that_is_put_off_or_dropped_comes_later_and_once(serve, says):
    """Greylisting, a server out of order, a line that drops in mid-letter."""
    server = serve(says)
    write()
    with pytest.raises(OSError) as problem:  # noqa: PT011
        mail.run_once()
    assert "genet" not in str(problem.value), "logs name nobody"
    server.says.clear()
    run_jobs()
    assert server.heard == [], "not at once"
    for _ in range(2):
        try_later(waiting.pause(1))
    assert len(server.heard) == 1
    assert not Letter.select().exists()


def test_a_server_that_takes_leave_badly_has_the_letter_all_the_same(serve):
    server = serve({"QUIT": "421 gone already"})
    write()
    run_jobs()
    assert len(server.heard) == 1
    assert not Letter.select().exists()


def test_pauses_grow_and_a_letter_is_given_up_after_two_days(site, monkeypatch):
    monkeypatch.setattr(mail, "_settings", replace(mail._settings, mail_url="smtp://127.0.0.1:9"))
    write()
    tries = 0
    with time_machine.travel(now()) as clock:
        while Letter.select().exists():
            clock.move_to(Letter.get().due_at)
            try:
                mail.run_once()
            except OSError:
                tries += 1
            last = now()
    assert [waiting.pause(number) // timedelta(minutes=1) for number in (1, 2, 3, 7, 30)] == [5, 10, 20, 240, 240]
    assert 15 < tries < 20
    assert timedelta(days=2) <= last - now() < timedelta(days=2, hours=5)


def test_a_letter_that_slept_through_its_time_is_tried_once(serve):
    """The worker was off for days."""
    server = serve()
    write()
    try_later(timedelta(days=5))
    assert len(server.heard) == 1


def test_who_dies_while_sending_leaves_the_letter_and_a_second_copy_has_its_name(serve):
    server = serve()
    write()
    taken = waiting.take()
    assert taken is not None
    mail.deliver(taken)
    # Killed here, before saying that it is gone: another worker takes nothing until the pause is over.
    run_jobs()
    assert len(server.heard) == 1
    try_later(waiting.pause(1))
    first, second = (read(heard) for heard in server.heard)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_two_workers_never_take_the_same_letter(site):
    write()
    stale = Letter.get()
    assert waiting.take() is not None
    assert waiting.take() is None
    assert not waiting._is_ours(stale), "read before the other took it"


def test_everybody_writes_while_a_letter_is_on_its_way(serve):
    """No transaction is open while a server, slow perhaps, is spoken to."""

    def join() -> None:
        with database.connection_context():
            groups.join(member("Bob"), group("insoumis-087"))

    server = serve(meanwhile=join)
    write()
    run_jobs()
    assert len(server.heard) == 1
    assert group("insoumis-087").members_count == 2


def test_a_distant_server_without_encryption_gets_nothing(serve, monkeypatch):
    server = serve()
    monkeypatch.setattr(mail, "HERE", ())
    assert "STARTTLS" in mail.problem()
    write()
    with pytest.raises(OSError, match="STARTTLS"):
        mail.run_once()
    assert server.heard == []
    assert Letter.select().exists(), "the owner of the site may mend it within two days"


def test_a_recipient_cannot_add_others_nor_headers(site, guest):
    for address in ("a@b.fr,c@d.fr", "a@b.fr\nBcc: c@d.fr", "<a@b.fr>", "a@b", "a@b..fr", "@b.fr", "a@b.fr;c@d.fr"):
        answer = guest.post("/mot-de-passe", {"email": address})
        assert answer.status_code == 422, address
