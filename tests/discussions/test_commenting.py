"""Answering: members of the group, once, at its place."""

import re
import threading
from datetime import timedelta

import pytest

from forum.database.clock import now
from forum.database.connection import database
from forum.discussions import actions
from forum.discussions.models import Comment, Discussion
from forum.groups.models import Group
from forum.tasks.journal import JournalLine
from tests import world


@pytest.fixture
def discussion(site):
    return actions.open(world.member("Alice"), world.group("insoumis-087"), "Trains du matin", "Que demander ?")


@pytest.fixture
def path(discussion):
    return f"/d/{discussion.key}/commentaires"


def say(discussion, body="Une réponse.", parent=""):
    return actions.comment(world.member("Alice"), discussion, body, parent)


def test_a_member_answers_and_is_led_to_the_answer(alice, path, discussion):
    answer = alice.post(path, {"body": "Un train **de plus** !"})
    said = Comment.get()
    assert (answer.status_code, answer.location) == (303, f"/d/{discussion.key}#c-{said.key}")
    page = alice.get(f"/d/{discussion.key}").text
    assert f'id="c-{said.key}"' in page
    assert "Un train <strong>de plus</strong>\u202f!" in page
    assert "Une réponse</h2>" in page
    line = JournalLine.select().where(JournalLine.verb == "comment.posted").get()
    assert (line.subject_kind, line.subject_id, line.actor_id) == ("comment", said.id, alice.account.id)


def test_counts_and_activity_move_with_the_answer(discussion):
    before = Discussion.get().last_activity_at
    say(discussion)
    say(discussion, "Une autre.")
    assert Discussion.get().comments_count == 2
    assert Discussion.get().last_activity_at > before


def test_htmx_gets_the_new_answer_at_its_place_and_a_cleared_form(alice, path, discussion):
    answer = alice.post(path, {"body": "Bien dit.", "page": "1"}, htmx=True)
    said = Comment.get()
    assert answer.status_code == 200
    assert "HX-Request" in answer.vary
    assert 'data-hx-swap-oob="beforeend:#comments"' in answer.text
    assert f'id="c-{said.key}"' in answer.text
    assert re.search(r'id="f-body"[^>]*>\s*</textarea>', answer.text)
    assert "Une réponse</h2>" in answer.text
    assert "<html" not in answer.text
    row = re.search(r'<div role="article".*?</p>\n</div>', answer.text, re.S)[0]
    assert row in alice.get(f"/d/{discussion.key}").text


def test_htmx_puts_an_answer_to_an_answer_in_its_thread(alice, path, discussion):
    first = say(discussion)
    answer = alice.post(path, {"body": "Oui.", "parent": first.key, "page": "1"}, htmx=True)
    assert f'data-hx-swap-oob="afterend:#c-{first.key}"' in answer.text
    second = Comment.select().order_by(Comment.id.desc()).get()
    answer = alice.post(path, {"body": "Moi aussi.", "parent": first.key, "page": "1"}, htmx=True)
    assert f'data-hx-swap-oob="afterend:#c-{second.key}"' in answer.text


def test_htmx_is_led_to_the_last_page_when_it_is_another(alice, path, discussion):
    for number in range(30):
        say(discussion, f"Message {number}.")
    answer = alice.post(path, {"body": "Le suivant.", "page": "1"}, htmx=True)
    last = Comment.select().order_by(Comment.id.desc()).get()
    assert answer.headers["HX-Redirect"] == f"/d/{discussion.key}?page=2#c-{last.key}"


def test_an_answer_to_an_answer_joins_the_thread(alice, path, discussion):
    first = say(discussion)
    second = say(discussion, "Deux.", parent=first.key)
    alice.post(path, {"body": "Trois.", "parent": second.key})
    third = Comment.select().order_by(Comment.id.desc()).get()
    assert third.parent_id == first.id


def test_answering_somebody_shows_whom_with_and_without_javascript(alice, discussion):
    first = say(discussion, "Il faut **deux** trains.")
    page = alice.get(f"/d/{discussion.key}?reponse={first.key}").text
    part = alice.get(f"/d/{discussion.key}?reponse={first.key}", htmx=True).text
    for text in (page, part):
        assert f'name="parent" value="{first.key}"' in text
        assert "Répondre à Alice" in text
    # With JavaScript the form stands under the message itself.
    assert "<blockquote>" in page
    assert "<blockquote>" not in part
    assert part.lstrip().startswith('<form id="answer"')


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stranger_cannot_answer(bob, path, htmx):
    answer = bob.post(path, {"body": "Bonjour."}, htmx=htmx)
    assert answer.status_code == 403
    assert "membre du groupe" in answer.text
    assert Comment.select().count() == 0


@pytest.mark.parametrize("htmx", [False, True])
def test_a_guest_cannot_answer(guest, path, htmx):
    assert guest.post(path, {"body": "Bonjour."}, htmx=htmx).status_code == 403
    assert Comment.select().count() == 0


def test_a_secret_discussion_takes_no_answer_from_others(bob, site):
    hidden = actions.open(world.member("Alice"), world.group("veilleuses"), "Entre nous", "Chut.")
    assert bob.post(f"/d/{hidden.key}/commentaires", {"body": "Bonjour."}).status_code == 404


