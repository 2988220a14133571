"""A tag is made when it is first used, once for all its spellings."""

import pytest

from forum.database.transactions import transaction
from forum.tags import actions, queries
from forum.tags.models import Synonym, Tag
from forum.tasks.journal import JournalLine
from tests import world
from tests.tags.made import latest


def ensure(typed):
    with transaction():
        return actions.ensure(typed)


def test_the_first_spelling_is_shown_and_all_others_lead_to_it(site):
    tag = ensure("#Électeur·rices")
    assert (tag.key, tag.label, tag.fold) == ("électeur", "électeur·rices", "electeur")
    assert {ensure(typed).id for typed in ("électrice", "ELECTEURS", "électeur(trice)s", "electrices")} == {tag.id}
    assert queries.resolve("electrice").id == tag.id
    lines = JournalLine.select().where(JournalLine.verb == "tag.created", JournalLine.subject_id == tag.id)
    assert lines.count() == 1


def test_two_words_stay_two_tags(site):
    assert ensure("droite").id != ensure("droit").id
    assert ensure("insoumis-087").id != ensure("insoumis-086").id


def test_a_marked_word_that_no_lexicon_knows_joins_its_pair(site):
    feminine = ensure("zorglube")
    tag = ensure("zorglub·e·s")
    assert tag.key == "zorglub"
    assert queries.resolve("zorglube").id == queries.resolve("zorglub").id == tag.id
    assert set(queries.class_of(tag)) == {tag.id, feminine.id}
    ensure("zorglub·es")
    assert Synonym.select().where(Synonym.tag == feminine.id).count() == 1


def test_a_pair_that_was_undone_is_not_joined_again_by_writing_it(site):
    ensure("zorglub·e")
    actions.ask_undo(world.member("Modeste"), latest())
    ensure("zorglub·e")
    assert queries.resolve("zorglube").id != queries.resolve("zorglub").id


def test_the_first_words_are_one_from_the_first_day(site):
    actions.seed()
    actions.seed()
    tag = queries.resolve("insoumise")
    assert tag.label == "insoumis"
    assert [(row.name, row.state) for row in queries.synonyms_of(tag)] == [("insoumise", "accepted")]
    assert Tag.select().where(Tag.key == "insoumis").count() == 1


def test_one_is_shown_the_tag_that_one_is_about_to_double(site):
    for typed in ("retraités", "informatique", "écologie", "droit"):
        ensure(typed)
    assert [tag.label for tag in queries.near("retraites")] == ["retraités"]
    assert [tag.label for tag in queries.near("informatiqe")] == ["informatique"]
    assert [tag.label for tag in queries.near("droite")] == ["droit"]
    assert queries.near("ecologie") == []
    assert queries.near("x") == []


def test_suggestions_begin_as_typed_and_follow_synonyms(site):
    for typed in ("numérique", "numéros", "informatique"):
        ensure(typed)
    actions.propose(world.member("Modeste"), queries.resolve("informatique"), "numérique")
    assert [tag.label for tag in queries.suggest("NUMER")] == ["numéros", "informatique"]
    assert queries.suggest("") == []
    assert queries.suggest("%") == []


@pytest.mark.parametrize("word", ["insoumis", "insoumise"])
def test_the_same_word_in_one_place_is_narrower_and_no_synonym(site, word):
    tag = ensure(word)
    for typed in ("insoumis-087", "insoumise-87-3", "insoumis-en-lutte"):
        ensure(typed)
    assert [row.key for row in queries.narrower(tag)] == ["insoumis-087", "insoumis-087-03"]
    assert queries.class_of(tag) == [tag.id]
