"""A vote keeps the rules by which it is counted: those of before are counted by the first ones (default 1)."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('proposal', 'rule', IntegerField(default=1)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('proposal', 'rule'))
