"""The groups that not everybody may read, found without reading the others."""

from peewee import *


def up(migrator, db):
    db.execute_sql(
        'create index "group_not_for_all" on "group" ("visibility", "hidden_at", "deleted_at")'
        ' where ((("visibility" != \'ouvert\') or ("hidden_at" is not null)) or ("deleted_at" is not null))'
    )


def down(migrator, db):
    db.execute_sql('drop index "group_not_for_all"')
