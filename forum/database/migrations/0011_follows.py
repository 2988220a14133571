"""Groups followed without belonging to them."""

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

    class Follow(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'follow'
            indexes = ((('group', 'member'), True),)
    db.create_tables([Follow])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('follow'))
