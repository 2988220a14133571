"""The first schema."""

from peewee import *
from forum.database.tables import Moment
from huey.contrib.sql_huey import BytesBlobField
import datetime


def up(migrator, db):
    class Account(Model):
        username = CharField(max_length=30)
        username_key = CharField(unique=True, max_length=60)
        password_hash = CharField(max_length=200)
        email = CharField(null=True, max_length=254)
        role = CharField(max_length=12, default='')
        epoch = IntegerField(default=0)
        demo = BooleanField(default=False)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'account'
    db.create_tables([Account])

    class Group(Model):
        handle = CharField(unique=True, max_length=60)
        name = CharField(max_length=80)
        description = TextField(default='')
        description_html = TextField(default='')
        place_code = CharField(index=True, max_length=8, default='')
        visibility = CharField(max_length=10, default='ouvert')
        joining = CharField(max_length=10, default='libre')
        members_invite = BooleanField(default=True)
        members_discuss = BooleanField(default=True)
        members_propose = BooleanField(default=True)
        members_see_members = BooleanField(default=True)
        approve_discussions = BooleanField(default=False)
        members_count = IntegerField(index=True, default=0)
        created_at = Moment()
        last_activity_at = Moment()
        archived_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'group'
    db.create_tables([Group])

    class Discussion(Model):
        key = CharField(unique=True, max_length=12)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        author = ForeignKeyField(Account)
        title = CharField(max_length=120)
        body = TextField()
        body_html = TextField()
        renderer = IntegerField()
        comments_count = IntegerField(default=0)
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        edited_at = Moment(null=True)
        last_activity_at = Moment(index=True)
        class Meta:
            database = db
            table_name = 'discussion'
            indexes = ((('author', 'once'), True), (('group', 'last_activity_at'), False))
    db.create_tables([Discussion])

    class Proposal(Model):
        key = CharField(unique=True, max_length=8)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        discussion = ForeignKeyField(Discussion, null=True, on_delete='SET NULL')
        author = ForeignKeyField(Account, on_delete='CASCADE')
        title = CharField(max_length=200)
        body = TextField(default='')
        body_html = TextField(default='')
        renderer = IntegerField()
        method = CharField(max_length=30)
        settings = TextField(default='{}')
        opens_at = Moment()
        closes_at = Moment()
        closed_at = Moment(null=True)
        edited_at = Moment(null=True)
        revision = IntegerField(default=0)
        voters_count = IntegerField(default=0)
        eligible_count = IntegerField(default=0)
        outcome = TextField(null=True)
        once = CharField(null=True, max_length=16)
        class Meta:
            database = db
            table_name = 'proposal'
            indexes = ((('author', 'once'), True), (('group', 'closes_at'), False), (('closed_at', 'closes_at'), False))
    db.create_tables([Proposal])

    class Ballot(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        voter = ForeignKeyField(Account, on_delete='CASCADE')
        reason = TextField(default='')
        reason_html = TextField(default='')
        renderer = IntegerField()
        created_at = Moment()
        changed_at = Moment()
        class Meta:
            database = db
            table_name = 'ballot'
            indexes = ((('proposal', 'voter'), True), (('proposal', 'changed_at'), False))
    db.create_tables([Ballot])

    class BallotChange(Model):
        ballot = ForeignKeyField(Ballot, on_delete='CASCADE')
        marks = TextField()
        reason = TextField(default='')
        until = Moment()
        class Meta:
            database = db
            table_name = 'ballot_change'
    db.create_tables([BallotChange])

    class Comment(Model):
        key = CharField(unique=True, max_length=12)
        discussion = ForeignKeyField(Discussion, on_delete='CASCADE')
        author = ForeignKeyField(Account)
        parent = ForeignKeyField('self', null=True, on_delete='CASCADE')
        body = TextField()
        body_html = TextField()
        renderer = IntegerField()
        once = CharField(null=True, max_length=16)
        created_at = Moment()
        edited_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'comment'
            indexes = ((('author', 'once'), True),)
    db.create_tables([Comment])

    class Constituency(Model):
        code = CharField(primary_key=True, max_length=6)
        departement = CharField(index=True, max_length=3)
        number = SmallIntegerField()
        description = TextField(default='')
        boundaries = TextField(default='')
        class Meta:
            database = db
            table_name = 'constituency'
    db.create_tables([Constituency])

    class Territory(Model):
        code = CharField(index=True, max_length=20)
        kind = CharField(max_length=16)
        name = CharField(max_length=120)
        population = IntegerField(default=0)
        departements = TextField(default='')
        constituencies = TextField(default='')
        within = CharField(max_length=80, default='')
        class Meta:
            database = db
            table_name = 'territory'
    db.create_tables([Territory])

    class ConstituencyCommune(Model):
        constituency = CharField(max_length=6)
        territory = ForeignKeyField(Territory, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'constituency_commune'
            primary_key = CompositeKey('constituency', 'territory')
    db.create_tables([ConstituencyCommune])

    class Departement(Model):
        code = CharField(primary_key=True, max_length=3)
        of_name = CharField(max_length=80)
        zone = CharField(max_length=16)
        region = CharField(max_length=3, default='')
        capital = CharField(max_length=80, default='')
        neighbours = TextField(default='')
        class Meta:
            database = db
            table_name = 'departement'
    db.create_tables([Departement])

    class Tag(Model):
        key = CharField(unique=True, max_length=80)
        fold = CharField(index=True, max_length=80)
        label = CharField(max_length=60)
        canonical = ForeignKeyField('self', null=True)
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'tag'
    db.create_tables([Tag])

    class DiscussionTag(Model):
        discussion = ForeignKeyField(Discussion, on_delete='CASCADE')
        tag = ForeignKeyField(Tag, on_delete='CASCADE')
        typed = CharField(max_length=60)
        class Meta:
            database = db
            table_name = 'discussion_tag'
            indexes = ((('discussion', 'tag'), True),)
    db.create_tables([DiscussionTag])

    class GroupTag(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE')
        tag = ForeignKeyField(Tag, on_delete='CASCADE')
        typed = CharField(max_length=60)
        class Meta:
            database = db
            table_name = 'group_tag'
            indexes = ((('group', 'tag'), True),)
    db.create_tables([GroupTag])

    class Handle(Model):
        key = CharField(unique=True, max_length=80)
        group = ForeignKeyField(Group, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'handle'
    db.create_tables([Handle])

    class JobCounter(Model):
        queue = CharField()
        key = CharField()
        value = IntegerField()
        class Meta:
            database = db
            table_name = 'job_counter'
            primary_key = CompositeKey('queue', 'key')
    db.create_tables([JobCounter])

    class JobKeyValue(Model):
        queue = CharField()
        key = CharField()
        value = BytesBlobField()
        class Meta:
            database = db
            table_name = 'job_key_value'
            primary_key = CompositeKey('queue', 'key')
    db.create_tables([JobKeyValue])

    class JobSchedule(Model):
        queue = CharField()
        data = BytesBlobField()
        timestamp = TimestampField(default=datetime.datetime.now)
        class Meta:
            database = db
            table_name = 'job_schedule'
            indexes = ((('queue', 'timestamp'), False),)
    db.create_tables([JobSchedule])

    class JobTask(Model):
        queue = CharField()
        data = BytesBlobField()
        priority = FloatField(default=0.0)
        class Meta:
            database = db
            table_name = 'job_task'
            indexes = ((('queue', 'priority'), False),)
    db.create_tables([JobTask])

    class JournalLine(Model):
        id = BigAutoField()
        verb = CharField(max_length=40)
        actor_id = IntegerField(null=True)
        group_id = IntegerField(null=True)
        subject_kind = CharField(null=True, max_length=20)
        subject_id = IntegerField(null=True)
        facts = TextField(default='{}')
        at = Moment()
        class Meta:
            database = db
            table_name = 'journal_line'
            indexes = ((('group_id', 'id'), False),)
    db.create_tables([JournalLine])

    class Option(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        name = CharField(max_length=20)
        label = CharField(max_length=160)
        position = IntegerField()
        count = IntegerField(default=0)
        score = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'option'
            indexes = ((('proposal', 'name'), True),)
    db.create_tables([Option])

    class Mark(Model):
        ballot = ForeignKeyField(Ballot, on_delete='CASCADE', index=False)
        option = ForeignKeyField(Option, on_delete='CASCADE', index=False)
        value = IntegerField()
        class Meta:
            database = db
            table_name = 'mark'
            indexes = ((('ballot', 'option'), True), (('option', 'value'), False))
    db.create_tables([Mark])

    class Membership(Model):
        group = ForeignKeyField(Group, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        role = CharField(max_length=10, default='member')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'membership'
            indexes = ((('group', 'member'), True),)
    db.create_tables([Membership])

    class Synonym(Model):
        name = CharField(max_length=60)
        tag = ForeignKeyField(Tag)
        into = ForeignKeyField(Tag)
        state = CharField(index=True, max_length=10, default='proposed')
        reason = CharField(max_length=500, default='')
        proposed_by = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        decided_by = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        created_at = Moment()
        decided_at = Moment(null=True)
        class Meta:
            database = db
            table_name = 'synonym'
    db.create_tables([Synonym])

    class News(Model):
        synonym = ForeignKeyField(Synonym, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'news'
            indexes = ((('synonym', 'member'), True),)
    db.create_tables([News])

    class Pending(Model):
        reader = CharField(max_length=20)
        line = ForeignKeyField(JournalLine, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'pending'
            indexes = ((('reader', 'line'), True),)
    db.create_tables([Pending])

    class PlacesEdition(Model):
        digest = CharField(primary_key=True, max_length=64)
        class Meta:
            database = db
            table_name = 'places_edition'
    db.create_tables([PlacesEdition])

    class PostalCode(Model):
        code = CharField(max_length=5)
        territory = ForeignKeyField(Territory, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'postal_code'
            primary_key = CompositeKey('code', 'territory')
    db.create_tables([PostalCode])

    class ProposalTag(Model):
        proposal = ForeignKeyField(Proposal, on_delete='CASCADE', index=False)
        tag = ForeignKeyField(Tag, on_delete='CASCADE')
        typed = CharField(max_length=60)
        class Meta:
            database = db
            table_name = 'proposal_tag'
            indexes = ((('proposal', 'tag'), True),)
    db.create_tables([ProposalTag])

    class RateCount(Model):
        bucket = CharField(max_length=64)
        slot = IntegerField()
        count = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'rate_count'
            indexes = ((('bucket', 'slot'), True),)
    db.create_tables([RateCount])

    class Revision(Model):
        discussion = ForeignKeyField(Discussion, null=True, on_delete='CASCADE')
        comment = ForeignKeyField(Comment, null=True, on_delete='CASCADE')
        title = CharField(max_length=120, default='')
        body = TextField()
        body_html = TextField()
        written_at = Moment()
        replaced_at = Moment()
        class Meta:
            database = db
            table_name = 'revision'
    db.create_tables([Revision])

    class Subscription(Model):
        tag = ForeignKeyField(Tag, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'subscription'
            indexes = ((('tag', 'member'), True),)
    db.create_tables([Subscription])

    class TerritoryName(Model):
        key = BlobField(index=True)
        full = CharField(max_length=120)
        role = CharField(max_length=8)
        territory = ForeignKeyField(Territory, on_delete='CASCADE')
        weight = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'territory_name'
    db.create_tables([TerritoryName])

    class Voice(Model):
        synonym = ForeignKeyField(Synonym, on_delete='CASCADE')
        member = ForeignKeyField(Account, on_delete='CASCADE')
        stance = CharField(max_length=10)
        reason = CharField(max_length=500, default='')
        created_at = Moment()
        class Meta:
            database = db
            table_name = 'voice'
            indexes = ((('synonym', 'member'), True),)
    db.create_tables([Voice])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('voice'))
    migrator.migrate(migrator.drop_table('territory_name'))
    migrator.migrate(migrator.drop_table('subscription'))
    migrator.migrate(migrator.drop_table('revision'))
    migrator.migrate(migrator.drop_table('rate_count'))
    migrator.migrate(migrator.drop_table('proposal_tag'))
    migrator.migrate(migrator.drop_table('postal_code'))
    migrator.migrate(migrator.drop_table('places_edition'))
    migrator.migrate(migrator.drop_table('pending'))
    migrator.migrate(migrator.drop_table('news'))
    migrator.migrate(migrator.drop_table('synonym'))
    migrator.migrate(migrator.drop_table('membership'))
    migrator.migrate(migrator.drop_table('mark'))
    migrator.migrate(migrator.drop_table('option'))
    migrator.migrate(migrator.drop_table('journal_line'))
    migrator.migrate(migrator.drop_table('job_task'))
    migrator.migrate(migrator.drop_table('job_schedule'))
    migrator.migrate(migrator.drop_table('job_key_value'))
    migrator.migrate(migrator.drop_table('job_counter'))
    migrator.migrate(migrator.drop_table('handle'))
    migrator.migrate(migrator.drop_table('group_tag'))
    migrator.migrate(migrator.drop_table('discussion_tag'))
    migrator.migrate(migrator.drop_table('tag'))
    migrator.migrate(migrator.drop_table('departement'))
    migrator.migrate(migrator.drop_table('constituency_commune'))
    migrator.migrate(migrator.drop_table('territory'))
    migrator.migrate(migrator.drop_table('constituency'))
    migrator.migrate(migrator.drop_table('comment'))
    migrator.migrate(migrator.drop_table('ballot_change'))
    migrator.migrate(migrator.drop_table('ballot'))
    migrator.migrate(migrator.drop_table('proposal'))
    migrator.migrate(migrator.drop_table('discussion'))
    migrator.migrate(migrator.drop_table('group'))
    migrator.migrate(migrator.drop_table('account'))
