"""Hidden words are nowhere, at once; put back, they are exactly what they were."""

import pytest

from forum.database.clock import now
from forum.database.connection import database
from forum.database.select import tuples
from forum.database.tables import Base
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion, DiscussionTag
from forum.groups.models import Group, Merge
from forum.initiatives.models import Initiative
from forum.moderation.models import Case, Hidden
from forum.proposals.models import Ballot, BallotChange, Option, Proposal, ProposalTag
from forum.proposals.queries import due_ids
from forum.search.actions import index_changes, reindex
from tests.conftest import visited
from tests.moderation.conftest import WORD, decide, hide, last_case, last_decision, report
from tests.world import group, member

SEARCHES = (f"/recherche?q={WORD}", f"/recherche.json?q={WORD}", f"/recherche?q={WORD}&type=discussion")


@pytest.fixture
def site(built, tmp_path):
    """Each database with the engine that goes with it."""
    more = {"SEARCH_URL": "postgresql:"} if built.kind == "postgresql" else {}
    with visited(built, tmp_path, **more) as site:
        yield site


def rows() -> dict:
    """What the tables of texts hold, to the last column, but for what counts their changes."""
    models = (Discussion, Comment, Proposal, Ballot, Option, DiscussionTag, ProposalTag, Initiative, BallotChange)
    left_out = {"revision", "sequence", "id"}
    found = {}
    for model in models:
        names = [name for name in model._meta.fields if name not in left_out]
        found[model.__name__] = sorted(map(str, tuples(model.select(*(getattr(model, name) for name in names)))))
    return found


def everywhere(visitor, pages) -> list[str]:
    """The pages where the hidden word still stands."""
    asked = [(path, htmx) for path in (*pages, *SEARCHES) for htmx in (False, True)]
    return [path for path, htmx in asked if WORD in visitor.get(path, htmx=htmx).text.replace(f"q={WORD}", "")]


def test_hidden_words_are_nowhere_and_come_back_as_they_were(site, written):
    reindex()
    index_changes()
    guest, bob, ronce = site.visitor(), site.visitor("Bob"), site.visitor("Ronce")
    before, shown = rows(), everywhere(guest, written.pages)
    assert {f"/d/{written.talk.key}", f"/c/{written.said.key}/versions", "/g/insoumis-087.atom", *SEARCHES} <= set(
        shown
    )
    assert WORD in bob.get("/moi/notifications").text
    decisions = [hide(site, path) for path in written.texts]
    while index_changes():
        pass
    for who in ("Bob", "Alice", "Silex"):
        assert WORD not in site.visitor(who).get("/moi/notifications").text
    for visitor in (guest, bob, site.visitor("Charlie"), ronce):
        found = [path for path in everywhere(visitor, written.pages) if path not in SEARCHES]
        assert found == []
    for path in SEARCHES:
        assert written.talk.key not in guest.get(path).text
        assert written.asked.key not in guest.get(path).text
    page = guest.get(f"/d/{written.talk.key}").text
    assert page.count("Texte masqué") >= 3
    assert "attaque contre une personne" in page
    assert Hidden.select().count() == 5
    for decision in decisions:
        answer = site.visitor("Silex").post(
            f"/moderation/decisions/{decision.key}/levee", {"why": "Relu au calme, à deux."}
        )
        assert answer.status_code == 303
    assert rows() == before
    assert not Hidden.select().exists()
    while index_changes():
        pass
    assert set(everywhere(guest, written.pages)) == set(shown)


def test_the_title_is_gone_from_the_address_too(site, guest, written):
    old = written.talk.address
    hide(site, written.discussion)
    answer = guest.get(old)
    assert (answer.status_code, answer.location) == (301, f"/d/{written.talk.key}-texte-masque")


def test_its_author_and_who_decides_still_read_it_the_others_only_why(site, guest, bob, alice, written):
    decision = hide(site, written.comment)
    path = f"/moderation/decisions/{decision.key}"
    assert f'href="{path}"' in guest.get(f"/d/{written.talk.key}").text
    for visitor in (site.visitor("Ronce"), alice, site.visitor("Modeste")):
        assert f"Toujours du {WORD}" in visitor.get(path).text
    for visitor in (guest, bob, site.visitor("Charlie")):
        page = visitor.get(path).text
        assert WORD not in page
        assert "Ronce" not in page
        assert "attaque contre une personne" in page
    assert WORD in site.visitor("Ronce").get("/moi/donnees").text
    for name in ("Bob", "Alice"):
        assert "Toujours du" not in site.visitor(name).get("/moi/donnees").text


