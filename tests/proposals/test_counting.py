"""Tallies: what is kept beside the options is what the ballots say, however many vote, at once or in turn."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from importlib import import_module

import pytest
import time_machine
from playhouse.migrate import SchemaMigrator

from forum.accounts.models import Account
from forum.database import migrate
from forum.database.connection import database
from forum.proposals import actions, queries
from forum.proposals.actions import ballots, counting
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of
from forum.proposals.models import Ballot, BallotChange, Mark, Option, Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put
from tests.proposals.filling import filled, options_text
from tests.world import HASH, member

ANSWERS = ("agree", "abstain", "disagree", "block")


@pytest.fixture
def queries_made(site):
    """Counts the statements sent to the database."""
    made: list[str] = []

    def hook(*args, **kwargs):
        made.append(str(args))

    database.obj.query_hooks.append(hook)
    yield made
    database.obj.query_hooks.remove(hook)


def recounted(proposal: Proposal):
    """The tally of the ballots read one by one."""
    ballots = Ballot.select().where(Ballot.proposal == proposal.id)
    marks = [{mark.option.name: mark.value for mark in ballot.marks} for ballot in ballots]
    options = {option.name: option.label for option in queries.options_of(proposal)}
    return METHODS[proposal.method].count(profile_of(marks), options, {})


def kept(proposal: Proposal) -> tuple[dict, dict]:
    options = queries.options_of(proposal)
    return {o.name: o.count for o in options}, {o.name: o.score for o in options}


def test_the_tally_is_the_recount_of_the_ballots(site):
    chance = random.Random(87)
    people = newcomers(8)
    consent, approval = put(), put(title="Où ?", method="approval", options="Bellac\nLe Dorat\nGuéret")
    for _ in range(40):
        actions.vote(chance.choice(people), consent, {"choice": chance.choice(ANSWERS), "reason": "Parce que."})
        ticked = chance.sample(["1", "2", "3"], chance.randint(1, 3))
        actions.vote(chance.choice(people), approval, {f"option-{name}": "1" for name in ticked})
    for proposal in (consent, approval):
        tally = recounted(proposal)
        assert kept(proposal) == (dict(tally.counts), dict(tally.scores))
        assert Proposal.get_by_id(proposal.id).voters_count == tally.voters


def test_what_is_kept_as_ballots_come_is_what_the_ballots_say_whatever_the_method(site):
    chance = random.Random(87)
    people = newcomers(5)
    for method, way in METHODS.items():
        proposal = put(title=method, method=method, options=options_text(way))
        for _ in range(12):
            actions.vote(chance.choice(people), proposal, filled(way, chance))
        proposal = Proposal.get_by_id(proposal.id)
        options, tally = queries.options_of(proposal), recounted(proposal)
        assert counting.is_right(proposal, options), method
        assert queries.tally_of(proposal, options) == tally, method
        assert proposal.voters_count == tally.voters
        assert {o.name: o.count for o in options} == tally.counts, method
        with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
            actions.close(proposal)
        assert kept(proposal) == (tally.counts, tally.scores), method


def test_the_closing_counts_the_ballots_whatever_was_kept(site, caplog):
    proposal = put()
    for person in newcomers(3):
        actions.vote(person, proposal, {"choice": "agree"})
    Option.update(given='{"1": 9}', count=9).where(Option.name == "disagree").execute()
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        closed = actions.close(proposal)
    assert "Adoptée\N{NO-BREAK SPACE}: 3 d’accord." in closed.outcome
    assert kept(proposal)[0] == {"agree": 3, "abstain": 0, "disagree": 0, "block": 0}
    assert f"proposal {proposal.key}" in caplog.text


def test_ballots_cast_before_counts_were_kept_are_counted(site):
    proposal = put(method="score", options="Bellac\nLe Dorat")
    for person in newcomers(3):
        actions.vote(person, proposal, {"option-1": "4", "option-2": "1"})
    step = next(migrate.FOLDER.glob("*_kept_counts.py")).stem
    module, migrator = import_module(f"forum.database.migrations.{step}"), SchemaMigrator.from_database(database.obj)
    # As the runner does: on SQLite a table is written anew, and with foreign keys on its marks would go with it.
    with migrator.migration_context():
        module.down(migrator, database.obj)
        module.up(migrator, database.obj)
    assert counting.is_right(Proposal.get_by_id(proposal.id), queries.options_of(proposal))


def at_once(*acts: Callable[[], None]) -> None:
    """Do these acts at the same moment, each on a connection of its own; what goes wrong in one is raised."""
    start = threading.Barrier(len(acts))

    def do(act: Callable[[], None]) -> None:
        with database.connection_context():
            start.wait(10)
            act()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts))


def test_six_people_vote_at_once(site):
    proposal = put()

    def change_of_mind(person, number: int) -> None:
        for turn in range(3):
            actions.vote(person, proposal, {"choice": ANSWERS[(number + turn) % 3]})

    at_once(*(partial(change_of_mind, person, number) for number, person in enumerate(newcomers(6))))
    tally = recounted(proposal)
    assert tally.voters == 6
    assert kept(proposal)[0] == dict(tally.counts)
    assert Proposal.get_by_id(proposal.id).revision == 18


def test_ballots_written_together_are_each_counted(site):
    proposal, other, people = put(), put(title="Un autre stand"), newcomers(3)
    said = [(people[0], "agree"), (people[1], "block"), (people[0], "disagree"), (people[2], "agree")]
    casts = [ballots.Cast(person, proposal, {"choice": choice}, "", "", None) for person, choice in said]
    stranger = ballots.Cast(member("Bob"), other, {"choice": "agree"}, "", "", None)
    problems = ballots._write([*casts, stranger, ballots.Cast(people[0], other, {"choice": "agree"}, "", "", None)])
    assert [type(problem).__name__ for problem in problems] == [
        *("NoneType", "Invalid", "NoneType", "NoneType"),
        *("Refused", "NoneType"),
    ]
    assert kept(proposal)[0] == {"agree": 1, "abstain": 0, "disagree": 1, "block": 0}
    assert kept(other)[0]["agree"] == 1
    assert (Proposal.get_by_id(proposal.id).voters_count, Proposal.get_by_id(proposal.id).revision) == (2, 3)
    assert BallotChange.select().count() == 1
    assert JournalLine.select().where(JournalLine.verb == "vote.cast").count() == 4


def test_one_person_on_two_telephones_has_one_ballot(site):
    proposal, alice = put(), member("Alice")
    at_once(*(partial(actions.vote, alice, proposal, {"choice": choice}) for choice in ("agree", "disagree")))
    assert (Ballot.select().count(), BallotChange.select().count()) == (1, 1)
    assert sum(kept(proposal)[0].values()) == 1


def test_a_vote_is_closed_once_by_many_readers(site):
    proposal = put()
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        at_once(*[partial(actions.close, proposal)] * 4)
    assert JournalLine.select().where(JournalLine.verb == "proposal.closed").count() == 1
    assert Proposal.get_by_id(proposal.id).revision == 1


def test_a_page_asks_as_many_questions_for_200_ballots_as_for_20(site, guest, queries_made):
    proposal = put()
    seen = []
    for number in (20, 200):
        fill(proposal, number)
        queries_made.clear()
        assert guest.get(f"/p/{proposal.key}").status_code == 200
        seen.append(len(queries_made))
    assert seen[0] == seen[1] <= 10


def fill(proposal: Proposal, number: int) -> None:
    """So many ballots with a reason, of people who have since left."""
    names = [f"silex{number}n{i}" for i in range(number)]
    Account.insert_many([{"username": name, "username_key": name, "password_hash": HASH} for name in names]).execute()
    voters = Account.select(Account.id).where(Account.username.in_(names))
    said = {"proposal": proposal.id, "reason": "Oui.", "reason_html": "<p>Oui.</p>", "renderer": 1}
    Ballot.insert_many([{**said, "voter": voter.id} for voter in voters]).execute()
    (agree, *_) = queries.options_of(proposal)
    ballots = Ballot.select().where(Ballot.voter.in_(voters))
    Mark.insert_many([{"ballot": ballot.id, "option": agree.id, "value": 1} for ballot in ballots]).execute()


def test_a_list_asks_as_many_questions_for_20_proposals_as_for_2(site, queries_made):
    alice, seen = member("Alice"), []
    for number in (2, 20):
        for i in range(number):
            proposal = put(title=f"Proposition {number} {i}")
            actions.vote(alice, proposal, {"choice": "agree"})
        queries_made.clear()
        cards = queries.open_for(alice)
        assert all(card.mine == ["D’accord"] and card.options[0].count == 1 for card in cards)
        assert {card.proposal.group.handle for card in cards} == {"insoumis-087"}
        seen.append(len(queries_made))
    assert seen[0] == seen[1] == 3
