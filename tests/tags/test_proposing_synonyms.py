"""Two tags become one because members say so, and part again leaving everything as it was."""

import datetime

import pytest

from forum.accounts.models import Account
from forum.database import clock
from forum.database.transactions import transaction
from forum.errors import Invalid, Refused
from forum.groups.models import GroupTag
from forum.tags import actions, queries
from forum.tags.actions import settling, synonyms as saying
from forum.tags.models import Subscription, Synonym, Tag, Voice
from forum.tasks.jobs import JobTask
from forum.tasks.journal import JournalLine
from tests import world
from tests.tags.made import latest, synonyms


@pytest.fixture
def tags(site):
    with transaction():
        return {name: actions.ensure(name) for name in ("numérique", "informatique", "ordinateurs")}


@pytest.fixture
def voices(site):
    """Four members more, who confirm and object."""
    return [Account.create(username=n, username_key=n, password_hash="-") for n in ("lis", "jonc", "saule", "orme")]


@pytest.fixture
def days_pass(monkeypatch):
    """Move the clock: days_pass(3)."""
    start = clock.now()

    def pass_days(days):
        later = start + datetime.timedelta(days=days, minutes=1)
        for module in (clock, settling, saying, queries):
            monkeypatch.setattr(module, "now", lambda: later)

    return pass_days


def root(name):
    return queries.resolve(name).label


def proposed(tags, by="Alice"):
    return actions.propose(world.member(by), tags["informatique"], "numérique", "On dit l’un pour l’autre.")


def test_any_member_proposes_and_nothing_is_joined_yet(tags, days_pass):
    synonym = proposed(tags)
    assert (synonym.state, synonym.name, synonym.proposed_by.username) == ("proposed", "numérique", "Alice")
    assert root("numérique") == "numérique"
    assert JobTask.select().count() == 1
    line = JournalLine.select().where(JournalLine.verb == "tag.synonym_proposed").get()
    assert line.actor_id == world.member("Alice").id
    days_pass(30)
    actions.settle_due()
    assert root("numérique") == "numérique"


def test_three_confirmations_and_three_days_without_objection_join_them(tags, voices, days_pass):
    synonym = proposed(tags)
    for member in voices[:3]:
        actions.confirm(member, synonym)
        actions.confirm(member, synonym)
    assert root("numérique") == "numérique"
    days_pass(2.9)
    actions.settle_due()
    assert root("numérique") == "numérique"
    days_pass(3)
    saying.settle_on_time.call_local(synonym.id)
    assert root("numerique") == "informatique"
    assert latest().decided_at is not None
    lines = JournalLine.select().where(
        JournalLine.verb == "tag.synonym_accepted", JournalLine.subject_id == synonym.into_id
    )
    assert lines.count() == 1


def test_two_confirmations_wait_for_the_third(tags, voices, days_pass):
    synonym = proposed(tags)
    for member in voices[:2]:
        actions.confirm(member, synonym)
    days_pass(10)
    actions.settle_due()
    assert root("numérique") == "numérique"
    actions.confirm(voices[2], synonym)
    assert root("numérique") == "informatique"


def test_one_objection_leaves_it_to_a_gardener(tags, voices, days_pass):
    synonym = proposed(tags)
    for member in voices[:3]:
        actions.confirm(member, synonym)
    actions.object_to(voices[3], synonym, "L’un est plus large.")
    days_pass(10)
    actions.settle_due()
    assert root("numérique") == "numérique"
    actions.decide(world.member("Modeste"), synonym, accepted=True)
    assert root("numérique") == "informatique"


def test_who_proposed_does_not_confirm_and_a_change_of_mind_counts_once(tags, voices):
    synonym = proposed(tags)
    with pytest.raises(Refused):
        actions.confirm(world.member("Alice"), synonym)
    actions.confirm(voices[0], synonym)
    actions.object_to(voices[0], synonym, "Réflexion faite, non.")
    assert [(voice.stance, voice.reason) for voice in Voice.select()] == [("object", "Réflexion faite, non.")]


def test_an_objection_says_why(tags, voices):
    with pytest.raises(Invalid) as problem:
        actions.object_to(voices[0], proposed(tags), "  ")
    assert "reason" in problem.value.fields


def test_a_gardener_accepts_at_once_by_proposing(tags):
    assert proposed(tags, by="Modeste").state == "accepted"
    assert root("numérique") == "informatique"


def test_a_gardener_refuses_and_others_may_not(tags):
    synonym = proposed(tags)
    with pytest.raises(Refused):
        actions.decide(world.member("Bob"), synonym, accepted=True)
    actions.decide(world.member("Modeste"), synonym, accepted=False)
    actions.decide(world.member("Modeste"), synonym, accepted=True)
    assert latest().state == "refused"
    with pytest.raises(Refused):
        actions.confirm(world.member("Bob"), synonym)


