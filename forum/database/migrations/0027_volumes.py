"""How much of a group, or of one discussion, a person is told, where it is not the usual."""

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

    class Group(Model):
        class Meta:
            database = db
            table_name = 'group'

    class Volume(Model):
        account = ForeignKeyField(Account, index=False, on_delete='CASCADE')
        group = ForeignKeyField(Group, null=True, on_delete='CASCADE')
        discussion = ForeignKeyField(Discussion, null=True, on_delete='CASCADE')
        level = CharField(max_length=10)

        class Meta:
            database = db
            table_name = 'volume'
            indexes = ((('account', 'group'), True), (('account', 'discussion'), True))

    db.create_tables([Volume])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('volume'))
