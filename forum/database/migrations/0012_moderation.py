"""Reports, decisions and objections; suspensions, blocks, charters of groups."""

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

    class Block(Model):
        member = ForeignKeyField(Account, on_delete='CASCADE', index=False)
        blocked = ForeignKeyField(Account, on_delete='CASCADE')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'block'
            indexes = ((('member', 'blocked'), True),)
    db.create_tables([Block])

    class Case(Model):
        key = CharField(unique=True, max_length=12)
        kind = CharField(max_length=12)
        subject_id = IntegerField()
        group = ForeignKeyField(Group, null=True, on_delete='CASCADE', index=False)
        concerned = ForeignKeyField(Account, null=True, on_delete='CASCADE')
        desk = CharField(max_length=6)
        title = CharField(max_length=200, default='')
        body_html = TextField(default='')
        digest = CharField(max_length=64)
        open_as = CharField(unique=True, null=True, max_length=30)
        opened_at = Moment()
        decided_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'case'
            indexes = ((('group', 'desk', 'decided_at'), False), (('desk', 'decided_at'), False), (('kind', 'subject_id'), False))
    db.create_tables([Case])

    class Decision(Model):
        key = CharField(unique=True, max_length=12)
        case = ForeignKeyField(Case, unique=True, on_delete='CASCADE')
        group = ForeignKeyField(Group, null=True, on_delete='CASCADE')
        concerned = ForeignKeyField(Account, null=True, on_delete='CASCADE')
        by = ForeignKeyField(Account, on_delete='CASCADE', index=False)
        role = CharField(max_length=10)
        hides = BooleanField(default=False)
        measure = CharField(max_length=6, default='')
        days = IntegerField(default=0)
        until = Moment(null=True)
        rule = CharField(max_length=12)
        reason = TextField()
        decided_at = Moment()
        undone_at = Moment(null=True)
        undone_role = CharField(max_length=10, default='')
        undone_why = TextField(default='')
        class Meta:
            database = db
            table_name = 'decision'
    db.create_tables([Decision])

    class Hidden(Model):
        kind = CharField(max_length=12)
        subject_id = IntegerField()
        kept = TextField()
        at = Moment()
        class Meta:
            database = db
            table_name = 'hidden'
            indexes = ((('kind', 'subject_id'), True),)
    db.create_tables([Hidden])

    class Objection(Model):
        decision = ForeignKeyField(Decision, unique=True, on_delete='CASCADE')
        text = TextField()
        made_at = Moment()
        judge = ForeignKeyField(Account, null=True, on_delete='CASCADE', index=False)
        judge_role = CharField(max_length=10, default='')
        upheld = BooleanField(null=True)
        answer = TextField(default='')
        judged_at = Moment(index=True, null=True)
        class Meta:
            database = db
            table_name = 'objection'
    db.create_tables([Objection])

    class Report(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE', index=False)
        reporter = ForeignKeyField(Account, on_delete='CASCADE')
        rule = CharField(max_length=12)
        note = TextField(default='')
        body_html = TextField(default='')
        digest = CharField(max_length=64)
        made_at = Moment()
        class Meta:
            database = db
            table_name = 'report'
            indexes = ((('case', 'reporter'), True),)
    db.create_tables([Report])

    class Suspension(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        until = Moment()
        class Meta:
            database = db
            table_name = 'suspension'
            indexes = ((('group', 'member'), True),)
    db.create_tables([Suspension])

    migrator.migrate(migrator.add_column('account', 'suspended_until', Moment(null=True)))
    migrator.migrate(migrator.add_column('group', 'charter', TextField(default='')))
    migrator.migrate(migrator.add_column('group', 'charter_html', TextField(default='')))
    migrator.migrate(migrator.add_column('group', 'hidden_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('discussion', 'hidden_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('proposal', 'hidden_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('ballot', 'hidden_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('comment', 'hidden_at', Moment(null=True)))
    migrator.migrate(migrator.add_column('initiative', 'hidden_at', Moment(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('initiative', 'hidden_at'))
    migrator.migrate(migrator.drop_column('comment', 'hidden_at'))
    migrator.migrate(migrator.drop_column('ballot', 'hidden_at'))
    migrator.migrate(migrator.drop_column('proposal', 'hidden_at'))
    migrator.migrate(migrator.drop_column('discussion', 'hidden_at'))
    migrator.migrate(migrator.drop_column('group', 'hidden_at'))
    migrator.migrate(migrator.drop_column('group', 'charter_html'))
    migrator.migrate(migrator.drop_column('group', 'charter'))
    migrator.migrate(migrator.drop_column('account', 'suspended_until'))
    migrator.migrate(migrator.drop_table('suspension'))
    migrator.migrate(migrator.drop_table('report'))
    migrator.migrate(migrator.drop_table('objection'))
    migrator.migrate(migrator.drop_table('hidden'))
    migrator.migrate(migrator.drop_table('decision'))
    migrator.migrate(migrator.drop_table('case'))
    migrator.migrate(migrator.drop_table('block'))

