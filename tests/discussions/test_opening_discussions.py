"""Opening a discussion: any member of a living group, once, with its tags."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forum import limits
from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions.models import Discussion, DiscussionTag
from forum.groups.models import Group
from forum.tags.models import Tag
from forum.tasks.journal import JournalLine
from tests import world

NEW = "/g/insoumis-087/discussions/nouvelle"
FIELDS = {"title": "Covoiturage pour Bellac", "body": "Qui **vient** ?", "tags": "eau, transports"}


def test_a_member_opens_a_discussion(alice):
    answer = alice.post(NEW, FIELDS)
    assert answer.status_code == 303
    page = alice.get(answer.location)
    assert page.status_code == 200
    assert answer.location.endswith("-covoiturage-pour-bellac")
    for part in (
        "Covoiturage pour Bellac</h1>",
        "Qui <strong>vient</strong>\u202f?",
        "#eau",
        "#transports",
        "<b>Alice</b>",
    ):
        assert part in page.text
    line = JournalLine.select().where(JournalLine.verb == "discussion.opened").get()
    assert (line.actor_id, line.subject_id) == (alice.account.id, Discussion.get().id)


def test_the_form_needs_no_javascript_and_carries_its_token(alice):
    page = alice.get(NEW).text
    assert 'action="/g/insoumis-087/discussions/nouvelle"' in page
    assert 'name="csrf_token"' in page
    assert alice.post(NEW, FIELDS, token=False).status_code == 403
    assert Discussion.select().count() == 0


def test_a_stranger_is_told_to_join_first(bob):
    for answer in (bob.get(NEW), bob.post(NEW, FIELDS)):
        assert answer.status_code == 403
        assert "membre du groupe" in answer.text
    assert Discussion.select().count() == 0


def test_a_guest_is_led_to_sign_in_and_cannot_post(guest):
    answer = guest.get(NEW)
    assert (answer.status_code, answer.location) == (303, f"/connexion?next={NEW}")
    assert guest.post(NEW, FIELDS).status_code == 403
    assert Discussion.select().count() == 0


def test_a_secret_group_does_not_exist_for_others(bob, guest):
    for visitor in (bob, guest):
        assert visitor.get("/g/veilleuses/discussions/nouvelle").status_code == 404
        assert visitor.post("/g/veilleuses/discussions/nouvelle", FIELDS).status_code == 404


def test_an_archived_group_takes_no_discussion_and_says_so(alice):
    Group.update(archived_at=now()).where(Group.handle == "insoumis-087").execute()
    answer = alice.post(NEW, FIELDS)
    assert answer.status_code == 403
    assert "archivé" in answer.text


def test_where_animators_open_discussions_members_are_told_so(bob):
    bob.post("/g/insoumis-087/adhesion")
    Group.update(members_discuss=False).where(Group.handle == "insoumis-087").execute()
    assert bob.post(NEW, FIELDS).status_code == 403


def test_sending_the_form_twice_opens_one_discussion(alice):
    once = {"once": "abcd2345"}
    first = alice.post(NEW, FIELDS | once)
    assert alice.post(NEW, FIELDS | once).location == first.location
    assert alice.post(NEW, FIELDS).location == first.location
    assert Discussion.select().count() == 1
    assert JournalLine.select().where(JournalLine.verb == "discussion.opened").count() == 1


def test_an_old_form_with_other_words_opens_another(alice):
    alice.post(NEW, FIELDS | {"once": "abcd2345"})
    alice.post(NEW, FIELDS | {"once": "abcd2345", "title": "Trains du matin"})
    assert Discussion.select().count() == 2


def test_tags_come_from_the_field_and_from_the_body_as_typed(alice):
    body = "Pour les #insoumis·e·s, l’#eau et `#rien`."
    alice.post(NEW, FIELDS | {"tags": "#Eau transports", "body": body})
    assert [row.typed for row in DiscussionTag.select().order_by(DiscussionTag.id)] == [
        "Eau",
        "transports",
        "insoumis·e·s",
    ]
    assert Tag.select().where(Tag.label == "rien").count() == 0


def test_a_body_of_hashtags_alone_makes_a_dozen_tags_at_most(alice):
    alice.post(NEW, FIELDS | {"tags": "", "body": " ".join(f"#mot{chr(97 + number)}" for number in range(26))})
    assert DiscussionTag.select().count() == 12


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Écrivez quelque chose ici."),
        ({"title": "ab"}, "au moins 3 signes"),
        ({"title": "x" * 121}, "121 signes, pour 120 au plus"),
        ({"title": "a\nbcd"}, "une seule ligne"),
        ({"title": "avant\u202eaprès"}, "sens de lecture"),
        ({"body": ""}, "Écrivez quelque chose ici."),
        ({"body": " \n\u200b "}, "Écrivez quelque chose ici."),
        ({"body": "x" * 100_000}, "100\u202f000 signes, pour 20\u202f000 au plus"),
        ({"body": "a\x00b"}, "illisible"),
        ({"tags": "a b c d e f g h i j k"}, "mot"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_kept(alice, fields, sentence):
    answer = alice.post(NEW, FIELDS | fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = (FIELDS | fields)["body"].replace("\x00", "")[:500]
    assert kept.strip() in answer.text.replace("\x00", "")
    assert Discussion.select().count() == 0


def test_forms_count_an_end_of_line_as_one_sign(alice):
    alice.post(NEW, FIELDS | {"body": "a\r\n" * 9_999 + "a"})
    assert Discussion.get().body.count("\n") == 9_999


def test_the_group_moves_when_somebody_speaks(alice):
    before = world.group("insoumis-087").last_activity_at
    alice.post(NEW, FIELDS)
    assert world.group("insoumis-087").last_activity_at > before


def test_too_many_discussions_have_to_wait(site, alice, monkeypatch):
    limits.install(replace(site.app.config["SETTINGS"], rate_limits=True))
    monkeypatch.setitem(limits.LIMITS, "open", (20, 3600))
    # No newcomer, who would be slowed down before.
    Account.update(created_at=now() - timedelta(days=2)).execute()
    for number in range(20):
        assert alice.post(NEW, FIELDS | {"title": f"Sujet {number}"}).status_code == 303
    answer = alice.post(NEW, FIELDS | {"title": "Un de trop"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