def test_in_a_group_that_is_not_open_strangers_read_nothing_of_a_decision(site, guest, charlie, bob, written):
    decision = hide(site, written.comment)
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    path = f"/moderation/decisions/{decision.key}"
    for visitor in (guest, charlie, site.visitor("Modeste")):
        assert visitor.get(path).status_code == 404
    assert bob.get(path).status_code == 200


def test_the_author_edits_nothing_that_is_hidden(site, written):
    for path in written.texts:
        hide(site, path)
    ronce = site.visitor("Ronce")
    for path in (
        f"/d/{written.talk.key}/modifier",
        f"/c/{written.said.key}/modifier",
        f"/p/{written.asked.key}/modifier",
    ):
        for answer in (ronce.get(path), ronce.post(path, {"title": "Un autre titre", "body": f"Du {WORD} à nouveau."})):
            assert answer.status_code == 403
            assert "masqué" in answer.text
    assert ronce.post(f"/p/{written.asked.key}/vote", {"choice": "2"}).status_code == 403


def test_hidden_reasons_stay_hidden_when_the_vote_changes(site, guest, written):
    hide(site, written.reason)
    ronce = site.visitor("Ronce")
    assert "Vive le" not in ronce.get(f"/p/{written.asked.key}").text
    assert ronce.post(f"/p/{written.asked.key}/vote", {"choice": "2", "reason": f"Du {WORD}."}).status_code == 303
    assert f"Du {WORD}." not in guest.get(f"/p/{written.asked.key}").text
    assert Option.get(Option.name == "2").count == 1


def test_a_vote_that_ends_while_it_is_hidden_tells_its_outcome_once_it_is_back(site, guest, alice, written):
    decision = hide(site, written.proposal)
    path = f"/p/{written.asked.key}"
    Proposal.update(closes_at=now()).execute()
    assert f"{WORD} rouge" not in guest.get(path).text
    assert Proposal.get().outcome is None
    assert due_ids() == []
    alice.post(f"/moderation/decisions/{decision.key}/levee", {"why": "Relu au calme, à deux."})
    assert f"{WORD} rouge" in guest.get(path).text
    assert f"{WORD} rouge" in Proposal.get().outcome
    assert f"{WORD} rouge" in guest.get(f"{path}.csv").text


def test_the_record_of_a_vote_is_hidden_with_it(site, guest, alice, written):
    path, ronce = f"/p/{written.asked.key}", site.visitor("Ronce")
    Proposal.update(closes_at=now()).execute()
    assert f"{WORD} rouge" in guest.get(path).text
    ronce.post(f"{path}/suite", {"body": f"On achète du {WORD}.", "review_on": ""})
    assert WORD in guest.get(f"{path}/suite").text
    hide(site, written.proposal)
    for visitor in (guest, alice, ronce):
        for page in ("", ".json", ".csv", "/imprimer", "/voix", "/voix.csv", "/suite", "/resultat"):
            assert f"{WORD} rouge" not in visitor.get(path + page).text, page
            assert "On achète" not in visitor.get(path + page).text, page
    for act, fields in {"annulation": {"reason": "Trop tard."}, "reouverture": {}, "suite": {"body": "Rien."}}.items():
        assert ronce.post(f"{path}/{act}", fields).status_code == 403


def test_a_hidden_group_exists_for_its_members_alone(site, guest, charlie, written):
    report(charlie, "/signaler/groupe/insoumis-087", rule="law")
    assert decide(site.visitor("Modeste"), rule="law").status_code == 303
    for path in (
        "/g/insoumis-087",
        "/g/insoumis-087.atom",
        f"/d/{written.talk.key}",
        f"/p/{written.asked.key}/resultat",
    ):
        assert guest.get(path).status_code == charlie.get(path).status_code == 404
    assert "insoumis-087" not in guest.get("/groupes").text
    bob = site.visitor("Bob")
    assert bob.get(f"/d/{written.talk.key}").status_code == 200
    answer = bob.post(f"/d/{written.talk.key}/commentaires", {"body": "Et alors ?"})
    assert answer.status_code == 403
    assert "masqué" in answer.text


