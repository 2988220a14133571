"""Opening, electorate, reasons and results of a vote; the people named to vote."""

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

    class Voter(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'voter'
            indexes = ((('proposal', 'member'), True),)
    db.create_tables([Voter])

    # In one statement a column, with its default in the schema: otherwise SQLite would need the whole table made anew.
    for name, field in {
        'electorate': CharField(max_length=10, constraints=[SQL("default 'members'")]),
        'final': BooleanField(constraints=[SQL('default false')]),
        'reasons': CharField(max_length=10, constraints=[SQL("default 'optional'")]),
        'results': CharField(max_length=10, constraints=[SQL("default 'always'")]),
        'growing': BooleanField(constraints=[SQL('default false')]),
        'created_at': Moment(constraints=[SQL('default 0')]),
        'opened_at': Moment(null=True),
    }.items():
        migrator.migrate(migrator.add_column('proposal', name, field, allow_not_null=True))
    db.execute_sql('update proposal set created_at = opens_at, opened_at = opens_at')
    migrator.migrate(migrator.add_index('proposal', ('opened_at', 'opens_at')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('proposal', 'proposal_opened_at_opens_at'))
    for name in ('opened_at', 'created_at', 'growing', 'results', 'reasons', 'final', 'electorate'):
        migrator.migrate(migrator.drop_column('proposal', name))
    migrator.migrate(migrator.drop_table('voter'))
