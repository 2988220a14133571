"""Open pages are told of each vote by a stream: who may see it, at once, in few bytes, and nobody else."""

import asyncio
from datetime import timedelta

import pytest
import time_machine

from forum.database.connection import database
from forum.groups import actions as groups
from forum.live import asking, streams
from forum.proposals import actions
from forum.proposals.actions import Terms
from forum.proposals.models import Proposal
from tests.live.listening import Page, gate, listen, until
from tests.proposals.ballots import newcomers, put
from tests.world import group, member


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(streams, "LOOK", 0.05)
    monkeypatch.setattr(asking, "PACE", 0.05)


async def vote(person, proposal: Proposal, choice: str = "agree") -> None:
    def cast() -> None:
        with database.connection_context():
            actions.vote(person, proposal, {"choice": choice})

    await asyncio.to_thread(cast)


def revision(proposal: Proposal) -> int:
    return Proposal.get_by_id(proposal.id).revision


def test_a_vote_is_told_to_every_open_page_whole_at_first_then_by_its_figures(site):
    proposal, people = put(), newcomers(3)
    door, held = gate(site)

    async def test():
        pages = [Page(door, f"/suivi?t={proposal.key}.0&b={proposal.key}.0") for _ in range(3)]
        for page in pages:
            assert await page.receives(".") == "data: .\n\n"
            assert (page.status, page.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        await vote(people[0], proposal)
        for page in pages:
            assert "<b>1</b>" in await page.receives("!tally")
            assert "1 d’accord" in await page.receives(f"!bar-{proposal.key}")
        await vote(people[1], proposal)
        await vote(people[2], proposal)
        for page in pages:
            assert len(await page.receives("~tally")) < 120
            await page.receives(f"~bar-{proposal.key}")
        for page in pages:
            await page.leave()
        assert (held.connections, held.channels) == (set(), {})

    listen(test)


def test_nothing_is_told_while_nothing_moves(site):
    proposal = put()
    door, _ = gate(site)

    async def test():
        page = Page(door, f"/suivi?t={proposal.key}.0")
        await page.receives(".")
        await asyncio.sleep(0.4)
        assert page.told == ["data: .\n\n"]

    listen(test)


def test_a_page_that_comes_late_is_told_at_once_what_it_missed(site):
    proposal, people = put(), newcomers(2)
    actions.vote(people[0], proposal, {"choice": "agree"})
    door, _ = gate(site)

    async def test():
        late, present = Page(door, f"/suivi?t={proposal.key}.0"), Page(door, f"/suivi?t={proposal.key}.1")
        await late.receives("<b>1</b>")
        await present.receives(".")
        assert len(present.told) == 1
        await vote(people[1], proposal)
        await late.receives("~tally")
        await present.receives("<b>2</b>")

    listen(test)


def test_who_may_not_read_is_told_nothing(site, alice, bob):
    proposal = put()
    closed = group("insoumis-087")
    closed.visibility = "ferme"
    closed.save()
    door, _ = gate(site)

    async def test():
        address = f"/suivi?t={proposal.key}.0"
        inside, outside, guest = Page(door, address, alice), Page(door, address, bob), Page(door, address)
        await inside.receives(".")
        await until(lambda: outside.status and guest.status)
        assert (outside.status, guest.status, outside.told, guest.told) == (404, 404, [], [])
        await vote(member("Alice"), proposal)
        await inside.receives("<b>1</b>")

    listen(test)


def test_who_leaves_a_closed_group_is_told_nothing_more(site, alice, bob):
    proposal = put()
    groups.join(member("Bob"), group("insoumis-087"))
    closed = group("insoumis-087")
    closed.visibility = "ferme"
    closed.save()
    door, held = gate(site)

    async def test():
        address = f"/suivi?t={proposal.key}.0"
        stays, leaves = Page(door, address, alice), Page(door, address, bob)
        await stays.receives(".")
        await leaves.receives(".")
        await asyncio.to_thread(leave)
        await vote(member("Alice"), proposal)
        await stays.receives("<b>1</b>")
        await leaves.task
        assert leaves.told == ["data: .\n\n"]
        assert len(held.connections) == 1

    def leave():
        with database.connection_context():
            groups.leave(member("Bob"), group("insoumis-087"))

    listen(test)


def test_a_group_that_closes_ends_the_streams_of_strangers(site):
    proposal = put()
    door, _ = gate(site)

    async def test():
        guest = Page(door, f"/suivi?t={proposal.key}.0")
        await guest.receives(".")
        await asyncio.to_thread(close)
        await vote(member("Alice"), proposal)
        await guest.task
        assert guest.told == ["data: .\n\n"]

    def close():
        with database.connection_context():
            closed = group("insoumis-087")
            closed.visibility = "ferme"
            closed.save()

    listen(test)


def test_results_are_told_to_those_alone_who_see_them(site, alice, bob):
    proposal, people = put(terms=Terms(results="voted")), newcomers(2)
    groups.join(member("Bob"), group("insoumis-087"))
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    door, _ = gate(site)

    async def test():
        address = f"/suivi?t={proposal.key}.1"
        voted, waits, guest = Page(door, address, alice), Page(door, address, bob), Page(door, address)
        for page in (voted, waits, guest):
            await page.receives(".")
        for person in people:
            await vote(person, proposal)
        assert "<b>3</b>" in await voted.receives("<b>3</b>")
        for page in (waits, guest):
            await page.receives("3 voix sur")
            assert not any("<b>" in told or "legend" in told for told in page.told)
        with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
            for page in (voted, waits, guest):
                await page.receives("Adopt")
            assert not waits.task.done()

    listen(test)


def test_the_end_of_a_vote_is_told_with_its_outcome(site):
    proposal = put()
    door, _ = gate(site)

    async def test():
        page = Page(door, f"/suivi?t={proposal.key}.0")
        await page.receives(".")
        with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
            told = await page.receives("Personne n’a voté.")
        assert "data-hx-get" not in told

    listen(test)


@pytest.mark.parametrize("shown", [0, 1])
def test_a_page_opened_while_ballots_wait_to_be_counted_is_told_of_them_without_another_vote(
    site, guest, monkeypatch, shown
):
    monkeypatch.setattr("forum.proposals.queries.tallies.CHEAP", 0)
    monkeypatch.setattr("forum.proposals.queries.tallies.SHARE", 10**9)
    proposal, people = put(method="stv", options="Bellac\nLe Dorat\nGuéret"), newcomers(2)
    for person in people:
        actions.vote(person, proposal, {"option-1": "1", "option-2": "2"})
        assert "1 fois en tête" in guest.get(f"/p/{proposal.key}/resultat").text
    door, _ = gate(site)

    async def test():
        page = Page(door, f"/suivi?t={proposal.key}.{shown}")
        await page.receives(".")
        await asyncio.sleep(0.3)
        assert not any("2 fois en tête" in told for told in page.told)
        monkeypatch.setattr("forum.proposals.queries.tallies.SHARE", 0)
        await until(lambda: any("2 fois en tête" in told or "~tally" in told for told in page.told), told=page.told)

    listen(test)


def test_a_page_that_saves_data_is_told_more_rarely(site, monkeypatch):
    monkeypatch.setattr(asking, "SLOW_PACE", 1.0)
    proposal, people = put(), newcomers(3)
    door, _ = gate(site)

    async def test():
        quick, slow = (Page(door, f"/suivi?t={proposal.key}.0{more}") for more in ("", "&lent=1"))
        await quick.receives(".")
        await slow.receives(".")
        for number, person in enumerate(people, 1):
            await vote(person, proposal)
            await until(lambda number=number: len(quick.told) == number + 1, told=quick.told)
        assert len(slow.told) <= 2
        await until(lambda: any(" 3:" in told or ":3," in told or "<b>3</b>" in told for told in slow.told))

    listen(test)


def test_streams_are_for_the_site_s_own_pages_and_so_many(site, monkeypatch):
    proposal = put()
    door, _ = gate(site)

    async def test():
        address = f"/suivi?t={proposal.key}.0"
        for path, headers, status in (
            (address, {"sec-fetch-site": "cross-site"}, 503),
            (address, {"sec-fetch-site": "same-origin"}, 200),
            ("/suivi", {}, 404),
            ("/suivi?t=absente1.0&b=&t=x.y&t=%00.1", {}, 404),
            ("/suivi?" + "&".join(["t=absente1.0"] * 500), {}, 404),
        ):
            page = Page(door, path, **headers)
            await until(lambda page=page: page.status)
            assert page.status == status, path
        monkeypatch.setattr(streams, "MOST_STREAMS", 1)
        refused = Page(door, address)
        await until(lambda: refused.status)
        assert refused.status == 503

    listen(test)


def test_a_stream_shows_signs_of_life_and_ends_after_a_while(site, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.1)
    monkeypatch.setattr(streams, "LIFE", 0.5)
    door, held = gate(site)
    proposal = put()

    async def test():
        page = Page(door, f"/suivi?t={proposal.key}.0")
        await page.receives(":\n\n")
        await page.task
        assert not held.connections

    listen(test)
