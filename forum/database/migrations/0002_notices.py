"""Notices, what each person wants to be told, and what a waiting line carries for its reader."""

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

    class Notice(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE', index=False)
        line = BigIntegerField()
        group = ForeignKeyField(Group, null=True, on_delete='CASCADE')
        actor_id = IntegerField(null=True)
        sentence = TextField()
        address = CharField(max_length=300)
        thread = CharField(max_length=40, default='')
        number = IntegerField(default=1)
        folded = BooleanField(default=False)
        created_at = Moment()
        seen_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'notice'
            indexes = ((('account', 'line'), True), (('account', 'seen_at'), False))
    db.create_tables([Notice])

    class NoticeChoice(Model):
        account = ForeignKeyField(Account, primary_key=True, on_delete='CASCADE')
        silenced = CharField(max_length=200, default='')
        by_mail = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'notice_choice'
    db.create_tables([NoticeChoice])

    migrator.migrate(migrator.add_column('pending', 'note', TextField(default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('pending', 'note'))
    migrator.migrate(migrator.drop_table('notice_choice'))
    migrator.migrate(migrator.drop_table('notice'))
