"""Initiatives, and who takes part."""

from peewee import *
from forum.database.tables import Moment


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Group(Model):
        class Meta:
            database = db
            table_name = 'group'

    class Initiative(Model):
        key = CharField(unique=True, max_length=8)
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        author = ForeignKeyField(Account, on_delete='CASCADE')
        title = CharField(max_length=120)
        body = TextField(default='')
        body_html = TextField(default='')
        renderer = IntegerField()
        place = CharField(max_length=160, default='')
        starts_at = Moment(index=True)
        ends_at = Moment(null=True)
        seats = IntegerField(null=True)
        help_wanted = CharField(max_length=200, default='')
        sequence = IntegerField(default=0)
        cancelled_at = Moment(null=True)
        cancelled_why = CharField(max_length=300, default='')
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'initiative'
            indexes = ((('author', 'once'), True), (('group', 'starts_at'), False))
    db.create_tables([Initiative])

    class Participation(Model):
        initiative = ForeignKeyField(Initiative, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        helps = BooleanField(default=False)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'participation'
            indexes = ((('initiative', 'member'), True),)
    db.create_tables([Participation])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('participation'))
    migrator.migrate(migrator.drop_table('initiative'))
