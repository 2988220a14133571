"""Votes reopened, what follows from a vote, and reminders to those who have not voted."""

from peewee import *
from forum.database.tables import Moment


def up(migrator, db):
    class Account(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = 'account'

    class Proposal(Model):
        class Meta:
            database = db
            table_name = 'proposal'

    class Reminder(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        round = IntegerField()
        by_hand = BooleanField()
        by = ForeignKeyField(Account, null=True, on_delete='SET NULL', index=False)
        at = Moment()
        class Meta:
            database = db
            table_name = 'reminder'
            indexes = ((('proposal', 'round', 'by_hand'), True),)
    db.create_tables([Reminder])

    class Statement(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        author = ForeignKeyField(Account, on_delete='CASCADE')
        body = TextField()
        body_html = TextField()
        renderer = IntegerField()
        at = Moment()
        review_at = Moment(null=True)
        reviewed_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'statement'
            indexes = ((('proposal', 'id'), False), (('reviewed_at', 'review_at'), False))
    db.create_tables([Statement])

    migrator.migrate(migrator.add_column('closing', 'reopened_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('closing', 'reopened_by_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='SET NULL', index=False)))
    migrator.migrate(migrator.add_column('closing', 'reopened_for', TextField(default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('closing', 'reopened_for'))
    migrator.migrate(migrator.drop_column('closing', 'reopened_by_id'))
    migrator.migrate(migrator.drop_column('closing', 'reopened_at'))
    migrator.migrate(migrator.drop_table('statement'))
    migrator.migrate(migrator.drop_table('reminder'))