def test_proposing_what_is_proposed_already_confirms_it(tags):
    first = proposed(tags)
    again = proposed(tags, by="Bob")
    turned = actions.propose(world.member("Charlie"), tags["numérique"], "informatique")
    assert first.id == again.id == turned.id
    assert {voice.member.username for voice in Voice.select()} == {"Bob", "Charlie"}
    assert proposed(tags).id == first.id


@pytest.mark.parametrize("name", ["informatiques", "<b>", "", "2027"])
def test_what_cannot_be_a_synonym_is_said(tags, name):
    with pytest.raises(Invalid) as problem:
        actions.propose(world.member("Alice"), tags["informatique"], name)
    assert "name" in problem.value.fields
    assert synonyms().count() == 0


def test_a_chain_is_one_level_deep(tags):
    gardener = world.member("Modeste")
    actions.propose(gardener, tags["informatique"], "numérique")
    actions.propose(gardener, tags["ordinateurs"], "informatique")
    canonical = {row.key: row.canonical.key if row.canonical_id else None for row in Tag.select()}
    assert canonical["numérique"] == canonical["informatique"] == "ordinateur"
    assert canonical["ordinateur"] is None


def test_two_proposals_that_waited_together_join_all_three(tags):
    gardener = world.member("Modeste")
    first = proposed(tags)
    second = actions.propose(world.member("Alice"), tags["ordinateurs"], "numérique")
    for synonym in (first, second):
        actions.decide(gardener, synonym, accepted=True)
    assert {root(name) for name in tags} == {"ordinateurs"}
    actions.ask_undo(gardener, first)
    assert (root("numérique"), root("informatique")) == ("ordinateurs", "informatique")


def test_undoing_one_link_of_a_chain_leaves_the_other(tags):
    gardener = world.member("Modeste")
    first = actions.propose(gardener, tags["informatique"], "numérique")
    second = actions.propose(gardener, tags["ordinateurs"], "informatique")
    actions.ask_undo(gardener, first)
    assert (root("numérique"), root("informatique")) == ("numérique", "ordinateurs")
    actions.ask_undo(gardener, second)
    assert (root("numérique"), root("informatique")) == ("numérique", "informatique")


def test_undoing_gives_back_taggings_followers_and_counts(tags, voices):
    gardener, group = world.member("Modeste"), world.group("insoumis-087")
    GroupTag.create(group=group, tag=tags["numérique"], typed="Numériques")
    for member in voices[:3]:
        actions.follow(member, tags["numérique"])
    actions.follow(voices[2], tags["informatique"])
    before = snapshot(tags)
    synonym = actions.propose(gardener, tags["informatique"], "numérique")
    joined = queries.resolve("numérique")
    assert joined.key == "informatique"
    assert queries.followers_count(joined) == 3
    assert set(queries.class_of(joined)) == {tags["numérique"].id, tags["informatique"].id}
    actions.ask_undo(gardener, synonym)
    assert snapshot(tags) == before
    assert latest().state == "undone"


def snapshot(tags):
    fresh = {name: Tag.get_by_id(tag.id) for name, tag in tags.items()}
    return (
        [(row.tag_id, row.typed, row.group_id) for row in GroupTag.select().order_by(GroupTag.id)],
        [(row.tag_id, row.member_id) for row in Subscription.select().order_by(Subscription.id)],
        {name: (tag.canonical_id, queries.followers_count(tag), queries.class_of(tag)) for name, tag in fresh.items()},
    )


def test_three_members_undo_after_three_days(tags, voices, days_pass):
    synonym = proposed(tags, by="Modeste")
    for member in voices[:3]:
        actions.ask_undo(member, synonym, "Ce n’est pas pareil.")
    actions.settle_due()
    assert root("numérique") == "informatique"
    days_pass(3)
    actions.settle_due()
    assert root("numérique") == "numérique"


def test_an_undone_synonym_may_be_proposed_again(tags):
    actions.ask_undo(world.member("Modeste"), proposed(tags, by="Modeste"))
    assert proposed(tags).state == "proposed"
    assert synonyms().count() == 2


def test_what_spelling_alone_joins_cannot_be_undone(site):
    with pytest.raises(Refused):
        actions.ask_undo(world.member("Modeste"), Synonym.get(Synonym.name == "insoumise"))


def test_a_list_from_elsewhere_is_taken_in_once(tags):
    lines = ["name,tag,state,reason", "numérique,informatique,accepted,Pareil.", "ordinateurs,informatique,refused,"]
    assert actions.take_in(lines) == 1
    assert actions.take_in(lines) == 0
    assert root("numérique") == "informatique"
    assert root("ordinateurs") == "ordinateurs"
    with pytest.raises(Invalid):
        actions.take_in(["name,tag", "<b>,informatique"])


def test_a_synonym_of_a_word_leads_to_groups_under_both(tags):
    actions.propose(world.member("Modeste"), queries.resolve("insoumis") or make("insoumis"), "révoltés")
    assert "revolte-087" in queries.synonymous_keys("insoumis-087")
    assert "insoumis-087" in queries.synonymous_keys("revolte-087")


def make(name):
    with transaction():
        return actions.ensure(name)
