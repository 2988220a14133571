"""Reports of visitors, who have no account."""

from peewee import *

def up(migrator, db):
    migrator.migrate(migrator.drop_not_null('report', 'reporter_id'))


def down(migrator, db):
    db.execute_sql('delete from report where reporter_id is null')
    migrator.migrate(migrator.add_not_null('report', 'reporter_id'))
