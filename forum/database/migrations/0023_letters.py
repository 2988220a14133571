"""Letters wait in a table of their own until a server took them."""

from peewee import *

from forum.database.tables import Moment


def up(migrator, db):
    class Letter(Model):
        key = CharField(unique=True, max_length=12)
        to = CharField(max_length=254)
        template = CharField(max_length=30)
        facts = TextField()
        stop = CharField(max_length=300, default="")
        tries = IntegerField(default=0)
        made_at = Moment()
        due_at = Moment(index=True)

        class Meta:
            database = db
            table_name = "letter"

    db.create_tables([Letter])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("letter"))