def test_a_hidden_pseudonym_still_opens_the_door(site, bob, guest, written):
    report(bob, "/signaler/pseudonyme/Ronce")
    assert decide(site.visitor("Modeste")).status_code == 303
    page = guest.get(f"/d/{written.talk.key}").text
    assert "Ronce" not in page
    assert "Pseudonyme-masqué-" in page
    assert guest.post("/connexion", {"username": "Ronce", "password": "une phrase courte"}).status_code == 303
    site.visitor("Modeste").post(
        f"/moderation/decisions/{last_decision().key}/levee", {"why": "Relu au calme, à deux."}
    )
    assert "Ronce" in site.visitor().get(f"/d/{written.talk.key}").text


def test_a_text_edited_meanwhile_is_to_be_read_again(alice, bob, written):
    report(bob, written.comment)
    page = alice.get(f"/moderation/{last_case().key}").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    discussions.edit_comment(member("Ronce"), written.said, "Des mots tout doux.")
    answer = decide(alice, seen=seen)
    assert answer.status_code == 422
    assert "vient d’être modifié" in answer.text
    assert "Le ton ne laisse" in answer.text
    assert Case.get().decided_at is None


def test_a_text_gone_meanwhile_cannot_be_hidden_but_the_person_can_be_told(alice, bob, written):
    report(bob, written.comment)
    Comment.delete().where(Comment.id == written.said.id).execute()
    answer = decide(alice)
    assert answer.status_code == 422
    assert "retiré entre-temps" in answer.text
    assert decide(alice, text="keep", measure="warn").status_code == 303


def test_hidden_words_stand_in_one_table_only(site, written):
    """Whatever reads another table cannot give them away."""
    hide(site, written.comment)
    holding = set()
    for model in Base.__subclasses__():
        rows = database.execute_sql(f'select * from "{model._meta.table_name}"').fetchall()
        if any("Toujours du" in str(value) for row in rows for value in row):
            holding.add(model.__name__)
    assert holding == {"Case", "Hidden"}
    assert group("insoumis-087")


def test_what_a_room_counted_is_hidden_with_the_vote_and_nothing_is_entered_meanwhile(site, guest, alice, written):
    path = f"/p/{written.asked.key}"
    room = {"room": "abc", "place": f"Salle du {WORD}", "present": "9", "count-1": "3", "note": f"Un {WORD} de plus."}
    assert alice.post(f"{path}/salle", room).status_code == 303
    decision = hide(site, written.proposal)
    for visitor in (guest, alice, site.visitor("Ronce")):
        assert not {path, f"{path}.json"} & set(everywhere(visitor, (path, f"{path}.json")))
    assert alice.post(f"{path}/salle", room | {"room": "def"}).status_code == 403
    alice.post(f"/moderation/decisions/{decision.key}/levee", {"why": "Relu au calme, à deux."})
    assert f"Salle du {WORD}" in guest.get(path).text


def test_a_hidden_group_is_not_shown_again_by_pouring_it_into_another(site, guest, alice, charlie, written):
    report(charlie, "/signaler/groupe/insoumis-087", rule="law")
    assert decide(site.visitor("Modeste"), rule="law").status_code == 303
    refused = alice.post("/g/insoumis-087/reunion", {"into": "insoumis"})
    assert refused.status_code == 403
    assert "masqué" in refused.text
    assert guest.get(f"/d/{written.talk.key}").status_code == 404


def test_nor_by_parting_what_was_poured_together(site, guest, alice, charlie, written):
    Proposal.update(closes_at=now()).execute()
    assert alice.post("/g/insoumis-087/reunion", {"into": "insoumis"}).status_code == 303
    report(charlie, "/signaler/groupe/insoumis", rule="law")
    assert decide(site.visitor("Modeste"), rule="law").status_code == 303
    assert alice.post(f"/g/insoumis/separation/{Merge.get().id}").status_code == 403
    assert guest.get(f"/d/{written.talk.key}").status_code == 404
