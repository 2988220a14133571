"""A prepared query answers as the query it was made from."""

import psycopg
import pytest
from peewee import JOIN, Model, Value, fn

from forum.accounts.models import Account
from forum.database.connection import database, is_postgresql
from forum.database.postgresql import with_numbers
from forum.database.prepared import Prepared, padded, viewer
from forum.discussions import actions, queries
from forum.discussions.models import Comment, Discussion
from forum.groups.models import Group, Membership
from tests import world


def members(group_id, role, number):
    query = Membership.select(Membership, Account, Group).join(Account).join_from(Membership, Group)
    return query.where(Membership.group == group_id, Membership.role == role).order_by(Membership.id).limit(number)


def test_rows_are_the_same_with_their_joined_rows(site):
    group = world.group("insoumis-087")
    prepared = Prepared(members)
    for arguments in (
        (group.id, "animator", 5),
        (group.id, "member", 5),
        (0, "animator", 5),
        (group.id, "animator", 0),
    ):
        expected = list(members(*arguments))
        found = prepared.rows(*arguments)
        assert found == expected
        assert [(row.member.username, row.group.handle, row.created_at) for row in found] == [
            (row.member.username, row.group.handle, row.created_at) for row in expected
        ]
    assert prepared.rows(group.id, "animator", 5)


def test_a_text_argument_is_never_read_as_sql(site):
    prepared = Prepared(lambda name: Account.select().where(Account.username == name))
    assert prepared.rows("' or 1=1 --") == []
    assert [row.username for row in prepared.rows("Alice")] == ["Alice"]


def test_a_rule_that_asks_more_than_an_id_fails_at_once(site):
    with pytest.raises(AttributeError):
        Prepared(lambda member_id: queries.discussions_for(viewer(member_id).is_guest)).rows(1)


def state(row):
    """All that a row holds, and what is bound to it, however far."""
    if not isinstance(row, Model):
        return row
    beside = {name: value for name, value in vars(row).items() if name not in ("__data__", "__rel__", "_dirty")}
    bound = {name: state(other) for name, other in (row.__rel__ | beside).items()}
    return type(row), dict(row.__data__), set(row._dirty), bound


def answered(discussion_id):
    """A comment and what it answers, if anything: an outer join, and one beyond it."""
    first, first_author = Comment.alias(), Account.alias()
    return (
        Comment.select(Comment, Account, first.key, first.created_at, first_author.username, fn.LENGTH(Comment.body))
        .join(Account)
        .join_from(Comment, first, JOIN.LEFT_OUTER, on=(Comment.parent == first.id), attr="parent")
        .join(first_author, JOIN.LEFT_OUTER, on=(first.author == first_author.id), attr="author")
        .where(Comment.discussion == discussion_id)
        .order_by(Comment.id)
    )


SHAPES = {
    "joined": answered,
    "one table": lambda discussion_id: Comment.select().where(Comment.discussion == discussion_id),
    "counted": lambda discussion_id: (
        Discussion.select(
            Discussion.title, fn.COUNT(Comment.id).alias("many"), fn.MAX(Comment.created_at).alias("last")
        )
        .join(Comment)
        .where(Discussion.id == discussion_id)
        .group_by(Discussion.title)
    ),
    "found or not": lambda discussion_id: (
        Discussion.select(Discussion, Group, Membership.role)
        .join(Group)
        .join(Membership, JOIN.LEFT_OUTER, on=(Membership.group == Group.id) & (Membership.member == 0), attr="viewer")
        .where(Discussion.id == discussion_id)
    ),
    "tuples": lambda discussion_id: (
        Comment.select(Comment.key, Comment.created_at, Comment.edited_at, fn.MAX(Comment.author))
        .where(Comment.discussion == discussion_id)
        .group_by(Comment.key, Comment.created_at, Comment.edited_at)
        .order_by(Comment.key)
        .tuples()
    ),
    "no models": lambda discussion_id: (
        Comment.select(Comment.key, Comment.renderer).where(Comment.discussion == discussion_id).dicts()
    ),
}


def test_rows_read_again_and_again_hold_what_peewee_reads(site):
    alice = world.member("Alice")
    talk = actions.open(alice, world.group("insoumis-087"), "Un sujet", "Voilà.")
    first = actions.comment(alice, talk, "Un.")
    actions.comment(alice, talk, "Deux.", parent=first.key)
    for name, shape in SHAPES.items():
        prepared = Prepared(shape)
        expected = [state(row) for row in shape(talk.id)]
        assert expected, name
        # Nothing is found at first, then the rows are read as peewee does, then along the plan.
        assert prepared.rows(0) == []
        for _ in range(3):
            assert [state(row) for row in prepared.rows(talk.id)] == expected, name


def test_what_is_not_kept_is_still_asked_for_when_it_is_needed(site):
    prepared = Prepared(lambda member_id: Membership.select().where(Membership.member == member_id))
    for _ in range(3):
        assert prepared.rows(world.member("Alice").id)[0].group.handle.startswith("insoumis")


def test_an_argument_may_stand_twice_beside_constants_of_any_signs(site):
    odd = "100 % d’\\accord ' %s $1"
    Account.update(email=odd).where(Account.username == "Bob").execute()

    def compose(number, name):
        wanted = (Account.id == number) & (Account.username == name) | (Account.email == odd)
        columns = Account.username, fn.COUNT("*"), Value(name), Value(number)
        listed = Account.select(*columns).where(wanted)
        return listed.group_by(Account.id, Value(number)).order_by(Account.id).tuples()

    prepared, alice = Prepared(compose), world.member("Alice").id
    assert prepared.rows(alice, "Alice") == [("Alice", 1, "Alice", alice), ("Bob", 1, "Alice", alice)]
    assert prepared.rows(alice, odd) == [("Bob", 1, odd, alice)]
    assert with_numbers("7 %% %s > %s and %s", (2, "b", "a%s"), (1, None, None)) == "7 % $2 > 'b' and 'a%s'"


def test_a_plan_serves_numbers_of_any_size_until_a_column_changes(site):
    prepared = Prepared(lambda since: Account.select(Account.username, Account.email).where(Account.created_at > since))
    for since in (0, 70_000, 2**40):
        assert prepared.rows(since), since
    if is_postgresql():
        asked = "select statement from pg_prepared_statements where statement like '%%\"created_at\" > $1%%'"
        assert len(database.execute_sql(asked).fetchall()) == 1
        with psycopg.connect(dbname=database.obj.database, **database.obj.connect_params) as beside:
            beside.execute("alter table account alter column email type text")
        for _ in range(2):
            assert prepared.rows(0)
        assert len(database.execute_sql(asked).fetchall()) == 1


def test_lists_of_any_length_have_few_shapes():
    assert [len(padded(range(number))) for number in (1, 2, 3, 4, 5, 20, 33)] == [1, 2, 4, 4, 8, 32, 64]
    assert padded(["a", "b", "c"]) == ["a", "b", "c", "c"]
