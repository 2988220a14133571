"""Discussions pinned and closed, and words of welcome for who joins a group."""

from peewee import *
from forum.database.tables import Moment

def up(migrator, db):
    class Group(Model):
        class Meta:
            database = db
            table_name = 'group'

    class Welcome(Model):
        group = ForeignKeyField(Group, unique=True, on_delete='CASCADE')
        body = TextField()
        body_html = TextField()
        class Meta:
            database = db
            table_name = 'welcome'
    db.create_tables([Welcome])

    migrator.migrate(migrator.add_column('discussion', 'pinned_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('discussion', 'closed_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('discussion', 'closed_for', CharField(max_length=300, default='')))
    migrator.migrate(migrator.add_column('membership', 'welcomed', BooleanField(default=False)))
    migrator.migrate(migrator.add_index('discussion', ('group_id', 'pinned_at')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('discussion', 'discussion_group_id_pinned_at'))
    migrator.migrate(migrator.drop_column('membership', 'welcomed'))
    migrator.migrate(migrator.drop_column('discussion', 'closed_for'))
    migrator.migrate(migrator.drop_column('discussion', 'closed_at'))
    migrator.migrate(migrator.drop_column('discussion', 'pinned_at'))
    migrator.migrate(migrator.drop_table('welcome'))
