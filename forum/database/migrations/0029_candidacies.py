"""Calls for candidacies, who stands in them, and what is said under each."""

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

    class CandidacyCall(Model):
        key = CharField(unique=True, max_length=8)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        author = ForeignKeyField(Account, on_delete='CASCADE')
        title = CharField(max_length=120)
        conditions = TextField()
        scope = CharField(max_length=8)
        place = CharField(max_length=8, default='')
        designation = CharField(max_length=12)
        closes_at = Moment()
        decides_at = Moment()
        outcome = TextField(default='')
        settled_at = Moment(null=True)
        chain = CharField(max_length=24)
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'candidacy_call'
            indexes = ((('author', 'once'), True),)
    db.create_tables([CandidacyCall])

    class Candidacy(Model):
        key = CharField(unique=True, max_length=8)
        call = ForeignKeyField(CandidacyCall, index=False, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        place = CharField(index=True, max_length=8, default='')
        statement = TextField()
        affiliations = TextField(default='')
        line = IntegerField()
        withdrawn_at = Moment(null=True)
        taken_back_at = Moment(null=True)
        designated_at = Moment(null=True)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'candidacy'
            indexes = ((('call', 'member'), True),)
    db.create_tables([Candidacy])

    class CandidacyWord(Model):
        key = CharField(unique=True, max_length=8)
        candidacy = ForeignKeyField(Candidacy, on_delete='CASCADE')
        author = ForeignKeyField(Account, on_delete='CASCADE')
        kind = CharField(max_length=12)
        body = TextField()
        line = IntegerField()
        taken_back_at = Moment(null=True)
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'candidacy_word'
            indexes = ((('author', 'once'), True),)
    db.create_tables([CandidacyWord])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('candidacy_word'))
    migrator.migrate(migrator.drop_table('candidacy'))
    migrator.migrate(migrator.drop_table('candidacy_call'))
