"""The closing while voices come in from several processes, which die: each voice acknowledged is counted."""

import signal
import subprocess
import sys
from datetime import timedelta

import time_machine

from forum.config import ROOT
from forum.database.clock import now
from forum.proposals import actions, queries
from forum.proposals.models import Ballot, Proposal
from tests.proposals.ballots import newcomers, put

# Votes for one person after another until it is refused, then dies as by a power cut; says who was acknowledged.
VOTER = """
import os, signal, sys, app
from forum.accounts.models import Account
from forum.database.connection import database
from forum.errors import Refused
from forum.proposals import actions
from forum.proposals.models import Proposal
app.create_app()
with database.connection_context():
    proposal = Proposal.get()
    people = list(Account.select().where(Account.username.in_(sys.argv[1:])))
    print("ready", flush=True)
    while True:
        for person in people:
            for choice in ("agree", "abstain"):
                try:
                    actions.vote(person, proposal, {"choice": choice})
                except Refused:
                    os.kill(os.getpid(), signal.SIGKILL)
                print(person.id, choice, flush=True)
"""


def voter(url: str, folder, names: list[str]) -> subprocess.Popen:
    environ = {"DATABASE_URL": url, "SEARCH_URL": f"whoosh:{folder}/index", "SECRET_KEY": "a secret for tests only"}
    # A quick machine votes oftener in a second than people may in a minute.
    environ |= {"RATE_LIMITS": "0", "PATH": ""}
    command = [sys.executable, "-c", VOTER, *names]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def test_each_voice_acknowledged_is_in_the_result_and_no_other(site, tmp_path):
    names = [person.username for person in newcomers(6)]
    proposal, url = put(), site.app.config["SETTINGS"].database_url
    voters = [voter(url, tmp_path, names[:3]), voter(url, tmp_path, names[3:])]
    for each in voters:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    Proposal.update(closes_at=now() + timedelta(seconds=1)).where(Proposal.id == proposal.id).execute()
    while actions.close(proposal).closed_at is None:
        pass
    said = [line.split() for each in voters for line in each.communicate(timeout=60)[0].splitlines()]
    assert [each.returncode for each in voters] == [-signal.SIGKILL] * 2
    last = {int(person): choice for person, choice in said}
    kept = {voice.ballot.voter_id: next(iter(voice.marks)) for voice in queries.every_voice(proposal)}
    assert kept == last
    closing = queries.last_closing(proposal)
    assert closing is not None
    assert closing.record.count("\r\nballot,") == len(kept)
    assert site.app.test_cli_runner().invoke(args=["recount", proposal.key]).exit_code == 0


def test_a_clock_set_back_does_not_open_a_closed_vote(site, alice):
    proposal = put()
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        actions.close(proposal)
    # The machine's clock goes back before the hour: what was noted stays noted.
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 403
    assert Ballot.select().count() == 0


def test_nobody_is_alive_at_the_hour_and_the_first_reader_days_later_finds_it_closed_at_its_hour(site, guest):
    people, proposal = newcomers(2), put()
    actions.vote(people[0], proposal, {"choice": "agree"})
    with time_machine.travel(proposal.closes_at + timedelta(days=3)):
        newcomers(3, start=10)
        told = guest.get(f"/p/{proposal.key}.json").json
    # Those who came in since are none of its electorate: two newcomers, and Alice.
    assert (told["state"], told["voters_count"], told["eligible_count"]) == ("closed", 1, 3)
