"""Searching everything, and what a search never gives away."""

import contextlib
import sqlite3
import time
from datetime import timedelta

import pytest

from forum.database.clock import now
from forum.database.connection import database
from forum.database.tables import Base
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.groups import actions as groups
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.search.actions import index_changes, reindex
from forum.search.engines import in_use as engines
from forum.search.queries import every_document
from forum.server import backup, restore
from forum.tags import actions as tags
from forum.tags.models import Tag
from tests import world
from tests.initiatives import planned

SECRET = "scolopendre"


@pytest.fixture
def written(site):
    """A discussion with an answer, and a proposal, in the open group of the Haute-Vienne."""
    alice, haute_vienne = world.member("Alice"), world.group("insoumis-087")
    opened = discussions.open(alice, haute_vienne, "Nos rivières", "Les insoumis·es gardent la **rivière**.", ["eau"])
    discussions.comment(alice, opened, "J’ai vu des loutres à Limoges.")
    propose(alice, haute_vienne, "Nettoyer les berges", "Samedi, avec des gants.")
    index()
    return site


@pytest.fixture
def whispered(site):
    """A secret group whose words exist nowhere else: in its name, its texts, its tags, a proposal."""
    alice, group = world.member("Alice"), world.group("veilleuses")
    words = groups.GroupSettings(f"Veilleuses {SECRET}", f"Le {SECRET} veille.", tags=(SECRET,))
    groups.edit(alice, group, words)
    opened = discussions.open(alice, group, f"Le {SECRET} du soir", f"Un {SECRET} passe.", [SECRET])
    discussions.comment(alice, opened, f"Deux {SECRET}s.")
    propose(alice, group, f"Nourrir le {SECRET}", f"Au {SECRET} affamé.")
    index()
    return site


@pytest.mark.parametrize(
    "typed", ["rivière", "riviere", "insoumise", "insoumis", "insoumis.es", "loutre", "LOUTRES", "rivi"]
)
def test_a_discussion_is_found_by_its_words_and_those_of_its_answers(written, guest, typed):
    assert ("discussion", "Nos rivières") in found(guest, typed)


def test_a_proposal_is_found_too_and_one_kind_can_be_asked_for(written, guest):
    assert found(guest, "gants") == [("proposition", "Nettoyer les berges")]
    assert found(guest, "gants", "discussion") == []
    assert ("tag", "#eau") in found(guest, "eau")
    assert found(guest, "eau", "tag") == [("tag", "#eau")]
    assert found(guest, "insoumis-087", "groupe")[0][0] == "groupe"


def test_the_passage_shows_the_word_apart(written, guest):
    page = guest.get("/recherche?q=riviere").text
    assert "Les insoumis·es gardent la <mark>rivière</mark>." in page
    assert "<h2>Discussions</h2>" in page


def test_a_place_inside_a_longer_query_lifts_the_texts_of_that_place(written, guest):
    elsewhere = world.group("insoumis-023")
    discussions.open(world.member("Charlie"), elsewhere, "Nos rivières, Limoges et nous", "La Creuse déborde.")
    index()
    both = [("discussion", "Nos rivières"), ("discussion", "Nos rivières, Limoges et nous")]
    assert found(guest, "rivières 87", "discussion") == both[:1]
    assert found(guest, "rivières limoges", "discussion") == both
    assert len(found(guest, "rivières", "discussion")) == 2


def test_a_place_inside_a_longer_query_can_become_a_filter(written, guest):
    chip = 'href="/recherche?q=rivi%C3%A8res+limoges&amp;type=discussion&amp;lieu=087"'
    assert chip in guest.get("/recherche?q=rivières+limoges&type=discussion").text
    for other in ("rivières", "rivières+limoges&lieu=023"):
        assert "Seulement" not in guest.get(f"/recherche?q={other}").text, other


def test_words_in_quotes_are_found_in_their_order(written, guest):
    alice, home = world.member("Alice"), world.group("insoumis-087")
    for title, body in (
        ("Le pain bis", "De la farine."),
        ("Bis, le pain", "Encore."),
        ("Au four", "On y met le pain bis."),
    ):
        discussions.open(alice, home, title, body)
    answered = discussions.open(alice, home, "Le bis du boulanger", "Et du pain.")
    discussions.comment(world.member("Alice"), answered, "Mon pain bis à moi.")
    index()
    titles = {title for _, title in found(guest, '"pain bis"', "discussion")}
    assert titles == {"Le pain bis", "Au four", "Le bis du boulanger"}
    assert {title for _, title in found(guest, "«\u202fbis, le pain\u202f»", "discussion")} == {"Bis, le pain"}
    assert len(found(guest, "pain bis", "discussion")) == 4


def test_an_answer_that_answers_is_shown_and_led_to(written, guest):
    page = guest.get("/recherche?q=loutres").text
    assert "J’ai vu des <mark>loutres</mark> à Limoges." in page
    key = Discussion.get(Discussion.title == "Nos rivières").comments.get().key
    assert f'href="/c/{key}"' in page
    assert f'href="/c/{key}"' not in guest.get("/recherche?q=rivières").text


