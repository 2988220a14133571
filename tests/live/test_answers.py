"""Open pages of a discussion are told how many answers there are, by the same streams, to whoever may read it."""

import asyncio

import pytest

from forum.database.connection import database
from forum.discussions import actions
from forum.live import asking, streams
from tests.live.listening import Page, gate, listen, until
from tests.world import group, member


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(streams, "LOOK", 0.05)
    monkeypatch.setattr(asking, "PACE", 0.05)


def opened(handle="insoumis-087"):
    return actions.open(member("Alice"), group(handle), "Trains du matin", "Que demander ?")


async def answer(discussion, body):
    def say() -> None:
        with database.connection_context():
            actions.comment(member("Alice"), discussion, body)

    await asyncio.to_thread(say)


def test_the_number_alone_is_asked_for_and_nothing_is_told_of_what_one_has(guest, bob, site):
    discussion, hidden = opened(), opened("veilleuses")
    actions.comment(member("Alice"), discussion, "Une réponse.")
    path = f"/d/{discussion.key}/reponses"
    assert guest.get(f"{path}?depuis=0").text == "1"
    assert guest.get(f"{path}?depuis=1").status_code == 204
    for visitor in (guest, bob):
        assert visitor.get(f"/d/{hidden.key}/reponses").status_code == 404


def test_an_answer_is_told_to_whoever_reads_the_discussion(site):
    discussion = opened()
    door, held = gate(site)

    async def test():
        page = Page(door, f"/suivi?d={discussion.key}.0")
        await page.receives(".")
        await answer(discussion, "Une réponse.")
        assert await page.receives("!answers") == "data: !answers 1\n\n"
        await answer(discussion, "Une autre.")
        assert (await page.receives("~answers")).rstrip().endswith("2")
        await page.leave()
        assert held.channels == {}

    listen(test)


def test_members_alone_are_told_of_a_secret_discussion(site):
    discussion = opened("veilleuses")
    alice = site.visitor("Alice")
    door, _ = gate(site)

    async def test():
        stranger = Page(door, f"/suivi?d={discussion.key}.0")
        await until(lambda: stranger.status, 10, stranger.told)
        assert stranger.status == 404
        page = Page(door, f"/suivi?d={discussion.key}.0", alice)
        await page.receives(".")
        await answer(discussion, "Entre nous.")
        await page.receives("!answers 1")
        await page.leave()

    listen(test)
