"""Votes a second through HTTP on one proposal, and whether each acknowledged one is counted, once."""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.client import Browser, together
from bench.figures import Figure, number, p50, p95, within
from bench.site import Site
from forum.accounts.models import Account
from forum.database.connection import database
from forum.proposals import actions
from forum.proposals.models import Ballot, Mark, Option, Proposal

CONNECTIONS = 32
MEMBERS = 1_600
SECONDS = 10
CHOICES = ("agree", "abstain", "disagree")
# Votes in a row with one setting of the disk, before the other's turn.
BLOCK, BLOCKS = 50, 4


class Line:
    """One connection's share of the members, who vote in turn and then change their minds; what was acknowledged."""

    def __init__(self, site: Site, proposal: Proposal, members: list[Account]):
        self.site, self.proposal = site, proposal
        self.browsers = [(account.id, _of(site, account)) for account in members]
        self.said: dict[int, str] = {}
        self.times: list[float] = []
        self.refused: list[int] = []

    def vote_until(self, end: float) -> None:
        line = Browser(self.site.settings.port)
        for choice in itertools.cycle(CHOICES):
            for member_id, headers in self.browsers:
                if time.perf_counter() >= end:
                    return
                line.headers = headers
                self._vote(line, member_id, choice)

    def _vote(self, line: Browser, member_id: int, choice: str) -> None:
        begun = time.perf_counter()
        status = self.site.vote(line, self.proposal, choice).status
        if status == 303:
            self.said[member_id] = choice
            self.times.append((time.perf_counter() - begun) * 1000)
        else:
            self.refused.append(status)


def measure(site: Site) -> Iterator[Figure]:
    """Ten seconds of voting on as many connections, then the count in the database."""
    proposal = site.proposal(site.group, "Ouvrir le local le samedi matin")
    members = site.members(site.group, MEMBERS)
    lines = [Line(site, proposal, members[start::CONNECTIONS]) for start in range(CONNECTIONS)]
    begun = time.perf_counter()
    together([lambda line=line: line.vote_until(begun + SECONDS) for line in lines])
    taken, times = time.perf_counter() - begun, [each for line in lines for each in line.times]
    yield Figure(f"votes acknowledged a second, {CONNECTIONS} connections", f"{len(times) / taken:.0f}")
    yield Figure("vote, p50 / p95", f"{p50(times):.0f} / {p95(times):.0f} ms")
    yield within("votes refused (a locked database, any error)", sum(len(line.refused) for line in lines), 0)
    yield _counted(proposal, {member: choice for line in lines for member, choice in line.said.items()}, len(times))
    yield from _disk(site, members)


def _of(site: Site, account: Account) -> dict[str, str]:
    return site.browser(account).headers


def _counted(proposal: Proposal, said: dict[int, str], acknowledged: int) -> Figure:
    """Each member's last acknowledged vote is the one ballot kept, and the tally shows these ballots."""
    rows = Mark.select(Ballot.voter_id, Option.name).join(Ballot).join_from(Mark, Option)
    kept = list(rows.where(Ballot.proposal == proposal.id).order_by(Ballot.voter).tuples())
    shown = {option.name: option.count for option in Option.select().where(Option.proposal == proposal.id)}
    tallied = {name: sum(choice == name for choice in said.values()) for name in shown}
    voters = Proposal.get_by_id(proposal.id).voters_count
    right = kept == sorted(said.items()) and shown == tallied and voters == len(said)
    measured = (
        f"{number(acknowledged)} votes of {number(len(said))} members, {'all' if right else 'NOT ALL'} counted once"
    )
    return Figure("votes acknowledged and counted", measured, "all", right)


def _disk(site: Site, members: list[Account]) -> Iterator[Figure]:
    """What waiting for the disk costs a vote: the same act in this process, by turns with and without that wait."""
    proposal = site.proposal(site.group, "Ouvrir le local le dimanche matin")
    voters = iter(members)
    taken: dict[str, list[float]] = {"FULL": [], "NORMAL": []}
    for _ in range(BLOCKS):
        for setting, times in taken.items():
            database.execute_sql(f"PRAGMA synchronous={setting}")
            times.extend(
                _timed(lambda: actions.vote(next(voters), proposal, {"choice": "agree"})) for _ in range(BLOCK)
            )
    database.execute_sql("PRAGMA synchronous=FULL")
    full, normal = p50(taken["FULL"]), p50(taken["NORMAL"])
    share = f"{max(0, 1 - normal / full):.0%} of a vote's time (p50 {full:.1f} ms, without {normal:.1f} ms)"
    yield Figure("the wait for the disk (synchronous FULL, NORMAL)", share)
    yield Figure("one fsync of 4 kB where the database lies", f"{_fsync(site.folder):.2f} ms")


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _fsync(folder: Path) -> float:
    with (folder / "fsync").open("wb", buffering=0) as file:
        return p50([_timed(lambda: (file.write(bytes(4096)), os.fsync(file.fileno()))) for _ in range(50)])
