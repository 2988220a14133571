"""The key of each open secret vote, and who took part in those that are over.

Votes that are open go on without a key; the marks of those that ended are read once more, and forgotten, by the worker.
"""

from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Proposal(Model):
        class Meta:
            database = db
            table_name = 'proposal'

    class SecretParticipant(Model):
        proposal = ForeignKeyField(Proposal, index=False, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')

        class Meta:
            database = db
            table_name = 'secret_participant'
            primary_key = CompositeKey('proposal', 'member')

    class SecretUrn(Model):
        proposal = ForeignKeyField(Proposal, primary_key=True, on_delete='CASCADE')
        key = CharField(max_length=43)
        shaken = IntegerField(default=0)

        class Meta:
            database = db
            table_name = 'secret_urn'

    db.create_tables([SecretParticipant, SecretUrn])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('secret_urn'))
    migrator.migrate(migrator.drop_table('secret_participant'))
