"""What all that runs on one database must have in common is noted in it."""

from peewee import *


def up(migrator, db):
    class AgreedSetting(Model):
        name = CharField(primary_key=True)
        value = CharField()

        class Meta:
            database = db
            table_name = "agreed_setting"

    db.create_tables([AgreedSetting])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("agreed_setting"))
