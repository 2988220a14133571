"""How far each member has read each discussion."""

from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Discussion(Model):
        class Meta:
            database = db
            table_name = 'discussion'

    class Reading(Model):
        member = ForeignKeyField(Account, on_delete='CASCADE', index=False)
        discussion = ForeignKeyField(Discussion, on_delete='CASCADE')
        seen = IntegerField()
        class Meta:
            database = db
            table_name = 'reading'
            indexes = ((('member', 'discussion'), True),)
    db.create_tables([Reading])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('reading'))
