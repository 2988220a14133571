"""Secret votes: who voted, under a mark, and how many ballots say the same."""

from peewee import *

def up(migrator, db):
    class Proposal(Model):
        class Meta:
            database = db
            table_name = 'proposal'

    class SecretBallots(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        said = TextField()
        number = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'secret_ballots'
            primary_key = CompositeKey('proposal', 'said')
            without_rowid = isinstance(db, SqliteDatabase)
    db.create_tables([SecretBallots])

    class SecretVote(Model):
        mark = CharField(primary_key=True, max_length=43)
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'secret_vote'
            without_rowid = isinstance(db, SqliteDatabase)
    db.create_tables([SecretVote])

    migrator.migrate(migrator.add_column('proposal', 'secret', BooleanField(default=False)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('proposal', 'secret'))
    migrator.migrate(migrator.drop_table('secret_vote'))
    migrator.migrate(migrator.drop_table('secret_ballots'))
