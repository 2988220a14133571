"""A prepared query answers as the query it was made from."""

import pytest

from forum.accounts.models import Account
from forum.discussions import queries
from forum.groups.models import Group, Membership
from forum.prepared import Prepared, viewer
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
