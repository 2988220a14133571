"""The opening: by the clock for whoever reads, noted once; before it a proposal is read, rewritten, not voted on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.errors import Invalid
from forum.groups import actions as groups
from forum.proposals import actions, queries
from forum.proposals.actions import Terms
from forum.proposals.models import Ballot, Proposal
from forum.tasks.jobs import huey
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put
from tests.world import group, member

# A Monday morning; Sunday at 20 h, Paris time, is the hour of opening.
MONDAY, SUNDAY = datetime(2027, 3, 1, 9, tzinfo=UTC), "2027-03-07T20:00"
WANTED = {"title": "Tenir un stand au marché", "opens_at": SUNDAY, "closes_at": "2027-03-10T20:00"}


@pytest.fixture
def clock(site):
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


def coming(**fields) -> Proposal:
    return put(terms=Terms(opens_at=SUNDAY, **fields), closes_at="2027-03-10T20:00")


def vote(visitor, proposal: Proposal):
    return visitor.post(f"/p/{proposal.key}/vote", {"choice": "agree"})


def test_nobody_votes_before_the_hour_and_everybody_after_with_no_process_alive(clock, alice, guest):
    proposal = coming()
    for visitor in (alice, guest):
        page = visitor.get(f"/p/{proposal.key}").text
        assert "s’ouvre dimanche à 20\u00a0h" in page
        assert 'name="choice"' not in page
        assert "/resultat" not in page
    assert "s’ouvre dimanche à 20\u00a0h" in vote(alice, proposal).text
    assert vote(alice, proposal).status_code == 403
    assert alice.get(f"/p/{proposal.key}.json").json["state"] == "coming"
    assert Ballot.select().count() == 0
    clock.shift(timedelta(days=6, hours=9, minutes=59, seconds=59))
    assert vote(alice, proposal).status_code == 403
    clock.shift(timedelta(seconds=1))
    assert alice.get(f"/p/{proposal.key}.json").json["state"] == "open"
    assert vote(alice, proposal).status_code == 303


def test_it_is_announced_in_lists_and_awaits_nobody_s_voice(clock, alice, guest):
    proposal = coming()
    page = guest.get("/g/insoumis-087").text
    assert "S’ouvre dimanche à 20\u00a0h" in page
    assert "C’est décidé" not in page
    assert queries.open_for(member("Alice")) == []
    assert queries.open_anywhere(member("Bob")) == []
    clock.shift(timedelta(days=7))
    assert [card.proposal.id for card in queries.open_for(member("Alice"))] == [proposal.id]
    assert "S’ouvre" not in guest.get("/g/insoumis-087").text


def test_a_page_kept_for_visitors_ends_at_the_opening(clock, guest):
    proposal = coming()
    clock.move_to(datetime(2027, 3, 7, 18, 59, 55, tzinfo=UTC))
    assert "s’ouvre dans" in guest.get(f"/p/{proposal.key}").text
    assert queries.next_opening() == datetime(2027, 3, 7, 19, tzinfo=UTC)
    clock.shift(timedelta(seconds=6))
    assert "s’ouvre" not in guest.get(f"/p/{proposal.key}").text
    assert queries.next_opening() is None


def test_the_opening_is_noted_once_by_a_reader_or_by_the_worker(clock, guest):
    proposal = coming()
    actions.open_all_due.call_local()
    assert Proposal.get_by_id(proposal.id).opened_at is None
    task = huey.dequeue()
    assert task.eta == proposal.opens_at.replace(tzinfo=None)
    clock.move_to(proposal.opens_at)
    huey.execute(task)
    actions.open_all_due.call_local()
    guest.get(f"/p/{proposal.key}")
    actions.open_vote(proposal)
    assert Proposal.get_by_id(proposal.id).opened_at == proposal.opens_at
    assert JournalLine.select().where(JournalLine.verb == "vote.opened").count() == 1


def test_the_sweep_opens_what_an_appointment_missed(clock, site):
    proposal = coming()
    clock.shift(timedelta(days=7))
    actions.open_all_due.call_local()
    assert Proposal.get_by_id(proposal.id).opened_at == clock_now()


def clock_now() -> datetime:
    return datetime.now(UTC)


def test_who_joins_before_the_opening_votes_and_who_joins_after_does_not(clock, alice, bob):
    proposal = coming(electorate="before")
    assert 'action="/g/insoumis-087/adhesion"' in bob.get(f"/p/{proposal.key}").text
    bob.post("/g/insoumis-087/adhesion")
    clock.shift(timedelta(days=7))
    newcomers(2)
    assert vote(bob, proposal).status_code == 303
    assert Proposal.get_by_id(proposal.id).eligible_count == 2


def test_a_vote_that_nobody_looked_at_opens_and_closes_all_the_same(clock, guest):
    proposal = coming(electorate="before")
    groups.join(member("Bob"), group("insoumis-087"))
    clock.shift(timedelta(days=20))
    newcomers(2)
    assert "Personne n’a voté." in guest.get(f"/p/{proposal.key}").text
    present = Proposal.get_by_id(proposal.id)
    assert present.opened_at
    assert present.eligible_count == 2


def test_its_author_moves_the_opening_until_it_has_come(clock, site):
    proposal = coming()
    sooner = actions.Draft("Plus tôt", terms=Terms(opens_at="2027-03-02T20:00"), closes_at="2027-03-10T20:00")
    actions.edit(member("Alice"), proposal, sooner)
    clock.shift(timedelta(days=2))
    actions.open_on_time.call_local(proposal.id)
    assert Proposal.get_by_id(proposal.id).is_open()
    later = actions.Draft("Plus tard", terms=Terms(opens_at="2027-03-09T20:00"), closes_at="2027-03-10T20:00")
    actions.edit(member("Alice"), proposal, later)
    assert Proposal.get_by_id(proposal.id).is_open()


def test_an_opening_taken_away_opens_at_once(clock, alice):
    proposal = coming()
    actions.edit(member("Alice"), proposal, actions.Draft("Tout de suite", closes_at="2027-03-10T20:00"))
    assert Proposal.get_by_id(proposal.id).opened_at
    assert vote(alice, proposal).status_code == 303


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "field", "sentence"),
    [
        ("dimanche", "", "opens_at", "Écrivez la date d’ouverture comme ceci"),
        ("2027-02-28T20:00", "", "opens_at", "Cette date est passée"),
        ("2029-02-28T20:00", "", "opens_at", "dans l’année"),
        (SUNDAY, "2027-03-07T20:00", "closes_at", "après son ouverture"),
        (SUNDAY, "2027-03-05T20:00", "closes_at", "après son ouverture"),
    ],
)
def test_a_wrong_hour_is_told(clock, site, opens_at, closes_at, field, sentence):
    with pytest.raises(Invalid) as problem:
        put(terms=Terms(opens_at=opens_at), closes_at=closes_at)
    assert sentence in problem.value.fields[field]


def test_without_an_end_it_lasts_seven_days_from_the_opening(clock, site):
    proposal = put(terms=Terms(opens_at=SUNDAY))
    assert proposal.closes_at == datetime(2027, 3, 14, 19, tzinfo=UTC)


def test_the_newest_proposal_is_told_by_when_it_was_put(clock, site):
    proposal = coming()
    assert Proposal.get_by_id(proposal.id).created_at == MONDAY
    assert group("insoumis-087").last_activity_at == MONDAY


def test_an_open_page_asks_once_for_the_ballot_when_the_hour_comes(clock, alice, guest):
    proposal = coming()
    page = alice.get(f"/p/{proposal.key}").text
    asked = (
        f'data-hx-get="/p/{proposal.key}" data-hx-trigger="load delay:{(6 * 24 + 10) * 3600}s" data-hx-target="#ballot"'
    )
    assert page.count(asked) == 1
    assert "every" not in page
    clock.shift(timedelta(days=6, hours=9, minutes=59, seconds=59, milliseconds=500))
    early = alice.get(f"/p/{proposal.key}", htmx=True).text
    assert early.startswith('<div id="ballot">')
    assert "load delay:1s" in early
    clock.shift(timedelta(seconds=1))
    for visitor in (alice, guest):
        block = visitor.get(f"/p/{proposal.key}", htmx=True).text
        assert "load delay" not in block
        assert f"/p/{proposal.key}/resultat?revision=" in block
    assert 'name="choice"' in alice.get(f"/p/{proposal.key}", htmx=True).text


def test_a_page_left_open_for_weeks_counts_no_timer(clock, alice):
    proposal = put(terms=Terms(opens_at="2027-04-07T20:00"), closes_at="2027-04-10T20:00")
    assert "load delay" not in alice.get(f"/p/{proposal.key}").text
