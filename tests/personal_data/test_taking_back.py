"""Taking back one's own words: gone everywhere, with a stone where others answered."""

import pytest

from forum.discussions import actions
from forum.discussions.models import Comment, Discussion, DiscussionTag, Revision
from forum.groups import actions as groups
from forum.initiatives import actions as initiatives
from forum.initiatives.models import Initiative
from forum.moderation.models import Case
from forum.notifications.models import Notice
from forum.tasks.journal import JournalLine
from tests.initiatives import planned
from tests.world import group, member


@pytest.fixture
def discussion(site):
    return actions.open(member("Alice"), group("insoumis-087"), "Trains du matin", "Que demander, et #quand ?")


def say(discussion, body, parent=""):
    return actions.comment(member("Alice"), discussion, body, parent)


def test_a_comment_that_nobody_answered_leaves_nothing(alice, guest, discussion):
    said = say(discussion, "Un mot de trop.")
    actions.edit_comment(member("Alice"), said, "Un autre mot.")
    page = alice.get(f"/d/{discussion.key}").text
    assert f'href="/c/{said.key}/suppression"' in page
    assert "Un autre mot." in alice.get(f"/c/{said.key}/suppression").text
    answer = alice.post(f"/c/{said.key}/suppression")
    assert (answer.status_code, answer.location) == (303, f"/d/{discussion.key}?page=1#comments")
    assert (Comment.select().count(), Revision.select().count(), Discussion.get().comments_count) == (0, 0, 0)
    assert "mot" not in guest.get(f"/d/{discussion.key}.json").get_json()["comments"]
    assert JournalLine.select().where(JournalLine.verb == "comment.deleted").count() == 1


def test_a_comment_that_was_answered_leaves_a_stone(alice, guest, discussion):
    said = say(discussion, "Un mot de trop.")
    actions.edit_comment(member("Alice"), said, "Un autre mot.")
    say(discussion, "Je réponds.", said.key)
    alice.post(f"/c/{said.key}/suppression")
    for page in (guest.get(f"/d/{discussion.key}").text, guest.get(f"/d/{discussion.key}.json").get_data(as_text=True)):
        assert "mot" not in page.replace("mot de passe", "").replace("Mot de passe", "").replace("Mots", "")
        assert "Je r" in page
    assert "Supprimé par la personne" in guest.get(f"/d/{discussion.key}").text
    assert Revision.select().count() == 0
    page = alice.get(f"/d/{discussion.key}").text
    assert f"/c/{said.key}/modifier" not in page
    assert f"/c/{said.key}/suppression" not in page


def test_a_discussion_that_was_answered_keeps_its_address_and_loses_its_title(alice, bob, guest, discussion):
    say(discussion, "Je réponds.")
    Notice.create(
        account=bob.account,
        line=1,
        group=discussion.group,
        sentence="Alice a écrit dans «\u202fTrains du matin\u202f»",
        address=discussion.address,
    )
    answer = alice.post(f"/d/{discussion.key}/suppression")
    assert (answer.status_code, answer.location) == (303, f"/d/{discussion.key}")
    page = guest.get(answer.location, follow_redirects=True).text
    assert "Discussion supprimée" in page
    assert "Je réponds." in page
    for word in ("Trains", "trains", "demander", "#quand"):
        assert word not in page
    assert DiscussionTag.select().count() == 0
    told = Notice.get()
    assert "Trains" not in told.sentence
    assert told.address == f"/d/{discussion.key}"


def test_a_discussion_that_nobody_answered_is_no_more(alice, guest, discussion):
    answer = alice.post(f"/d/{discussion.key}/suppression")
    assert answer.location == "/g/insoumis-087"
    assert guest.get(f"/d/{discussion.key}").status_code == 404
    assert Discussion.select().count() == 0


def test_nobody_else_takes_them_back(bob, guest, discussion):
    said = say(discussion, "Un mot.")
    for path in (f"/d/{discussion.key}/suppression", f"/c/{said.key}/suppression"):
        for visitor in (bob, guest):
            assert visitor.post(path).status_code == 403
            assert path not in visitor.get(f"/d/{discussion.key}").text
    assert Comment.select().count() == 1


def test_one_takes_back_what_one_wrote_in_a_discussion_that_is_closed(alice, discussion):
    said = say(discussion, "Un mot.")
    actions.close(member("Alice"), discussion)
    assert alice.post(f"/c/{said.key}/suppression").status_code == 303
    assert Comment.select().count() == 0


def test_what_was_reported_stays_for_those_who_decide(alice, bob, discussion):
    say(discussion, "Je réponds.")
    bob.post(f"/signaler/discussion/{discussion.key}", {"rule": "law", "note": "Voyez."})
    alice.post(f"/d/{discussion.key}/suppression")
    assert "Que demander" in Case.get().body_html
    assert Case.get().title == "Trains du matin"


def test_nobody_reports_their_own_words_nor_those_that_are_gone(alice, bob, discussion):
    assert "/signaler/discussion" not in alice.get(f"/d/{discussion.key}").text
    assert "/signaler/discussion" in bob.get(f"/d/{discussion.key}").text
    say(discussion, "Je réponds.")
    alice.post(f"/d/{discussion.key}/suppression")
    assert "/signaler/discussion" not in bob.get(f"/d/{discussion.key}").text


def test_an_initiative_to_which_nobody_else_comes_is_no_more(alice, guest):
    meeting = planned()
    assert f"/i/{meeting.key}/suppression" in alice.get(f"/i/{meeting.key}").text
    assert alice.post(f"/i/{meeting.key}/suppression").location == "/g/insoumis-087/initiatives"
    assert guest.get(f"/i/{meeting.key}").status_code == 404
    assert Initiative.select().count() == 0


def test_those_who_come_to_an_initiative_are_told_before_its_words_go(alice, bob, guest):
    meeting = planned()
    groups.join(bob.account, group("insoumis-087"))
    initiatives.take_part(bob.account, meeting)
    assert alice.post(f"/i/{meeting.key}/suppression").status_code == 403
    initiatives.cancel(member("Alice"), meeting, "Il pleut.")
    assert alice.post(f"/i/{meeting.key}/suppression").status_code == 303
    page = guest.get(f"/i/{meeting.key}").text
    assert "Initiative supprimée" in page
    for words in (meeting.title, meeting.place or meeting.title, "Il pleut."):
        assert words not in page
    assert meeting.title not in guest.get("/g/insoumis-087/initiatives").text
