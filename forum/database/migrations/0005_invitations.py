"""Invitations into groups."""

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

    class Invitation(Model):
        key = CharField(unique=True, max_length=16)
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        inviter = ForeignKeyField(Account, on_delete='CASCADE')
        token_hash = CharField(unique=True, max_length=64)
        email = CharField(null=True, max_length=254)
        days = IntegerField()
        uses = IntegerField(null=True)
        expires_at = Moment(index=True)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'invitation'
            indexes = ((('group', 'email'), True),)
    db.create_tables([Invitation])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('invitation'))
