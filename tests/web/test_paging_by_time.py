"""Lists in order of time: what is written while somebody reads moves nothing from one page to the next."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.database.select import START, Cursor
from forum.discussions import actions as discussions
from forum.draws.models import Draw
from forum.initiatives.models import Initiative
from forum.proposals import actions as proposals
from forum.proposals.models import Ballot
from tests.proposals.ballots import newcomers, put
from tests.world import group, member

BEGUN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def open_one(number: int) -> None:
    with time_machine.travel(BEGUN + timedelta(minutes=number), tick=False):
        discussions.open(member("Alice"), group("insoumis-087"), f"Sujet {number:03}", "Un texte.")


def next_page(reader, path: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', reader.get(path).text)
    assert found, f"no next page on {path}"
    return path.split("?")[0] + found[1]


def titles(page: str) -> list[str]:
    return re.findall(r"Sujet [0-9]{3}", page)


def test_discussions_opened_meanwhile_repeat_nothing_on_the_next_page(guest, site):
    for number in range(65):
        open_one(number)
    first = "/g/insoumis-087"
    seen = titles(guest.get(first).text)
    second = next_page(guest, first)
    for number in range(70, 75):
        open_one(number)
    again = titles(guest.get(second).text)
    assert set(seen).isdisjoint(again)
    assert again[0] == "Sujet 034"
    third = titles(guest.get(next_page(guest, second)).text)
    assert third[-1] == "Sujet 000"
    assert len({*seen, *again, *third}) == 65


def test_reasons_given_meanwhile_repeat_nothing(guest, site):
    proposal = put()
    people = newcomers(55)
    for number, voter in enumerate(people):
        proposals.vote(voter, proposal, {"choice": "agree", "reason": f"Sujet {number:03}"})
    moment = BEGUN
    for ballot in Ballot.select().order_by(Ballot.id):
        moment += timedelta(minutes=1)
        Ballot.update(changed_at=moment).where(Ballot.id == ballot.id).execute()
    path = f"/p/{proposal.key}"
    seen, second = titles(guest.get(path).text), next_page(guest, path)
    proposals.vote(newcomers(1, start=100)[0], proposal, {"choice": "agree", "reason": "Sujet 999"})
    rest = titles(guest.get(second).text)
    assert (len(seen), rest) == (50, [f"Sujet {number:03}" for number in (4, 3, 2, 1, 0)])


def test_meetings_and_draws_have_the_same_pages(alice, site):
    here, now = group("insoumis-087"), datetime.now(UTC)
    for number in range(32):
        day = now - timedelta(days=number + 2)
        Initiative.create(
            group=here, author=member("Alice"), title=f"Sujet {number:03}", place="Bellac", starts_at=day, renderer=1
        )
        Draw.create(
            group=here,
            author=member("Alice"),
            title=f"Sujet {number:03}",
            why="",
            seats=1,
            pool="list",
            source_choice="loto",
            chain="x",
        )
    for path, last in (("/g/insoumis-087/initiatives", "Sujet 031"), ("/g/insoumis-087/tirages", "Sujet 000")):
        first = titles(alice.get(path).text)
        rest = titles(alice.get(next_page(alice, path)).text)
        assert (len(set(first)), len(set(rest)), rest[-1]) == (30, 2, last)
        assert set(first).isdisjoint(rest)


@pytest.mark.parametrize("typed", ["", "2", "12-", "-3", "a-b", "9" * 40 + "-1", "1-" + "9" * 30, "١-٢", "%00"])
def test_an_address_that_names_no_row_begins_at_the_beginning(guest, typed):
    assert Cursor.read(typed) == START
    for path in ("/g/insoumis-087", "/synonymes", "/moderation/journal"):
        assert guest.get(f"{path}?avant={typed}").status_code in (200, 404)


def test_a_cursor_is_read_as_it_was_written():
    cursor = Cursor(BEGUN, 87)
    assert Cursor.read(str(cursor)) == cursor
    assert not cursor.is_start
