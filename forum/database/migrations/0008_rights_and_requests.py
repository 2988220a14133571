"""Requests to enter, removals, switches of groups, discussions that animators read first."""

from peewee import *
from forum.database.tables import Moment


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Group(Model):
        class Meta:
            database = db
            table_name = 'group'

    class Removal(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        reason = CharField(max_length=500)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'removal'
            indexes = ((('group', 'member'), True),)
    db.create_tables([Removal])

    class Request(Model):
        key = CharField(unique=True, max_length=12)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        word = CharField(max_length=500, default='')
        state = CharField(max_length=10, default='waiting')
        answer = CharField(max_length=500, default='')
        decided_by = ForeignKeyField(Account, null=True, on_delete='SET NULL', index=False)
        created_at = Moment()
        decided_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'request'
            indexes = ((('group', 'member'), True),)
    db.create_tables([Request])

    migrator.migrate(migrator.add_column('group', 'newcomers_read_days', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('group', 'links_held_days', IntegerField(default=0)))
    parent = ForeignKeyField(Group, field=Group.id, null=True, on_delete='SET NULL')  # type: ignore
    migrator.migrate(migrator.add_column('group', 'parent_id', parent))
    migrator.migrate(migrator.add_column('group', 'accepts_children', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('discussion', 'state', CharField(max_length=10, default='published')))
    migrator.migrate(migrator.add_column('discussion', 'word', CharField(max_length=500, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('group', 'group_parent_id'))
    migrator.migrate(migrator.drop_column('discussion', 'word'))
    migrator.migrate(migrator.drop_column('discussion', 'state'))
    migrator.migrate(migrator.drop_column('group', 'accepts_children'))
    migrator.migrate(migrator.drop_column('group', 'parent_id'))
    migrator.migrate(migrator.drop_column('group', 'links_held_days'))
    migrator.migrate(migrator.drop_column('group', 'newcomers_read_days'))
    migrator.migrate(migrator.drop_table('request'))
    migrator.migrate(migrator.drop_table('removal'))
