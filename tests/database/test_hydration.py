"""Rows read along a plan hold what peewee's own reading of them holds."""

import peewee
from peewee import JOIN, Model, fn

from forum.accounts.models import Account
from forum.database.prepared import prepared
from forum.discussions import actions
from forum.discussions.models import Comment, Discussion
from forum.groups.models import Group, Membership
from tests import world

CHANGED = f"peewee {peewee.__version__} keeps this otherwise: look at forum/database/hydration.py"


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
    "through one that is not read": lambda discussion_id: (
        Comment.select(Comment.key, Group.handle)
        .join(Discussion)
        .join(Group)
        .where(Comment.discussion == discussion_id)
        .order_by(Comment.id)
    ),
    "objects": lambda discussion_id: (
        Discussion.select(Discussion, Group.handle.alias("where"), Account.created_at.alias("since"))
        .join(Group)
        .join_from(Discussion, Account)
        .where(Discussion.id == discussion_id)
        .objects()
    ),
    "made by a function": lambda discussion_id: (
        Comment.select(Comment.key, Comment.created_at, Comment.author)
        .where(Comment.discussion == discussion_id)
        .order_by(Comment.id)
        .objects(lambda **columns: sorted(columns.items()))
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
        statement = prepared(shape)
        expected = [state(row) for row in shape(talk.id)]
        assert expected, name
        # Nothing is found at first, then rows.
        assert statement.rows(0) == []
        for _ in range(2):
            assert [state(row) for row in statement.rows(talk.id)] == expected, name


def test_what_is_not_kept_is_still_asked_for_when_it_is_needed(site):
    statement = prepared(lambda member: Membership.select().where(Membership.member == member.id))
    for _ in range(3):
        assert statement.first(world.member("Alice")).group.handle.startswith("insoumis")


def test_peewee_holds_what_a_plan_is_made_of(site):
    """The inner parts that hydration reads, by name: a peewee that has others fails here first."""
    row = Comment(__no_default__=True, key="k")
    assert {name: type(value) for name, value in vars(row).items()} == {
        "__data__": dict,
        "__rel__": dict,
        "_dirty": set,
    }, CHANGED
    wrapper = answered(0).execute()
    wrapper.initialize()
    assert type(wrapper) is peewee.ModelCursorWrapper, CHANGED
    of_joins = {
        "key_to_constructor": dict,
        "column_keys": list,
        "columns": list,
        "converters": list,
        "src_to_dest": list,
    }
    assert {name: type(getattr(wrapper, name, None)) for name in of_joins} == of_joins, CHANGED
    assert wrapper.key_to_constructor[Comment] == (Comment, True), CHANGED
    assert (Comment, "author", Account, False, False, True) in wrapper.src_to_dest, CHANGED
    of_tables = Comment.select().objects().execute()
    assert type(of_tables) is peewee.ModelObjectCursorWrapper, CHANGED
    assert (of_tables.is_model, of_tables.constructor) == (True, Comment), CHANGED
