"""The connection each request takes: given from thread to thread, durable, with foreign keys."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import IntegrityError

from forum.accounts.models import Account
from forum.database.connection import database, is_postgresql
from forum.groups.models import Membership


def test_a_connection_given_back_by_one_thread_serves_the_next(site, guest):
    database.close()
    for _ in range(6):
        with ThreadPoolExecutor(1) as other_thread:
            assert other_thread.submit(guest.get, "/g/insoumis-087").result().status_code == 200


def test_what_is_acknowledged_is_on_the_disk(site):
    if is_postgresql():
        assert database.execute_sql("show synchronous_commit").fetchone() == ("on",)
    else:
        assert database.execute_sql("pragma synchronous").fetchone() == (2,)
        assert database.execute_sql("pragma journal_mode").fetchone() == ("wal",)


def test_a_membership_of_nobody_cannot_be_written(site):
    with pytest.raises(IntegrityError), database.atomic():
        Membership.create(group=1, member=Account.select().count() + 1000)
