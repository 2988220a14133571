"""Animators sought and named, titles, groups deleted and poured together."""

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

    class Merge(Model):
        source = ForeignKeyField(Group, on_delete='CASCADE')
        target = ForeignKeyField(Group, on_delete='CASCADE')
        by = ForeignKeyField(Account, null=True, on_delete='SET NULL', index=False)
        moved = TextField()
        created_at = Moment()
        undone_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'merge'
    db.create_tables([Merge])

    class SuccessionObjection(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        reason = CharField(max_length=300)
        class Meta:
            database = db
            table_name = 'succession_objection'
            indexes = ((('group', 'member'), True),)
    db.create_tables([SuccessionObjection])

    class Succession(Model):
        group = ForeignKeyField(Group, unique=True, on_delete='CASCADE')
        candidate = ForeignKeyField(Account, null=True, on_delete='SET NULL', index=False)
        accepted = BooleanField(default=False)
        since = Moment()
        class Meta:
            database = db
            table_name = 'succession'
    db.create_tables([Succession])

    class SuccessionPast(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'succession_past'
            indexes = ((('group', 'member'), True),)
    db.create_tables([SuccessionPast])

    migrator.migrate(migrator.add_column('group', 'deleted_at', Moment(index=True, null=True)))
    migrator.migrate(migrator.add_column('group', 'seeks_animator', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('membership', 'title', CharField(max_length=40, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('group', 'group_deleted_at'))
    migrator.migrate(migrator.drop_column('membership', 'title'))
    migrator.migrate(migrator.drop_column('group', 'seeks_animator'))
    migrator.migrate(migrator.drop_column('group', 'deleted_at'))
    migrator.migrate(migrator.drop_table('succession_past'))
    migrator.migrate(migrator.drop_table('succession'))
    migrator.migrate(migrator.drop_table('succession_objection'))
    migrator.migrate(migrator.drop_table('merge'))
