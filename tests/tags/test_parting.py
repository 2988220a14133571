"""A gardener parts what the spelling alone made one: on the record, everywhere at once, and it can be undone."""

import pytest

from forum.discussions import actions as discussions
from forum.discussions.models import DiscussionTag
from forum.groups import actions as groups
from forum.search.actions import index_changes
from forum.tags import actions, queries
from forum.tags.models import Synonym, Tag
from forum.tasks.journal import JournalLine
from tests import world

WHY = {"name": "Électrices", "reason": "Ici, les électrices sont un collectif."}


@pytest.fixture
def written(site):
    """One tag under two spellings, on a group, and on three discussions."""
    alice = world.member("Alice")
    groups.create(alice, groups.GroupSettings("Urnes", tags=("électeurs",)), "urnes")
    for title, tag in (("Nos urnes", "électeurs"), ("Nos voix", "électrices"), ("Nos listes", "électrice")):
        discussions.open(alice, world.group("insoumis-087"), title, "Un texte.", [tag])
    index_changes()
    return site


@pytest.fixture
def gardener(site):
    return site.visitor("Modeste")


def found(visitor, tag):
    """The titles under a tag by its page, and by the search."""
    rows = visitor.get(f"/recherche.json?tag={tag}&type=discussion").json["results"]
    page = visitor.get(f"/t/{tag}", follow_redirects=True).text
    titles = {"Nos urnes", "Nos voix", "Nos listes"}
    assert {title for title in titles if title in page} == {row["title"] for row in rows}
    return {row["title"] for row in rows}


def parted(gardener):
    answer = gardener.post("/t/électeur/separations", WHY)
    assert answer.status_code == 303
    index_changes()
    return Synonym.get(Synonym.state == "parted")


def test_one_word_becomes_two_each_with_what_was_typed_so(written, gardener, guest):
    assert found(guest, "électrices") == found(guest, "électeur") == {"Nos urnes", "Nos voix", "Nos listes"}
    parted(gardener)
    # Whoever writes its singular means the word that was parted only if the singular was parted, not the plural.
    assert found(guest, "électrices") == {"Nos voix"}
    assert found(guest, "électeurs") == found(guest, "électrice") == {"Nos urnes", "Nos listes"}
    assert guest.get("/t/ELECTRICES").location == "/t/%C3%A9lectrices"
    discussions.open(world.member("Alice"), world.group("insoumis-087"), "Nos voix", "Encore.", ["Électrices"])
    index_changes()
    assert len(guest.get("/recherche.json?tag=électrices&type=discussion").json["results"]) == 2


def test_what_takes_the_singular_takes_its_plural_along(written, gardener, guest):
    gardener.post("/t/électeur/separations", WHY | {"name": "électrice"})
    index_changes()
    assert found(guest, "électrices") == found(guest, "électrice") == {"Nos voix", "Nos listes"}
    assert found(guest, "électeur") == {"Nos urnes"}


def test_words_of_the_text_part_with_their_tags(site, gardener, guest):
    alice, group = world.member("Alice"), world.group("insoumis-087")
    for title in ("Nos urnes", "Une agricultrice parle", "Un agriculteur parle"):
        discussions.open(alice, group, title, "Un texte.", ["agriculteurs"] if "urnes" in title else [])
    index_changes()
    rows = guest.get("/recherche.json?q=agricultrice+parle").json["results"]
    assert len(rows) == 2
    gardener.post("/t/agriculteurs/separations", WHY | {"name": "agricultrice"})
    rows = guest.get("/recherche.json?q=agricultrice+parle").json["results"]
    assert [row["title"] for row in rows] == ["Une agricultrice parle"]


def test_it_stands_on_the_record_with_who_when_and_why(written, gardener, guest):
    synonym = parted(gardener)
    for path in ("/synonymes", f"/synonymes/{synonym.id}"):
        page = guest.get(path).text
        assert "électrices ≠ électeur" in page
        assert "séparés" in page
        assert "Modeste" in page
        assert "un collectif" in page
    assert "électrices,électeur,parted,Modeste" in guest.get("/synonymes.csv").text.replace("électeurs", "électeur")
    lines = [line.verb for line in JournalLine.select().where(JournalLine.verb.startswith("tag."))]
    assert {"tag.parted", "tag.synonym_parted"} <= set(lines)


