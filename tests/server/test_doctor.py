"""The command line says what is wrong, in a line each."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from forum.database import clock
from forum.database.connection import database
from forum.search.actions import reindex
from forum.tasks import journal, mail
from tests.world import member


@pytest.fixture
def doctor(site):
    reindex()

    def ask():
        database.close()
        return site.app.test_cli_runner().invoke(args=["doctor"])

    return ask


def test_a_sound_site_has_nothing_wrong(doctor):
    answer = doctor()
    parts = ("database", "index", "mail", "clock", "disk", "moderation")
    assert answer.output.splitlines() == [f"{part}: ok" for part in parts]
    assert answer.exit_code == 0


def test_a_missing_index_is_said(doctor, site):
    shutil.rmtree(site.app.config["SETTINGS"].search_url.removeprefix("whoosh:"))
    answer = doctor()
    assert answer.exit_code == 1
    assert "index: " in answer.output
    assert "index: ok" not in answer.output


def test_an_event_in_the_future_is_said(doctor):
    with clock.at(clock.now() + timedelta(days=1)):
        journal.record("group.joined", actor=member("Alice"))
    answer = doctor()
    assert answer.exit_code == 1
    assert "clock: the last event" in answer.output


def test_a_mail_server_that_does_not_answer_is_said(doctor, monkeypatch):
    monkeypatch.setattr(mail, "_settings", replace(mail._settings, mail_url="smtp://127.0.0.1:9"))
    answer = doctor()
    assert answer.exit_code == 1
    assert "mail: 127.0.0.1 does not answer" in answer.output


def test_a_folder_of_letters_that_cannot_be_written_is_said(doctor, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", Path("/proc/outbox"))
    answer = doctor()
    assert answer.exit_code == 1
    assert "mail: no MAIL_URL" in answer.output


def test_notices_that_nobody_delivers_are_said(doctor, monkeypatch):
    monkeypatch.setattr(journal, "waiting", lambda reader: 1_001 if reader == "notices" else 0)
    assert "1001 lines wait for the notices: is a worker running?" in doctor().output


def test_the_demonstration_is_not_loaded_over_a_site_in_use(site):
    database.close()
    answer = site.app.test_cli_runner().invoke(args=["demo"])
    assert answer.output == "nothing loaded: there is content already\n"
    assert answer.exit_code == 0
