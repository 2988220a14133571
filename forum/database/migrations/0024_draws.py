"""Draws by lot, with their tickets, sources and record."""

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
        class Meta:
            database = db
            table_name = 'initiative'

    class ChainLine(Model):
        chain = CharField(max_length=24)
        number = IntegerField()
        head = CharField(max_length=240)
        nonce = CharField(null=True, max_length=32)
        text = TextField(null=True)
        class Meta:
            database = db
            table_name = 'chain_line'
            indexes = ((('chain', 'number'), True),)
    db.create_tables([ChainLine])

    class Draw(Model):
        key = CharField(unique=True, max_length=8)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        author = ForeignKeyField(Account, on_delete='CASCADE')
        title = CharField(max_length=120)
        why = TextField()
        seats = IntegerField()
        pool = CharField(max_length=12)
        initiative = ForeignKeyField(Initiative, null=True, on_delete='SET NULL', index=False)
        labels = TextField(default='')
        grouping = CharField(max_length=8, default='')
        source_choice = CharField(max_length=16)
        chain = CharField(max_length=24)
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        frozen_at = Moment(null=True)
        frozen_line = IntegerField(null=True)
        draws_at = Moment(null=True)
        tickets_count = IntegerField(default=0)
        tickets_sha256 = CharField(max_length=64, default='')
        college_seats = TextField(default='{}')
        cancelled_before = IntegerField(default=0)
        seed = TextField(default='')
        drawn_at = Moment(null=True)
        ended_at = Moment(null=True)
        cancelled_at = Moment(null=True)
        cancelled_why = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'draw'
            indexes = ((('author', 'once'), True),)
    db.create_tables([Draw])

    class DrawSource(Model):
        draw = ForeignKeyField(Draw, on_delete='CASCADE', index=False)
        position = IntegerField()
        name = CharField(max_length=40)
        day = CharField(max_length=10)
        known_at = Moment()
        seed_part = CharField(max_length=600, default='')
        class Meta:
            database = db
            table_name = 'draw_source'
            indexes = ((('draw', 'position'), True),)
    db.create_tables([DrawSource])

    class DrawEntry(Model):
        source = ForeignKeyField(DrawSource, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        animates = BooleanField()
        seed_part = CharField(max_length=600)
        line = IntegerField()
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'draw_entry'
            indexes = ((('source', 'member'), True),)
    db.create_tables([DrawEntry])

    class DrawOrder(Model):
        draw = ForeignKeyField(Draw, unique=True, on_delete='CASCADE')
        numbers = TextField()
        class Meta:
            database = db
            table_name = 'draw_order'
    db.create_tables([DrawOrder])

    class DrawTicket(Model):
        draw = ForeignKeyField(Draw, on_delete='CASCADE', index=False)
        number = IntegerField()
        commitment = CharField(max_length=32)
        college = CharField(max_length=40, default='')
        nonce = CharField(null=True, max_length=32)
        label = CharField(null=True, max_length=160)
        called_at = Moment(null=True)
        withdrawn_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'draw_ticket'
            indexes = ((('draw', 'number'), True), (('draw', 'called_at'), False))
    db.create_tables([DrawTicket])

    class DrawVolunteer(Model):
        draw = ForeignKeyField(Draw, on_delete='CASCADE', index=False)
        member = ForeignKeyField(Account, on_delete='CASCADE')
        gender = CharField(max_length=16, default='')
        place = CharField(max_length=8, default='')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'draw_volunteer'
            indexes = ((('draw', 'member'), True),)
    db.create_tables([DrawVolunteer])

    class TicketHolder(Model):
        ticket = ForeignKeyField(DrawTicket, unique=True, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'ticket_holder'
    db.create_tables([TicketHolder])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('ticket_holder'))
    migrator.migrate(migrator.drop_table('draw_volunteer'))
    migrator.migrate(migrator.drop_table('draw_ticket'))
    migrator.migrate(migrator.drop_table('draw_order'))
    migrator.migrate(migrator.drop_table('draw_entry'))
    migrator.migrate(migrator.drop_table('draw_source'))
    migrator.migrate(migrator.drop_table('draw'))
    migrator.migrate(migrator.drop_table('chain_line'))
