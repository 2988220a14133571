"""Acts asked for at the same moment are written together, and each asker is told what became of theirs."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import IntegrityError, OperationalError

from forum.accounts.models import Account
from forum.database import sqlite
from forum.database.connection import database
from forum.database.group_commit import GroupCommit
from forum.database.transactions import transaction
from forum.errors import Refused


class Door:
    """Lets people in, several at once; the first act waits until it is let go on, so that others gather behind it."""

    def __init__(self):
        self.batches: list[int] = []
        self.go_on = threading.Event()
        self.door = GroupCommit(self.work)

    def work(self, names):
        self.batches.append(len(names))
        with transaction():
            problems = [Refused("Pas aujourd’hui.") if name.startswith("refusé") else None for name in names]
            for name, problem in zip(names, problems, strict=True):
                if not problem:
                    Account.create(username=name, username_key=name, password_hash="!")
        if len(self.batches) == 1:
            self.go_on.wait(10)
        return problems

    def enter(self, name: str) -> None:
        with database.connection_context():
            self.door.do(name)

    def all_enter(self, names: list[str]) -> list[BaseException | None]:
        """What becomes of people who come while somebody is being let in."""
        with ThreadPoolExecutor(len(names) + 1) as pool:
            first = pool.submit(self.enter, "bleuet")
            while not self.batches:
                time.sleep(0.005)
            others = [pool.submit(self.enter, name) for name in names]
            while len(self.door._waiting) < len(names):
                time.sleep(0.005)
            self.go_on.set()
            assert first.exception() is None
            return [other.exception() for other in others]


def inside() -> set[str]:
    return {row.username for row in Account.select()}


def test_those_who_come_at_the_same_moment_are_written_together(site):
    door, names = Door(), [f"bleuet{number}" for number in range(5)]
    assert door.all_enter(names) == [None] * 5
    assert door.batches == [1, 5]
    assert inside() >= {"bleuet", *names}


def test_one_who_is_refused_does_not_hinder_the_others(site):
    problems = Door().all_enter(["bleuet1", "refusé", "bleuet2"])
    assert [type(problem) for problem in problems] == [type(None), Refused, type(None)]
    assert inside() >= {"bleuet1", "bleuet2"}


def test_one_that_cannot_be_written_fails_alone(site):
    problems = Door().all_enter(["bleuet1", "bleuet", "bleuet2"])
    assert [type(problem) for problem in problems] == [type(None), IntegrityError, type(None)]
    assert inside() >= {"bleuet1", "bleuet2"}


def test_no_more_than_a_certain_number_at_once(site, monkeypatch):
    monkeypatch.setattr("forum.database.group_commit.MOST", 2)
    door = Door()
    assert door.all_enter([f"bleuet{number}" for number in range(5)]) == [None] * 5
    assert door.batches == [1, 2, 2, 1]


def test_who_waits_too_long_is_told_and_nothing_is_written(site, monkeypatch):
    door = Door()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(door.enter, "bleuet")
        while not door.batches:
            time.sleep(0.005)
        monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
        with pytest.raises(OperationalError):
            door.enter("bleuet1")
        door.go_on.set()
        assert first.exception() is None
    assert "bleuet1" not in inside()


def test_inside_a_transaction_it_is_a_part_of_it(site):
    with pytest.raises(Refused), transaction():
        Door().door.do("refusé")
    door = Door()
    door.go_on.set()
    with pytest.raises(IntegrityError), transaction():  # noqa: PT012
        door.door.do("bleuet")
        # A second Alice: what came before goes with it.
        Account.create(username="Alice", username_key="alice", password_hash="!")
    assert "bleuet" not in inside()
