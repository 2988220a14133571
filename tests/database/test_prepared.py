"""A statement composed once answers as the query it was made from."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from peewee import Value, fn

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.connection import database, is_postgresql
from forum.database.keys import new_key
from forum.database.postgresql import with_numbers
from forum.database.prepared import prepared
from forum.database.tables import HasId
from forum.discussions import queries
from forum.discussions.models import Discussion
from forum.groups.models import Group, Membership
from tests import world


def members(group: HasId, role: str, number: int):
    query = Membership.select(Membership, Account, Group).join(Account).join_from(Membership, Group)
    return query.where(Membership.group == group.id, Membership.role == role).order_by(Membership.id).limit(number)


def test_rows_are_the_same_with_their_joined_rows(site):
    statement, group, nowhere = prepared(members), world.group("insoumis-087"), Group(id=0)
    for arguments in ((group, "animator", 5), (group, "member", 5), (nowhere, "animator", 5), (group, "animator", 0)):
        expected = list(members(*arguments))
        found = statement.rows(*arguments)
        assert found == expected
        assert [(row.member.username, row.group.handle, row.created_at) for row in found] == [
            (row.member.username, row.group.handle, row.created_at) for row in expected
        ]
    assert statement.rows(group, "animator", 5)


@prepared
def _named(name: str):
    return Account.select().where(Account.username == name)


def test_a_text_argument_is_never_read_as_sql(site):
    assert _named.rows("' or 1=1 --") == []
    assert _named.first("' or 1=1 --") is None
    assert _named.first("Alice").username == "Alice"


def test_a_rule_that_asks_more_than_an_id_fails_at_once(site):
    @prepared
    def asks_more(member: HasId):
        return queries.discussions_for(member).where(not member.is_guest)

    with pytest.raises(AttributeError, match="is_guest"):
        asks_more.rows(world.member("Alice"))


@pytest.mark.parametrize(
    "asked",
    [
        lambda number: number == 1,
        lambda number: number > 1,
        lambda number: number or 1,
        lambda number: number - 1,
        lambda number: f"{number}%",
        lambda number: number in (1, 2),
    ],
)
def test_a_shape_that_depends_on_the_value_of_an_argument_fails_at_once(site, asked):
    with pytest.raises(TypeError):
        prepared(lambda number: Account.select().where(Account.id == asked(number))).rows(1)


@prepared
def _in_places(member: HasId, ids: Collection[int], *, archived: bool, most: int | None = None):
    known = Group.archived_at.is_null(not archived), Group.id.in_(ids)
    mine = Membership.select(Membership.group).where(Membership.member == member.id)
    return Group.select(Group.id).where(*known, Group.id.in_(mine)).order_by(Group.id).limit(most).tuples()


def test_what_is_given_by_name_decides_the_shape(site):
    alice, here = world.member("Alice"), world.group("insoumis-087")
    ids = [here.id, world.group("insoumis-023").id]
    assert _in_places.rows(alice, ids, archived=False) == [(here.id,)]
    assert _in_places.rows(alice, ids, archived=True) == []
    assert _in_places.rows(alice, ids, archived=False, most=0) == []
    Group.update(archived_at=now()).execute()
    assert _in_places.rows(alice, ids, archived=False) == []
    assert _in_places.rows(alice, ids, archived=True) == [(here.id,)]


def test_lists_of_any_length_are_asked_for(site):
    alice, here = world.member("Alice"), world.group("insoumis-087")
    assert _in_places.rows(alice, [], archived=False) == []
    for length in (1, 2, 3, 8, 9, 700, 1_025, 20_000):
        assert _in_places.rows(alice, range(-length, 0), archived=False) == [], length
        assert _in_places.rows(alice, {here.id, *range(-length, 0)}, archived=False) == [(here.id,)], length


def test_lists_of_many_lengths_have_few_shapes(site):
    composed = []

    @prepared
    def of_keys(keys: Collection[str]):
        composed.append(len(keys))
        return Account.select().where(Account.username_key.in_(keys))

    for length in range(1, 70):
        assert [row.username for row in of_keys.rows(["alice", *map(str, range(1, length))])] == ["Alice"]
    assert sorted({*composed}) == [1, 2, 4, 8, 16, 32, 64, 128]
    # Each twice, to see whether it is the same at another moment.
    assert len(composed) == 16


def test_moments_truth_and_what_is_not_there_are_arguments(site):
    @prepared
    def change(account: HasId, demo: bool, until: datetime | None):
        return Account.update(demo=demo, suspended_until=until).where(Account.id == account.id)

    @prepared
    def suspended(since: datetime, demo: bool, moments: Collection[datetime]):
        found = Account.suspended_until > since, Account.demo == demo, Account.suspended_until.in_(moments)
        return Account.select().where(*found)

    alice, until = world.member("Alice"), datetime(2030, 1, 2, 3, 4, 5, 678_000, UTC)
    assert change.write(alice, True, until) == 1
    assert [row.suspended_until for row in suspended.rows(until - timedelta(seconds=1), True, [until])] == [until]
    assert suspended.rows(until, True, [until]) == suspended.rows(now(), False, [until]) == []
    assert suspended.rows(now(), True, [now()]) == []
    assert change.write(alice, False, None) == 1
    found = Account.get(Account.username == "Alice")
    assert (found.demo, found.suspended_until) == (False, None)


def test_what_may_be_missing_is_another_shape(site):
    @prepared
    def named(name: str | None, since: datetime | None):
        query = Account.select().where(Account.email == name)
        return query if since is None else query.where(Account.created_at > since)

    Account.update(email="bob@example.org").where(Account.username == "Bob").execute()
    assert [row.username for row in named.rows("bob@example.org", None)] == ["Bob"]
    assert named.rows("bob@example.org", now() + timedelta(days=1)) == []
    assert "Alice" in [row.username for row in named.rows(None, None)]


@pytest.mark.parametrize(
    "compose",
    [
        lambda name: Account.select().where(Account.username == name, Account.created_at < now()),
        lambda name: Account.insert(username=name, username_key=name, password_hash="!"),
        lambda name: Discussion.update(key=new_key()).where(Discussion.title == name),
    ],
)
def test_what_is_worked_out_is_not_frozen(site, compose):
    with pytest.raises(TypeError, match="another moment"):
        prepared(compose).rows("Alice")


def test_a_count_is_one_value(site):
    @prepared
    def count(role: str):
        return Membership.select(fn.COUNT(Membership.id)).where(Membership.role == role).tuples()

    assert count.scalar("animator") == Membership.select().where(Membership.role == "animator").count() > 0
    assert count.scalar("nobody") == 0


def test_rows_as_stored_are_equal_until_something_changes(site):
    group = world.group("insoumis-087")
    statement = prepared(members)
    stored, read = statement.as_stored(group, "animator", 5)
    assert statement.as_stored(group, "animator", 5)[0] == stored
    assert [row.member.username for row in read(stored)] == [
        row.member.username for row in members(group, "animator", 5)
    ]
    Account.update(username="Autrement").where(Account.id == read(stored)[0].member.id).execute()
    assert statement.as_stored(group, "animator", 5)[0] != stored


def test_an_argument_may_stand_twice_or_nowhere_beside_constants_of_any_signs(site):
    odd = "100 % d’\\accord ' %s $1"
    Account.update(email=odd).where(Account.username == "Bob").execute()

    @prepared
    def found(unused: str, number: int, name: str):
        wanted = (Account.id == number) & (Account.username == name) | (Account.email == odd)
        columns = Account.username, fn.COUNT("*"), Value(name), Value(number)
        listed = Account.select(*columns).where(wanted)
        return listed.group_by(Account.id, Value(number)).order_by(Account.id).tuples()

    alice = world.member("Alice").id
    assert found.rows("", alice, "Alice") == [("Alice", 1, "Alice", alice), ("Bob", 1, "Alice", alice)]
    assert found.rows("", alice, odd) == [("Bob", 1, odd, alice)]
    written = with_numbers("7 %% %s > %s and %s", (None, "b", "a%s"), (4, None, None))
    assert written == ("7 % $1 > 'b' and 'a%s'", [4])


def test_a_plan_serves_numbers_of_any_size_until_a_column_changes(site):
    @prepared
    def after(since: int):
        return Account.select(Account.username, Account.email).where(Account.created_at > since)

    for since in (0, 70_000, 2**40):
        assert after.rows(since), since
    if is_postgresql():
        asked = "select statement from pg_prepared_statements where statement like '%%\"created_at\" > $1%%'"
        assert len(database.execute_sql(asked).fetchall()) == 1
        with psycopg.connect(database.obj.database) as beside:
            beside.execute("alter table account alter column email type text")
        for _ in range(2):
            assert after.rows(0)
        assert len(database.execute_sql(asked).fetchall()) == 1


def test_a_statement_keeps_a_bounded_number_of_shapes(site):
    @prepared
    def of_ids(*ids: int):
        return Discussion.select().where(Discussion.id.in_(ids))

    for number in range(1, 150):
        assert of_ids.rows(*[0] * number) == []
    assert of_ids._kept.cache_info().currsize == 100
