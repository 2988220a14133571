"""Where animators read first: a discussion that waits, is published, or declined with a word."""

import pytest

from forum.discussions.models import Discussion
from forum.groups import actions as groups
from forum.groups.models import Group, Membership
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.search.queries import count_documents, every_document
from tests.world import group, member, seen_on

BODY = "Une source à protéger, dit-on. #sourcevive"


@pytest.fixture
def site(site):
    """Bob and Charlie are members, Alice and Modeste animate, and what Bob opens waits."""
    Group.update(approve_discussions=True).where(Group.handle == "insoumis-087").execute()
    for name in ("Bob", "Charlie", "Modeste"):
        groups.join(member(name), group("insoumis-087"))
    Membership.update(role="animator").where(Membership.member == member("Modeste")).execute()
    return site


def opened(visitor, title: str = "La source vive") -> Discussion:
    answer = visitor.post("/g/insoumis-087/discussions/nouvelle", {"title": title, "body": BODY})
    assert answer.status_code == 303
    return Discussion.get(Discussion.title == title)


def told(name: str) -> list[str]:
    while delivery.run_once():
        pass
    return [row.sentence for row in Notice.select().where(Notice.account == member(name)).order_by(Notice.id)]


def everywhere() -> list[str]:
    """Every address where a discussion can be met."""
    return [
        "/",
        "/g/insoumis-087",
        "/g/insoumis-087.json",
        "/g/insoumis-087.atom",
        "/recherche?q=source",
        "/recherche.json?q=source",
        "/recherche?q=source&type=discussion",
        "/recherche?q=sourcevive&type=tag",
        "/groupes?q=source",
        "/t/sourcevive",
        "/t/sourcevive.json",
        "/t/sourcevive.atom",
    ]


def test_what_waits_is_read_by_its_author_and_the_animators_alone(site, alice, bob, charlie, guest):
    before = group("insoumis-087").last_activity_at
    talk = opened(bob)
    for visitor in (charlie, guest):
        for path in (f"/d/{talk.key}", f"/d/{talk.key}.json", f"/d/{talk.key}/versions"):
            assert visitor.get(path).status_code == 404, path
        for path in everywhere():
            answer = visitor.get(path)
            assert "La source vive" not in answer.text, path
            assert talk.key not in answer.text, path
        assert visitor.get("/t/sourcevive.json").status_code == 404
    for visitor in (alice, bob):
        assert "La source vive" in visitor.get(f"/d/{talk.key}").text
        assert "La source vive" in visitor.get("/g/insoumis-087").text
    assert "source" not in str(told("Charlie"))
    assert "attend votre accord" in told("Alice")[-1]
    assert group("insoumis-087").last_activity_at == before


def test_the_index_holds_only_what_is_published(bob):
    opened(bob)
    assert list(every_document("textes")) == []
    assert count_documents("textes") == 0


def test_nobody_answers_nor_votes_before_it_is_published(site, alice, bob):
    talk = opened(bob)
    for visitor in (alice, bob):
        assert visitor.post(f"/d/{talk.key}/commentaires", {"body": "Déjà"}).status_code == 403
        assert visitor.get(f"/d/{talk.key}/propositions/nouvelle").status_code == 403
        fields = {"title": "Protéger la source", "method": "consent"}
        assert visitor.post(f"/d/{talk.key}/propositions/nouvelle", fields).status_code == 403


def test_once_approved_it_is_a_discussion_like_any_other(site, alice, bob, charlie, guest):
    talk = opened(bob)
    assert alice.post(f"/d/{talk.key}/accord", {"choice": "approve", "word": "Merci !"}).status_code == 303
    assert "La source vive" in guest.get("/g/insoumis-087").text
    assert "La source vive" in guest.get("/g/insoumis-087.atom").text
    assert [document.title for document in every_document("textes")] == ["La source vive"]
    assert "est publiée. Merci !" in told("Bob")[-1]
    assert charlie.post(f"/d/{talk.key}/commentaires", {"body": "Voilà"}).status_code == 303


def test_once_declined_its_author_reads_why_mends_it_and_it_waits_again(site, alice, bob, charlie):
    talk = opened(bob)
    alice.post(f"/d/{talk.key}/accord", {"choice": "decline", "word": "Dites quelle source."})
    assert "n’est pas publiée. Dites quelle source." in told("Bob")[-1]
    assert "Dites quelle source." in bob.get(f"/d/{talk.key}").text
    assert "Non publiée" in bob.get("/g/insoumis-087").text
    assert "La source vive" not in alice.get("/g/insoumis-087").text
    assert charlie.get(f"/d/{talk.key}").status_code == 404
    bob.post(f"/d/{talk.key}/modifier", {"title": "La source vive", "body": BODY + " Celle du pré."})
    assert "À relire" in alice.get("/g/insoumis-087").text
    assert told("Alice")[-1] == told("Alice")[-2]


def test_the_second_animator_finds_it_decided(site, alice, bob):
    talk, modeste = opened(bob), site.visitor("Modeste")
    alice.post(f"/d/{talk.key}/accord", {"choice": "approve"})
    answer = modeste.post(f"/d/{talk.key}/accord", {"choice": "decline"})
    assert answer.location.endswith("?deja=1")
    assert "déjà été prise" in modeste.get(answer.location).text
    assert Discussion.get_by_id(talk.id).state == "published"
    assert len([line for line in told("Bob") if "publiée" in line]) == 1


def test_nobody_else_decides(site, bob, charlie, guest):
    talk = opened(bob)
    assert bob.post(f"/d/{talk.key}/accord", {"choice": "approve"}).status_code == 403
    for visitor in (charlie, guest):
        assert visitor.post(f"/d/{talk.key}/accord", {"choice": "approve"}).status_code == 404
    assert Discussion.get_by_id(talk.id).state == "waiting"


def test_what_cannot_be_used_is_said(site, alice, bob):
    talk = opened(bob)
    assert alice.post(f"/d/{talk.key}/accord", {"choice": "peut-être"}).status_code == 422
    answer = alice.post(f"/d/{talk.key}/accord", {"choice": "decline", "word": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.text


def test_animators_do_not_wait(alice, guest):
    opened(alice, "La fontaine")
    assert "La fontaine" in guest.get("/g/insoumis-087").text


def test_what_its_author_changed_meanwhile_is_not_published_unread(bob, alice):
    discussion = opened(bob)
    page = alice.get(f"/d/{discussion.key}")
    answer = bob.post(f"/d/{discussion.key}/modifier", {"title": "La source vive", "body": "Tout autre chose."})
    assert answer.status_code == 303
    choice = {"choice": "approve", "word": "Merci.", "seen": seen_on(page)}
    refused = alice.post(f"/d/{discussion.key}/accord", choice)
    assert refused.status_code == 409
    assert "a changé ceci pendant que vous écriviez" in refused.text
    assert Discussion.get_by_id(discussion.id).state == "waiting"
    fresh = {**choice, "seen": seen_on(alice.get(f"/d/{discussion.key}"))}
    assert alice.post(f"/d/{discussion.key}/accord", fresh).status_code == 303
    assert Discussion.get_by_id(discussion.id).state == "published"