def test_undone_everything_is_as_before(written, gardener, guest, bob):
    actions.follow(bob.account, queries.resolve("électeur"))
    before = guest.get("/t/électeurs.json", follow_redirects=True).json
    synonym = parted(gardener)
    after = guest.get("/t/électeurs.json", follow_redirects=True).json
    assert (before["taggings_count"], after["taggings_count"]) == (4, 3)
    for _ in range(2):
        assert gardener.post(f"/synonymes/{synonym.id}/reunir").status_code == 303
    # Nothing is indexed again: the tags are one from the next question on.
    assert found(guest, "électrices") == {"Nos urnes", "Nos voix", "Nos listes"}
    again = guest.get("/t/électrices.json", follow_redirects=True).json
    assert (again["taggings_count"], again["followers_count"]) == (before["taggings_count"], before["followers_count"])
    assert gardener.post("/t/électeur/separations", WHY).status_code == 303
    assert found(guest, "électrices") == {"Nos voix"}
    assert Synonym.select().where(Synonym.name == "électrices").count() == 1


def test_twice_parts_once(written, gardener):
    for _ in range(2):
        assert gardener.post("/t/électeur/separations", WHY).status_code == 303
    assert Tag.select().where(Tag.key.in_(["électeur", "électrices"])).count() == 2
    assert Synonym.select().where(Synonym.state == "parted").count() == 1


def test_members_may_propose_to_join_them_again(written, gardener, alice):
    parted(gardener)
    assert alice.post("/t/électeurs/synonymes", {"name": "électrices", "reason": "Un même mot."}).status_code == 303
    row = Synonym.select().order_by(Synonym.id.desc()).get()
    assert (row.state, row.name) == ("proposed", "électrices")
    assert found(alice, "électrices") == {"Nos voix"}


def test_only_gardeners_part_and_reunite(written, gardener, bob, guest):
    for visitor in (bob, guest):
        assert "Séparer une écriture" not in visitor.get("/t/électeurs").text
        assert visitor.post("/t/électeur/separations", WHY).status_code == 403
    assert "Séparer une écriture" in gardener.get("/t/électeurs").text
    assert gardener.post("/t/électeur/separations", WHY, token=False).status_code == 403
    synonym = parted(gardener)
    for visitor in (bob, guest):
        assert "réunir de nouveau" not in visitor.get(f"/synonymes/{synonym.id}").text
        assert visitor.post(f"/synonymes/{synonym.id}/reunir").status_code == 403
    assert "réunir de nouveau" in gardener.get(f"/synonymes/{synonym.id}").text


def test_what_cannot_be_parted_comes_back_with_what_was_typed(written, gardener):
    for given, sentence in (
        ({"name": "électeur", "reason": "x"}, "forme commune"),
        ({"name": "numérique", "reason": "Autre chose."}, "pas une écriture"),
        ({"name": "<i>", "reason": "x"}, "ne peut pas être un mot-clé"),
        ({"name": "électrices", "reason": ""}, "Dites en une phrase pourquoi"),
    ):
        answer = gardener.post("/t/électeurs/separations", given)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert given["reason"] in answer.text
    assert Synonym.select().where(Synonym.state == "parted").count() == 0


def test_the_word_the_site_was_born_from_says_one_thing_only(site, gardener, guest):
    gardener.post("/t/insoumis/separations", {"name": "insoumise", "reason": "Pour voir."})
    assert "insoumise ≠ insoumis" in guest.get("/synonymes").text
    assert "insoumise = insoumis" not in guest.get("/synonymes").text
    assert queries.resolve("insoumise").label == "insoumise"
    assert DiscussionTag.select().where(DiscussionTag.tag == queries.resolve("insoumise").id).count() == 0
