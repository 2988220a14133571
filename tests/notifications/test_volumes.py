"""How loud a group is: what names me, the essential, or all of it; for one discussion too."""

import re

import pytest

from forum.discussions import actions as discussions
from forum.groups.models import Group, Membership
from forum.initiatives.models import Initiative
from forum.notifications.models import Volume
from forum.proposals import actions as proposals
from tests.initiatives import planned
from tests.notifications.test_telling import TEXT, deliver, settle, told
from tests.world import group, member

GROUP = "/g/insoumis-087/notifications"


def test_a_new_discussion_tells_the_members_of_its_group_once(site):
    home = settle("Bob", "Charlie")
    discussions.open(member("Alice"), home, "Un sujet", f"{TEXT} Qu’en dis-tu, @charlie ?")
    deliver()
    assert told("Bob") == ["Nouvelle discussion : « Un sujet »"]
    assert told("Charlie") == ["Alice vous a nommé·e dans « Un sujet »"]
    assert told("Alice") == []
    assert told("Modeste") == []


def test_a_discussion_that_waits_tells_the_members_once_it_is_published(site):
    Group.update(approve_discussions=True).where(Group.handle == "insoumis-087").execute()
    home = settle("Bob", "Charlie")
    talk = discussions.open(member("Bob"), home, "Un sujet", TEXT)
    deliver()
    assert told("Charlie") == []
    discussions.decide(member("Alice"), talk, "approve")
    deliver()
    assert told("Charlie") == ["Nouvelle discussion : « Un sujet »"]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("named", ["Alice vous a nommé·e dans « Second »"]),
        (
            "essential",
            ["Alice vous a nommé·e dans « Second »", "À voter : « Une salle »", "Nouvelle discussion : « Premier »"],
        ),
        (
            "all",
            [
                "Alice vous a nommé·e dans « Second »",
                "Charlie a écrit dans « Premier »",
                "À voter : « Une salle »",
                "Nouvelle discussion : « Premier »",
            ],
        ),
    ],
)
def test_one_is_told_as_much_as_one_chose(site, bob, level, expected):
    home = settle("Bob", "Charlie")
    assert bob.post(GROUP, {"level": level}).status_code == 303
    talk = discussions.open(member("Alice"), home, "Premier", TEXT)
    proposals.propose(member("Alice"), home, proposals.Draft(title="Une salle", body=TEXT))
    discussions.comment(member("Charlie"), talk, TEXT)
    discussions.open(member("Alice"), home, "Second", f"{TEXT} @bob")
    deliver()
    assert told("Bob") == expected


def test_an_initiative_is_told_to_whoever_wants_the_essential(site, bob):
    settle("Bob", "Charlie")
    bob.post(GROUP, {"level": "named"})
    planned()
    deliver()
    title = Initiative.get().title
    assert any(title in sentence for sentence in told("Charlie"))
    assert told("Bob") == []


def test_one_discussion_may_be_louder_or_quieter_than_its_group(site, bob):
    home = settle("Bob", "Charlie")
    talk = discussions.open(member("Alice"), home, "Premier", TEXT)
    mine = discussions.open(member("Bob"), home, "Second", TEXT)
    deliver()
    bob.post(f"/d/{talk.key}/notifications", {"level": "all"})
    bob.post(f"/d/{mine.key}/notifications", {"level": "named"})
    discussions.comment(member("Charlie"), talk, TEXT)
    discussions.comment(member("Charlie"), mine, TEXT)
    deliver()
    assert told("Bob") == ["Charlie a écrit dans « Premier »", "Nouvelle discussion : « Premier »"]
    page = bob.get(f"/d/{talk.key}/notifications").text
    assert re.search(r'value="all" checked', page)


def test_the_usual_leaves_no_row(site, bob):
    settle("Bob")
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Premier", TEXT)
    for path in (GROUP, f"/d/{talk.key}/notifications"):
        bob.post(path, {"level": "all"})
        assert Volume.select().count() == 1
        bob.post(path, {"level": "essential"})
        assert Volume.select().count() == 0


def test_one_page_shows_the_level_of_each_group(site, bob):
    settle("Bob")
    bob.post(GROUP, {"level": "named"})
    page = bob.get("/moi/reglages/notifications").text
    assert "Rien, sauf ce qui me nomme" in page
    assert f'href="{GROUP}"' in page
    assert f'href="{GROUP}"' in bob.get("/g/insoumis-087").text


def test_a_notice_leads_to_where_one_lowers_it(site, bob):
    home = settle("Bob")
    discussions.open(member("Alice"), home, "Premier", TEXT)
    deliver()
    assert f'href="{GROUP}"' in bob.get("/moi/notifications").text


def test_bad_answers_and_strangers_are_refused(site, guest, bob):
    assert bob.post(GROUP, {"level": "fort"}).status_code == 422
    assert bob.post(GROUP, {}).status_code == 422
    assert guest.post(GROUP, {"level": "all"}).status_code == 403
    assert Volume.select().count() == 0
    secret = "/g/veilleuses/notifications"
    assert [bob.get(secret).status_code, bob.post(secret, {"level": "all"}).status_code] == [404, 404]


def test_whoever_left_a_closed_group_is_told_nothing_more(site, bob):
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    Membership.create(group=group("insoumis-087"), member=member("Bob"))
    assert bob.post(GROUP, {"level": "all"}).status_code == 303
    Membership.delete().where(Membership.member == member("Bob")).execute()
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Premier", TEXT)
    discussions.comment(member("Alice"), talk, TEXT)
    deliver()
    assert told("Bob") == []
    assert bob.get(GROUP).status_code == 403
