"""Groups read by their handle or their ids, not by way of all those that are not deleted."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.drop_index('group', 'group_deleted_at'))


def down(migrator, db):
    migrator.migrate(migrator.add_index('group', ('deleted_at',)))
