"""Accounts on trial, and the group they try things in."""

from peewee import *

def up(migrator, db):
    migrator.migrate(migrator.add_column('account', 'trial', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('group', 'sandbox', BooleanField(default=False)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('group', 'sandbox'))
    migrator.migrate(migrator.drop_column('account', 'trial'))
