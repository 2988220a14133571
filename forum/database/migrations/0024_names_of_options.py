"""A proposal knows the numbers its options were named by, and by what it would be known if it were sent again.

The options of before count on from the highest that is there.
"""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('proposal', 'sent', CharField(null=True, max_length=16)))
    migrator.migrate(migrator.add_column('proposal', 'last_number', IntegerField(default=0)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('proposal', 'last_number'))
    migrator.migrate(migrator.drop_column('proposal', 'sent'))
