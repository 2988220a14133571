"""The vote or the draw that designates among candidacies."""

from peewee import *


def up(migrator, db):
    class Proposal(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = 'proposal'

    class Draw(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = 'draw'

    proposal = ForeignKeyField(Proposal, field=Proposal.id, null=True, on_delete='SET NULL', index=False)
    draw = ForeignKeyField(Draw, field=Draw.id, null=True, on_delete='SET NULL', index=False)
    migrator.migrate(migrator.add_column('candidacy_call', 'proposal_id', proposal))
    migrator.migrate(migrator.add_column('candidacy_call', 'draw_id', draw))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('candidacy_call', 'draw_id'))
    migrator.migrate(migrator.drop_column('candidacy_call', 'proposal_id'))