def test_an_answer_by_somebody_one_does_not_read_is_not_shown(written, bob, guest):
    rivers = Discussion.get(Discussion.title == "Nos rivières")
    groups.join(world.member("Charlie"), rivers.group)
    discussions.comment(world.member("Charlie"), rivers, "Un martin-pêcheur.")
    index()
    assert "<mark>martin-pêcheur</mark>" in bob.get("/recherche?q=martin-pêcheur").text
    bob.post("/moi/bloques", {"username": "Charlie"})
    assert "<mark>martin-pêcheur</mark>" not in bob.get("/recherche?q=martin-pêcheur").text


def test_an_initiative_is_found_changed_and_cancelled(written, alice, guest):
    meeting = planned("insoumis-087", title="Balade au bord de la Briance")
    index()
    assert found(guest, "briance", "initiative") == [("initiative", "Balade au bord de la Briance")]
    assert f'href="/i/{meeting.key}"' in guest.get("/recherche?q=briance").text
    moved = planned("veilleuses", title="Ronde au bord de la Briance")
    index()
    assert found(guest, "ronde", "initiative") == []
    assert found(alice, "ronde", "initiative") == [("initiative", moved.title)]


def test_texts_stand_below_the_groups_whatever_was_understood(written, guest):
    page = guest.get("/groupes?q=limoges").text
    assert page.index("#insoumis-087-03") < page.index("Nos rivières")


def test_what_is_written_is_found_within_two_seconds(written, alice, guest):
    alice.post("/g/insoumis-087/discussions/nouvelle", {"title": "Une belette", "body": "Elle court."})
    started = time.monotonic()
    index()
    assert found(guest, "belette") == [("discussion", "Une belette")]
    assert time.monotonic() - started < 2


def test_what_was_changed_or_removed_is_found_no_more(written, guest):
    opened = Discussion.get(Discussion.title == "Nos rivières")
    discussions.edit(world.member("Alice"), opened, "Nos étangs", "Les roseaux.")
    index()
    assert found(guest, "rivière") == []
    assert found(guest, "étang") == [("discussion", "Nos étangs")]
    Proposal.delete().execute()
    assert found(guest, "gants") == []


def test_a_group_that_turns_secret_takes_its_texts_along(written, guest, bob, alice):
    group = world.group("insoumis-087")
    group.visibility, group.joining = "secret", "invitation"
    group.save()
    assert (found(guest, "loutre"), found(bob, "loutre")) == ([], [])
    groups.edit(world.member("Alice"), group, groups.GroupSettings(group.name))
    index()
    assert (found(guest, "loutre"), len(found(alice, "loutre"))) == ([], 1)
    assert engines.engine().find(_query("loutre"), frozenset()) == []


@pytest.mark.parametrize("address", ["/groupes", "/groupes.json", "/recherche", "/recherche.json"])
def test_strangers_never_meet_the_words_of_a_secret_group(whispered, guest, bob, charlie, address):
    for visitor in (guest, bob, charlie):
        for typed in (SECRET, SECRET[:6], f"{SECRET}s", f"le {SECRET} du soir", "veilleuses", "passe", "affamé"):
            answer = visitor.get(address, query_string={"q": typed}).text
            assert SECRET in typed or SECRET not in answer.lower()
            assert "veilleuses" in typed or "veilleuses" not in answer.lower()
            assert _shape(answer) == _shape(visitor.get(address, query_string={"q": "quetzalcoatlus"}).text)


def test_its_members_find_all_of_it(whispered, alice):
    kinds = {kind for kind, _ in found(alice, SECRET)}
    assert kinds == {"groupe", "discussion", "proposition", "tag"}


def test_a_closed_group_is_listed_but_what_is_said_there_is_not(site, guest, alice):
    group = groups.create(
        world.member("Alice"), groups.GroupSettings("Clairière", visibility="ferme", joining="demande"), "clairiere"
    )
    discussions.open(world.member("Alice"), group, "Le muscardin", "Il dort.")
    index()
    assert found(guest, "clairière") == [("groupe", "#clairiere")]
    assert found(guest, "muscardin") == []
    assert found(alice, "muscardin") == [("discussion", "Le muscardin")]


def test_without_an_index_titles_are_searched_with_the_same_rights(whispered, written, guest, alice, lose_index):
    lose_index()
    assert found(guest, "rivières") == [("discussion", "Nos rivières")]
    assert found(guest, SECRET) == []
    assert ("discussion", f"Le {SECRET} du soir") in found(alice, SECRET)


def test_a_synonym_finds_what_bears_the_other_word(written, guest):
    flotte = tags.ensure("flotte")
    Tag.update(canonical=Tag.get(Tag.key == "eau")).where(Tag.id == flotte.id).execute()
    assert ("discussion", "Nos rivières") in found(guest, "flotte")


