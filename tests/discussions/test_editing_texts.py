"""Changing one's own words; what they were stays readable."""

import pytest

from forum.database.clock import now
from forum.discussions import actions
from forum.discussions.models import Comment, Discussion, DiscussionTag, Revision
from forum.groups.models import Group
from forum.tasks.journal import JournalLine
from tests import world


@pytest.fixture
def discussion(site):
    return actions.open(
        world.member("Alice"), world.group("insoumis-087"), "Tract sur l’eau", "Relire avant #lundi.", ["eau"]
    )


@pytest.fixture
def comment(discussion):
    return actions.comment(world.member("Alice"), discussion, "Première version.")


def test_an_author_changes_a_discussion_and_the_old_version_stays_readable(alice, guest, discussion):
    path = f"/d/{discussion.key}"
    answer = alice.post(
        f"{path}/modifier", {"title": "Tract sur la rivière", "body": "Relire avant #mardi.", "tags": "rivière"}
    )
    assert (answer.status_code, answer.location) == (303, path)
    page = guest.get(path).text
    assert "Tract sur la rivière</h1>" in page
    assert f'<a href="{path}/versions">modifié' in page
    versions = guest.get(f"{path}/versions").text
    assert "Tract sur l’eau" in versions
    assert "#lundi" in versions
    assert "Relire avant" in versions
    assert [row.typed for row in DiscussionTag.select().order_by(DiscussionTag.id)] == ["rivière", "mardi"]
    assert JournalLine.select().where(JournalLine.verb == "discussion.edited").count() == 1


def test_the_form_holds_the_words_and_the_chosen_tags(alice, discussion):
    page = alice.get(f"/d/{discussion.key}/modifier").text
    assert 'value="Tract sur l’eau"' in page
    assert "Relire avant #lundi.</textarea>" in page
    assert 'name="tags" type="text" value="eau"' in page


def test_an_author_changes_a_comment_and_the_old_version_stays_readable(alice, guest, comment, discussion):
    answer = alice.post(f"/c/{comment.key}/modifier", {"body": "Deuxième **version**."})
    assert answer.location == f"/d/{discussion.key}#c-{comment.key}"
    page = guest.get(f"/d/{discussion.key}").text
    assert "Deuxième <strong>version</strong>." in page
    assert f'<a href="/c/{comment.key}/versions">modifié' in page
    assert "Première version." in guest.get(f"/c/{comment.key}/versions").text


def test_each_version_says_from_when_to_when(alice, comment):
    for body in ("Deux.", "Trois."):
        alice.post(f"/c/{comment.key}/modifier", {"body": body})
    first, second = Revision.select().order_by(Revision.id)
    assert (first.body, second.body) == ("Première version.", "Deux.")
    assert first.written_at == comment.created_at
    assert first.replaced_at <= second.written_at <= second.replaced_at


def test_saving_the_same_words_is_no_edit(alice, comment):
    alice.post(f"/c/{comment.key}/modifier", {"body": "Première version."})
    assert Revision.select().count() == 0
    assert Comment.get().edited_at is None


def test_changing_tags_alone_is_no_new_version(alice, discussion):
    fields = {"title": discussion.title, "body": discussion.body, "tags": "rivière"}
    alice.post(f"/d/{discussion.key}/modifier", fields)
    assert Revision.select().count() == 0
    assert Discussion.get().edited_at is None


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_changes_the_words_of_another(request, who, discussion, comment):
    visitor = request.getfixturevalue(who)
    visitor.post("/g/insoumis-087/adhesion")
    for path in (f"/d/{discussion.key}/modifier", f"/c/{comment.key}/modifier"):
        assert visitor.get(path).status_code == 403
        answer = visitor.post(path, {"title": "Autre titre", "body": "Autre chose.", "tags": ""})
        assert answer.status_code == 403
        assert "Seule la personne" in answer.text
    assert f"/c/{comment.key}/modifier" not in visitor.get(f"/d/{discussion.key}").text
    assert Revision.select().count() == 0


def test_a_guest_changes_nothing(guest, discussion, comment):
    for path in (f"/d/{discussion.key}/modifier", f"/c/{comment.key}/modifier"):
        assert guest.get(path).location == f"/connexion?next={path}"
        assert guest.post(path, {"title": "Autre titre", "body": "Autre chose."}).status_code == 403


def test_in_an_archived_group_nothing_changes(alice, discussion, comment):
    Group.update(archived_at=now()).execute()
    for path in (f"/d/{discussion.key}/modifier", f"/c/{comment.key}/modifier"):
        answer = alice.post(path, {"title": "Autre titre", "body": "Autre chose."})
        assert answer.status_code == 403
        assert "archivé" in answer.text


def test_who_left_the_group_edits_no_more(alice, comment):
    alice.post("/g/insoumis-087/depart")
    assert alice.post(f"/c/{comment.key}/modifier", {"body": "Autre chose."}).status_code == 403


@pytest.mark.parametrize("body", ["", "x" * 20_001, "a\x00b"])
def test_a_wrong_edit_is_told_and_kept(alice, discussion, comment, body):
    for path in (f"/d/{discussion.key}/modifier", f"/c/{comment.key}/modifier"):
        answer = alice.post(path, {"title": "Un titre gardé", "body": body, "tags": ""})
        assert answer.status_code == 422
        assert body in answer.text
    assert Revision.select().count() == 0


def test_a_text_never_changed_has_no_versions(guest, comment):
    assert "jamais été modifié" in guest.get(f"/c/{comment.key}/versions").text
