"""Writers of SQLite wait for their turn, not for luck."""

import fcntl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from peewee import OperationalError

from forum.accounts.models import Account
from forum.database import sqlite
from forum.database.connection import database, is_postgresql
from forum.database.transactions import transaction


def arrive(name: str) -> float:
    """Open an account on a connection of one's own that SQLite lets try only once; the seconds waited."""
    begun = time.monotonic()
    with database.connection_context():
        if not is_postgresql():
            database.execute_sql("pragma busy_timeout = 0")
        with transaction():
            Account.create(username=name, username_key=name, password_hash="!")
    return time.monotonic() - begun


def test_who_writes_while_another_writes_waits_for_the_end(site):
    with ThreadPoolExecutor(4) as others:
        with transaction():
            Account.update(role="").where(Account.username == "Bob").execute()
            waiting = [others.submit(arrive, f"bleuet{number}") for number in range(4)]
            time.sleep(0.2)
        assert [each.exception() for each in waiting] == [None] * 4
    assert Account.select().where(Account.username.startswith("bleuet")).count() == 4


def test_a_writer_of_another_process_is_waited_for(site):
    if is_postgresql():
        assert arrive("bleuet") < 5
        return
    with Path(f"{database.obj.database}.writers.lock").open("wb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        threading.Timer(0.2, turn.close).start()
        assert arrive("bleuet") > 0.15


def test_who_has_waited_too_long_is_told_so(site, alice, monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    if is_postgresql():
        return
    with Path(f"{database.obj.database}.writers.lock").open("wb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with pytest.raises(OperationalError):
            arrive("bleuet")
        assert alice.post("/g/insoumis-023/adhesion").status_code == 503
    assert alice.post("/g/insoumis-023/adhesion").status_code == 303


def test_a_transaction_inside_another_waits_for_nobody(site):
    with transaction(), transaction():
        Account.update(role="").where(Account.username == "Bob").execute()
    with transaction():
        pass
