"""A hue of its own for the pages of a group."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('group', 'tint', CharField(max_length=10, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('group', 'tint'))
