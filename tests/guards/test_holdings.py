"""What leads to a person is declared by a feature: forgotten when they leave for good, or kept for a reason."""

from huey.contrib.sql_huey import BytesBlobField
from peewee import CharField, ForeignKeyField, IntegerField, TextField

from forum.accounts import actions as accounts
from forum.accounts.actions import GONE
from forum.accounts.models import Account
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.moderation import actions as moderation, kinds
from forum.moderation.models import Case
from forum.notifications import actions as notices, delivery
from forum.personal_data import actions, queries
from forum.proposals import actions as proposals
from forum.tags import actions as tags
from forum.tasks.journal import JournalLine
from tests.guards.rows import made_up, tables
from tests.world import PASSWORD, group, member

HOME = "insoumis-087"
LONG = "Un texte assez long pour être lu."
FORGOTTEN = {column for holdings in queries.HOLDINGS for column in holdings.forgets}
KEPT = {column: why for holdings in queries.HOLDINGS for column, why in holdings.keeps.items()}
# Numbers that lead to something else than an account.
OF_OTHERS = {JournalLine.group_id}


def leads_to_a_person(column) -> bool:
    """A key to an account, or a number without key that may be one's."""
    if isinstance(column, ForeignKeyField):
        return column.rel_model is Account
    return isinstance(column, IntegerField) and column.name.endswith("_id") and column not in OF_OTHERS


def test_every_column_that_leads_to_a_person_is_declared_once():
    found = {column for table in tables() for column in table._meta.sorted_fields if leads_to_a_person(column)}
    assert len(found) > 40
    declared = [column for holdings in queries.HOLDINGS for column in (*holdings.forgets, *holdings.keeps)]
    assert sorted(map(str, found - set(declared))) == [], "declare them in the holdings of their feature"
    assert len(declared) == len(set(declared))
    assert all(len(why) > 10 for why in KEPT.values())


def test_what_is_to_be_forgotten_is_and_what_is_kept_leads_to_nobody(site):
    alice = member("Alice")
    for column in FORGOTTEN:
        made_up(column.model, **{column.name: alice.id})
    keys = [column for column in KEPT if isinstance(column, ForeignKeyField)]
    kept = {column: made_up(column.model, **{column.name: alice.id}) for column in keys}
    actions.leave_for_good(alice, PASSWORD)
    for column in FORGOTTEN:
        assert not column.model.select().where(column == alice.id).exists(), column
    for column, row in kept.items():
        assert column.model.select().where(row._pk_expr(), column == alice.id).exists(), column
    left = Account.get_by_id(alice.id)
    assert (left.username, left.email, left.password_hash, left.role) == (GONE, None, "", "")


def test_nothing_names_whoever_has_left_but_what_is_declared(site):
    person = lived()
    delivery.run_once()
    assert len(named("Pimprenelle") - set(KEPT)) > 5, "what is looked for is there to be found"
    actions.leave_for_good(person, PASSWORD)
    assert sorted(map(str, named("Pimprenelle") - set(KEPT))) == []


def lived() -> Account:
    """Pimprenelle, who has done a little of everything, is named by others, and whose pseudonym was hidden."""
    person, bob, home = accounts.sign_up("Pimprenelle", PASSWORD, "pimprenelle@example.org"), member("Bob"), group(HOME)
    groups.join(person, home)
    groups.join(bob, home)
    talk = discussions.open(bob, home, "Un sujet", "@Pimprenelle l’a dit.")
    discussions.edit(bob, talk, "Un sujet", "Bonjour @Pimprenelle !")
    discussions.comment(person, talk, "Je réponds.")
    discussions.comment(bob, talk, "Merci @Pimprenelle.")
    knock(person)
    groups.invite_by_mail(person, home, "ami@example.org")
    notices.choose(person, [], True)
    asked = proposals.propose(person, home, proposals.Draft("Ma proposition", LONG))
    proposals.vote(person, asked, {"choice": "agree", "reason": "Parce que."})
    proposals.record_voice(person, asked, "Bob", {"choice": "agree"})
    tags.propose(person, tags.ensure("rivière"), "ruisseau", "Dit Pimprenelle.")
    moderation.block(bob, "Pimprenelle")
    hide(person)
    return Account.get_by_id(person.id)


def knock(person: Account) -> None:
    """They ask to enter a group, and its animator learns who does."""
    shut = groups.create(
        member("Alice"), groups.GroupSettings("Saules", visibility="ferme", joining="demande"), "saules"
    )
    groups.ask_to_join(person, shut, "C’est Pimprenelle.")


def hide(person: Account) -> None:
    """Their pseudonym is reported, and hidden."""
    moderation.report(member("Alice"), kinds.ACCOUNT.read(person), "persons", "Pimprenelle exagère.")
    draft = moderation.DecisionDraft("hide", "", "7", "persons", LONG, kinds.ACCOUNT.read(person).digest)
    moderation.decide(member("Modeste"), Case.get(), draft)


def named(word: str) -> set:
    """The columns of the whole database where this word is written."""
    columns = {
        column: [str(value) for (value,) in table.select(column).tuples()]
        for table in tables()
        for column in table._meta.sorted_fields
        if isinstance(column, CharField | TextField | BytesBlobField)
    }
    return {column for column, values in columns.items() if word.lower() in " ".join(values).lower()}
