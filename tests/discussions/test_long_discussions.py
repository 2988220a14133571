"""A long discussion opens where its reader left it; how far one has read is known to nobody else."""

import re

import pytest

from forum.discussions import actions, queries
from forum.discussions.models import Comment, Discussion, Reading
from forum.groups import actions as groups
from tests import world
from tests.discussions.test_reading_discussions import filled, opened


@pytest.fixture
def discussion(site):
    groups.join(world.member("Bob"), world.group("insoumis-087"))
    return opened("insoumis-087")


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<p>message (\d+)</p>", page)]


def seen_by(name: str) -> list[int]:
    return [row.seen for row in Reading.select().where(Reading.member == world.member(name).id)]


def ids() -> list[int]:
    return [row.id for row in Comment.select().order_by(Comment.id)]


def test_a_thousand_comments_open_at_the_first_unread(bob, discussion):
    filled(discussion, 1_000)
    first = bob.get(discussion.address).text
    assert shown(first) == list(range(30))
    assert 'id="nouveau"' not in first
    assert seen_by("Bob") == [ids()[29]]
    second = bob.get(discussion.address).text
    assert shown(second) == list(range(30, 60))
    assert second.index('id="nouveau"') < second.index("message 30<")
    assert "970\u00a0messages depuis votre dernière lecture" in second
    assert 'href="#nouveau">Aller au premier message non lu' in second


def test_another_page_leads_to_the_first_unread_and_loses_no_mark(bob, discussion):
    filled(discussion, 100)
    bob.get(discussion.address)
    page = bob.get(f"{discussion.address}?page=4").text
    assert shown(page) == list(range(90, 100))
    assert f'href="{discussion.address}#nouveau"' in page
    assert seen_by("Bob") == [ids()[29]]
    bob.get(f"{discussion.address}?page=2")
    bob.get(f"{discussion.address}?page=3")
    assert seen_by("Bob") == [ids()[89]]


def test_who_has_read_everything_comes_back_to_the_end_and_then_to_what_is_new(bob, discussion):
    filled(discussion, 40)
    for page in (1, 2):
        bob.get(f"{discussion.address}?page={page}")
    again = bob.get(discussion.address).text
    assert shown(again) == list(range(30, 40))
    assert "nouveau" not in again
    # An answer on the first page, to the first comment.
    actions.comment(world.member("Alice"), discussion, "Une réponse tardive.", Comment.get_by_id(ids()[0]).key)
    new = bob.get(discussion.address).text
    assert "Une réponse tardive." in new
    assert "Un message" not in new
    assert "1\u00a0message depuis votre dernière lecture" in new


def test_my_own_words_are_not_news_to_me(bob, alice, discussion):
    for visitor in (alice, bob):
        visitor.post(f"/d/{discussion.key}/commentaires", {"body": "Bonjour."})
        visitor.get(discussion.address)
    bob.post(f"/d/{discussion.key}/commentaires", {"body": "Encore moi."})
    assert "nouveau" not in bob.get(discussion.address).text
    assert "nouveau" in alice.get(discussion.address).text


def test_lists_tell_how_much_is_new(bob, discussion):
    filled(discussion, 2)
    bob.get(discussion.address)
    assert "non lu" not in bob.get("/g/insoumis-087").text
    filled(discussion, 3)
    for path in ("/g/insoumis-087", "/"):
        assert '<span class="new">3 non lus</span>' in bob.get(path).text
    bob.get(discussion.address)
    assert "non lu" not in bob.get("/g/insoumis-087").text


def test_more_comments_come_on_demand_and_count_as_read(bob, guest, discussion):
    filled(discussion, 70)
    assert f'data-hx-get="/d/{discussion.key}/suite?page=2"' in guest.get(discussion.address).text
    part = bob.get(f"/d/{discussion.key}/suite?page=2", htmx=True)
    assert shown(part.text) == list(range(30, 60))
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["Vary"]
    assert f"/d/{discussion.key}/suite?page=3" in part.text
    assert 'id="page" name="page" value="2" data-hx-swap-oob="true"' in part.text
    assert 'name="page"' not in guest.get(f"/d/{discussion.key}/suite?page=2", htmx=True).text
    last = bob.get(f"/d/{discussion.key}/suite?page=3", htmx=True).text
    assert "suite?page" not in last
    plain = guest.get(f"/d/{discussion.key}/suite?page=2")
    assert (plain.status_code, plain.location) == (303, f"/d/{discussion.key}?page=2")
    for path, status in ((f"/d/{discussion.key}/suite?page=4", 404), ("/d/aaaaaaaa/suite", 404)):
        assert guest.get(path, htmx=True).status_code == status


def test_nothing_is_kept_of_who_does_not_belong(charlie, guest, discussion):
    filled(discussion, 40)
    for visitor in (charlie, guest):
        visitor.get(discussion.address)
    assert Reading.select().count() == 0


def test_reading_twice_writes_once(bob, discussion):
    filled(discussion, 5)
    bob.get(discussion.address)
    before = Reading.get()
    shown = queries.comment_page(world.member("Bob"), discussion).ids
    actions.read(world.member("Bob"), discussion, shown, queries.Unread())
    assert (Reading.get().id, Reading.get().seen) == (before.id, before.seen)


def test_a_slow_page_does_not_take_back_what_a_later_one_has_marked(bob, discussion):
    filled(discussion, 40)
    for page in (1, 2):
        bob.get(f"{discussion.address}?page={page}")
    first_page = queries.comment_page(world.member("Bob"), discussion).ids
    actions.read(world.member("Bob"), Discussion.get(), first_page, queries.Unread())
    assert seen_by("Bob") == [ids()[-1]]


def test_what_is_remembered_is_in_my_data_and_goes_with_my_account(bob, discussion):
    filled(discussion, 3)
    bob.get(discussion.address)
    assert bob.get("/moi/donnees").json["discussions"]["read"] == [discussion.key]
    assert bob.post("/moi/suppression", {"password": world.PASSWORD}).status_code == 303
    assert Reading.select().count() == 0
