"""Beside each option, how many ballots give it each value: counted here once for the ballots already cast."""

import json

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('option', 'given', TextField(default='{}')))
    given: dict[int, dict[int, int]] = {}
    counted = db.execute_sql('select option_id, value, count(*) from mark group by option_id, value order by 1, 2')
    for option_id, value, ballots in counted.fetchall():
        given.setdefault(option_id, {})[value] = ballots

    class Option(Model):
        id = AutoField()
        given = TextField(default='{}')
        class Meta:
            database = db
            table_name = 'option'

    for option_id, values in given.items():
        Option.update(given=json.dumps(values)).where(Option.id == option_id).execute()


def down(migrator, db):
    migrator.migrate(migrator.drop_column('option', 'given'))
