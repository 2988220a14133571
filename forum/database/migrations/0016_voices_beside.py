"""Voices counted by hand in rooms, and voices recorded for those who asked."""

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

    class Delegation(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        voter = ForeignKeyField(Account, on_delete='CASCADE')
        recorder = ForeignKeyField(Account, on_delete='CASCADE')
        at = Moment()
        withdrawn_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'delegation'
            indexes = ((('proposal', 'voter'), True), (('proposal', 'recorder'), False))
    db.create_tables([Delegation])

    class RoomCount(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        room = CharField(max_length=16)
        version = IntegerField()
        place = CharField(max_length=120)
        held_on = CharField(max_length=10)
        present = IntegerField()
        counts = TextField()
        note = TextField(default='')
        author = ForeignKeyField(Account, on_delete='CASCADE')
        at = Moment()
        class Meta:
            database = db
            table_name = 'room_count'
            indexes = ((('proposal', 'room', 'version'), True),)
    db.create_tables([RoomCount])

    migrator.migrate(migrator.add_column('ballot', 'recorded_by_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='SET NULL', index=False)))
    migrator.migrate(migrator.add_column('ballot_change', 'recorded_by_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='SET NULL', index=False)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('ballot_change', 'recorded_by_id'))
    migrator.migrate(migrator.drop_column('ballot', 'recorded_by_id'))
    migrator.migrate(migrator.drop_table('room_count'))
    migrator.migrate(migrator.drop_table('delegation'))
