"""How each vote ended, with its record."""

from peewee import *
from forum.database.tables import Moment


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Proposal(Model):
        class Meta:
            database = db
            table_name = 'proposal'

    class Closing(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        number = IntegerField()
        at = Moment()
        outcome = TextField()
        record = TextField()
        sha256 = CharField(max_length=64)
        by = ForeignKeyField(Account, null=True, on_delete='SET NULL', index=False)
        reason = TextField(default='')
        class Meta:
            database = db
            table_name = 'closing'
            indexes = ((('proposal', 'number'), True),)
    db.create_tables([Closing])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('closing'))