def test_droite_never_finds_droit(site, guest):
    discussions.open(world.member("Alice"), world.group("insoumis"), "Le droit au logement", "Un toit.")
    index()
    assert found(guest, "droite") == []
    assert len(found(guest, "droit")) == 1


def test_a_killed_indexer_does_its_lines_again_and_harms_nothing(written, guest, monkeypatch):
    discussions.open(world.member("Alice"), world.group("insoumis"), "La fouine", "Elle grimpe.")
    with monkeypatch.context() as killed:
        killed.setattr("forum.search.actions.journal.done", lambda *_: None)
        assert index_changes() == 1
    assert index_changes() == 1
    assert index_changes() == 0
    assert found(guest, "fouine") == [("discussion", "La fouine")]


def test_one_indexer_at_a_time(written):
    discussions.open(world.member("Alice"), world.group("insoumis"), "La fouine", "Elle grimpe.")
    with engines.engine().begin():
        assert index_changes() == 0
    assert index_changes() == 1


def test_reindexing_finds_all_again_from_the_command_line(written, guest):
    result = written.app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert "groupes: 4" in result.output
    assert "textes: 2" in result.output
    assert found(guest, "loutre") == [("discussion", "Nos rivières")]


def test_the_index_is_built_anew_once_a_day_when_anything_changed(written, monkeypatch):
    reindex()
    before = [engines.engine().generation(shelf) for shelf in ("groupes", "textes")]
    index_changes()
    assert [engines.engine().generation(shelf) for shelf in ("groupes", "textes")] == before
    Proposal.delete().execute()
    monkeypatch.setattr("forum.search.actions.NIGHT", -1)
    index_changes()
    assert engines.engine().generation("groupes") == before[0]
    assert engines.engine().generation("textes") != before[1]


def test_every_document_is_read_once_by_falling_weight(written, monkeypatch):
    monkeypatch.setattr("forum.search.queries.documents.CHUNK", 1)
    for shelf in ("groupes", "textes"):
        listed = list(every_document(shelf))
        assert len({document.ref for document in listed}) == len(listed) > 1
        weights = [document.weight for document in listed]
        assert weights == sorted(weights, reverse=True)


def test_the_index_is_no_part_of_the_schema_nor_of_a_backup(written, guest, tmp_path):
    backup.backup(tmp_path / "backup.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "backup.db")) as saved:
        tables = {name for (name,) in saved.execute("select name from sqlite_master")}
    assert "discussion" in tables
    assert not [name for name in tables if name.startswith("search")]
    assert not [model for model in Base.__subclasses__() if model._meta.table_name.startswith("search")]
    database.connect(reuse_if_open=True)
    restore.restore(tmp_path / "backup.db", force=True)
    reindex()
    assert found(guest, "loutre") == [("discussion", "Nos rivières")]


def propose(member, group, title, body):
    closing = (now() + timedelta(days=3)).isoformat()
    proposals.propose(member, group, proposals.Draft(title, body, closes_at=closing))


def index():
    while index_changes():
        pass


def found(visitor, typed, kind=""):
    results = visitor.get("/recherche.json", query_string={"q": typed, "type": kind}).json["results"]
    return [(result["type"], result["title"]) for result in results]


def _query(term):
    from forum.search.engines.protocol import Query, Word

    return Query((Word((term,)),))


def _shape(answer):
    """What an answer shows but for the words typed: the number of its elements."""
    return answer.count("<li"), answer.count("<h2"), answer.count('"type"'), answer.count('"handle"')


@pytest.mark.parametrize(("typed", "handle"), [("palestine", "insoumis-099-08"), ("vienne", "insoumis-086")])
def test_what_is_a_place_and_a_theme_shows_both(site, guest, typed, handle):
    alice, nation = world.member("Alice"), world.group("insoumis")
    groups.create(alice, groups.GroupSettings("Sur place"), handle, place=handle.removeprefix("insoumis-"))
    discussions.open(alice, nation, f"Parlons de {typed}", "Un texte.", [typed])
    index()
    kinds = list(dict.fromkeys(kind for kind, _ in found(guest, typed)))
    assert kinds == ["groupe", "discussion", "tag"]
    for number in range(5):
        discussions.open(alice, nation, f"Encore {typed} {number}", "Un texte.", [typed])
    index()
    assert list(dict.fromkeys(kind for kind, _ in found(guest, typed))) == ["discussion", "groupe", "tag"]
    page = guest.get(f"/recherche?q={typed}").text
    assert page.index("Discussions</h2>") < page.index("Groupes</h2>")


def test_a_place_that_is_no_theme_shows_its_groups_first(site, guest):
    alice = world.member("Alice")
    for number in range(6):
        discussions.open(alice, world.group("insoumis"), f"Limoges {number}", "Un texte.")
    index()
    assert found(guest, "limoges")[0][0] == "groupe"