def test_an_archived_group_is_read_only_and_says_so(alice, path, discussion):
    Group.update(archived_at=now()).execute()
    answer = alice.post(path, {"body": "Trop tard."})
    assert answer.status_code == 403
    assert "archivé" in answer.text
    page = alice.get(f"/d/{discussion.key}").text
    assert "archivé" in page
    assert "/commentaires" not in page


def test_without_its_token_a_form_does_nothing(alice, path):
    assert alice.post(path, {"body": "Bonjour."}, token=False).status_code == 403
    assert Comment.select().count() == 0


@pytest.mark.parametrize("once", [{}, {"once": "abcd2345"}])
def test_pressing_twice_makes_one_comment(alice, path, once):
    first = alice.post(path, {"body": "Une fois.\r\nSuffit.", **once})
    assert alice.post(path, {"body": "Une fois.\r\nSuffit.", **once}).location == first.location
    assert Comment.select().count() == 1
    assert Discussion.get().comments_count == 1


def test_the_same_form_is_one_comment_however_late(alice, path):
    alice.post(path, {"body": "Encore.", "once": "abcd2345"})
    later(120)
    alice.post(path, {"body": "Encore.", "once": "abcd2345"})
    assert Comment.select().count() == 1


def test_the_same_words_a_minute_later_are_another_comment(alice, path):
    alice.post(path, {"body": "Merci !"})
    later(61)
    alice.post(path, {"body": "Merci !"})
    assert Comment.select().count() == 2


def test_the_same_words_to_two_people_are_two_comments(alice, path, discussion):
    first, second = say(discussion, "Un."), say(discussion, "Deux.")
    for parent in (first, second):
        alice.post(path, {"body": "Merci !", "parent": parent.key})
    assert Comment.select().where(Comment.body == "Merci !").count() == 2


def test_an_old_form_brought_back_with_other_words_says_them(alice, path):
    for body in ("Un.", "Deux."):
        assert alice.post(path, {"body": body, "once": "abcd2345"}).status_code == 303
    assert [row.body for row in Comment.select().order_by(Comment.id)] == ["Un.", "Deux."]


def test_a_form_open_in_two_tabs_says_each_word_once_however_late(alice, path):
    for _ in range(2):
        for body in ("Un.", "Deux."):
            assert alice.post(path, {"body": body, "once": "abcd2345"}).status_code == 303
        later(120)
    assert [row.body for row in Comment.select().order_by(Comment.id)] == ["Un.", "Deux."]


def test_a_comment_changed_since_is_not_said_again_by_its_form(alice, path):
    alice.post(path, {"body": "Un.", "once": "abcd2345"})
    actions.edit_comment(world.member("Alice"), Comment.get(), "Un, relu.")
    later(120)
    assert alice.post(path, {"body": "Un.", "once": "abcd2345"}).status_code == 303
    assert [row.body for row in Comment.select()] == ["Un, relu."]


def test_pressing_twice_at_the_same_instant_makes_one_comment(site, discussion):
    def press():
        with database.connection_context():
            actions.comment(world.member("Alice"), Discussion.get_by_id(discussion.id), "Ensemble.", once="abcd2345")

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert Comment.select().count() == 1
    assert Discussion.get().comments_count == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Écrivez quelque chose ici."),
        (" \r\n ", "Écrivez quelque chose ici."),
        ("x" * 100_000, "100\u202f000 signes, pour 20\u202f000 au plus"),
        ("avant\x00après", "illisible"),
        ("avant\u202eaprès", "sens de lecture"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_cannot_be_said_is_told_and_kept(alice, path, body, sentence, htmx):
    answer = alice.post(path, {"body": body}, htmx=htmx)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert body.replace("\r\n", "\n").strip() in answer.text.replace("\r\n", "\n")
    assert answer.text.count('id="answer"') == 1
    assert Comment.select().count() == 0


def test_a_lone_surrogate_is_shown_as_unreadable_rather_than_breaking_the_page(alice, path):
    token = alice.token()
    answer = alice.browser.post(
        path,
        data=f"body=avant%ED%A0%80apr%C3%A8s&csrf_token={token}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 422)
    assert alice.get(path.removesuffix("/commentaires")).status_code == 200


@pytest.mark.parametrize("parent", ["aaaaaaaa", "x" * 200, "'; --", "\x00"])
def test_an_absent_parent_is_told_and_the_words_kept(alice, path, parent):
    answer = alice.post(path, {"body": "Ma réponse gardée.", "parent": parent})
    assert answer.status_code == 422
    assert "n’est pas dans cette discussion" in answer.text
    assert "Ma réponse gardée." in answer.text


def test_a_parent_of_another_discussion_is_no_parent(alice, path, discussion):
    other = actions.open(world.member("Alice"), world.group("insoumis-087"), "Autre sujet", "Rien à voir.")
    answer = alice.post(path, {"body": "Mal placé.", "parent": say(other).key})
    assert answer.status_code == 422
    assert Comment.select().where(Comment.body == "Mal placé.").count() == 0


def later(seconds):
    """Make what was said older, instead of waiting."""
    Comment.update(created_at=Comment.created_at - timedelta(seconds=seconds)).execute()
