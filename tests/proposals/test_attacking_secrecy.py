"""An attacker has the database's file, its log and the site's key, and wants to know who said what in a secret vote.

They try what a file tells beside its rows: the order in which cells lie in their pages, what was deleted and can still
be read, the log of what was written, the transactions that wrote each row, its place. Every ballot is unlike the
others, so that a pair once joined is a person unmasked; chance alone joins one pair in all, however many there are.
"""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import time_machine

from forum.accounts.models import Account
from forum.database.connection import database, is_postgresql
from forum.database.select import tuples
from forum.groups.models import Membership
from forum.proposals import actions, secrecy
from forum.proposals.models import Proposal, SecretBallots, SecretParticipant, SecretUrn, SecretVote
from tests.proposals.ballots import newcomers, put
from tests.world import group

VOTERS = 24
# Joined by chance: one pair on average; so many or more, once in fifty million such votes.
LUCK = 11


def vote_in_secret(chance: Random) -> tuple[Proposal, dict[str, str], dict[int, str]]:
    """A vote in which each ballot ranks five options otherwise: the proposal, what is true (mark -> said), and by
    account. All have voted, in an order that is neither that of the accounts nor that of anything said."""
    options = "\n".join(f"Lieu {letter}" for letter in "ABCDE")
    proposal = put(terms=actions.Terms(secret=True), method="ranked", options=options)
    people = newcomers(VOTERS)
    orders = chance.sample(list(itertools.permutations(range(1, 6))), VOTERS)
    chance.shuffle(people)
    said = {}
    for person, order in zip(people, orders, strict=True):
        ballot = {f"option-{name}": str(rank) for name, rank in enumerate(order, 1)}
        actions.vote(person, proposal, {**ballot, "sure": "1"})
        said[person.id] = secrecy.written({str(name): rank for name, rank in enumerate(order, 1)})
    return proposal, {secrecy.mark_of(proposal, account): words for account, words in said.items()}, said


def files() -> dict[str, bytes]:
    path = Path(database.obj.database)
    return {end: Path(f"{path}{end}").read_bytes() for end in ("", "-wal") if Path(f"{path}{end}").exists()}


def lie_in_order(held: bytes, words: Sequence[str]) -> list[str]:
    """These words in the order in which they lie in the bytes, from the end of a page to its beginning: cells are put
    in downwards."""
    places = {word: held.rfind(word.encode()) for word in words}
    return sorted((word for word, place in places.items() if place >= 0), key=lambda word: -places[word])


def joined(pairs: Iterator[tuple[str, str]], truth: dict[str, str]) -> int:
    return sum(truth.get(mark) == said for mark, said in pairs)


def attacks(truth: dict[str, str]) -> dict[str, int]:
    """How many ballots each attack joins to the mark of their person."""
    marks, ballots = list(truth), list(truth.values())
    if is_postgresql():
        found = {}
        for sign in ("xmin::text::bigint", "ctid"):
            rows = [
                [row[0] for row in database.execute_sql(f"select {column} from {table} order by {sign}").fetchall()]
                for table, column in (("secret_vote", "mark"), ("secret_ballots", "said"))
            ]
            found[sign] = joined(zip(*rows, strict=False), truth)
        pairs = database.execute_sql(
            "select v.mark, b.said from secret_vote v join secret_ballots b on v.xmin::text = b.xmin::text"
        ).fetchall()
        by_transaction = {mark: [said for other, said in pairs if other == mark] for mark, _ in pairs}
        alone = ((mark, said[0]) for mark, said in by_transaction.items() if len(said) == 1)
        return {**found, "transactions": joined(alone, truth)}
    found = {}
    for end, held in files().items():
        found[f"order in {end or 'the file'}"] = joined(
            zip(lie_in_order(held, marks), lie_in_order(held, ballots), strict=False), truth
        )
        frames = [held[start : start + 4120] for start in range(0, len(held), 4120)] if end else []
        found[f"frames of {end or 'the file'}"] = sum(
            mark.encode() in frame and said.encode() in other
            for mark, said in truth.items()
            for frame, other in itertools.pairwise(frames)
        )
    return found


def traces(words: Sequence[str]) -> int:
    """How many of these words can be read anywhere in the file or its log."""
    held = b"".join(files().values())
    return sum(word.encode() in held for word in words)


def test_the_attack_works_where_nothing_was_shaken(site):
    """Else it would prove nothing: as ballots come, the log and the transactions tell."""
    _, truth, _ = vote_in_secret(Random(87))
    assert max(attacks(truth).values()) >= VOTERS * 2 // 3


def test_once_an_urn_is_shaken_nothing_tells_more_than_chance(site):
    _, truth, _ = vote_in_secret(Random(23))
    actions.shake_all_due.call_local()
    assert max(attacks(truth).values()) <= LUCK
    assert [urn.shaken for urn in SecretUrn.select()] == [VOTERS]
    assert dict(tuples(SecretBallots.select(SecretBallots.said, SecretBallots.number))) == dict.fromkeys(
        truth.values(), 1
    )
    assert {mark for (mark,) in tuples(SecretVote.select(SecretVote.mark))} == set(truth)


def test_after_the_end_the_marks_are_nowhere_and_nobody_can_make_them_again(site):
    proposal, truth, _ = vote_in_secret(Random(19))
    key = SecretUrn.get().key
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        actions.close_all_due.call_local()
    assert Proposal.get_by_id(proposal.id).closed_at
    assert (SecretVote.select().count(), SecretUrn.select().count()) == (0, 0)
    assert sum(row.number for row in SecretBallots.select()) == VOTERS
    if not is_postgresql():
        assert traces(list(truth)) == 0, "marks can still be read"
        assert traces([key]) == 0, "the key of the vote can still be read"
    # Made again with the site's key alone they are others.
    account = Account.get(Account.username == "Galet0").id
    assert secrecy.mark_of(proposal, account) not in truth


def test_who_took_part_is_written_in_the_order_of_names_whatever_that_of_the_votes(site):
    proposal, _, said = vote_in_secret(Random(75))
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        actions.close_all_due.call_local()
    names = (
        SecretParticipant.select(Account.username)
        .join(Account)
        .order_by(database.obj.__class__ and SecretParticipant.member)
    )
    assert len(list(names)) == len(said)
    place = "ctid" if is_postgresql() else "rowid"
    joined_by_place = (
        "select username_key from secret_participant join account on account.id = member_id "
        f"order by secret_participant.{place}"
    )
    names = [name for (name,) in database.execute_sql(joined_by_place).fetchall()]
    assert names == sorted(names)
    assert len(names) == len(said)


def test_under_five_ballots_nothing_of_who_voted_stays(site):
    proposal = put(terms=actions.Terms(secret=True))
    for person in newcomers(4):
        actions.vote(person, proposal, {"choice": "agree", "sure": "1"})
    with time_machine.travel(proposal.closes_at + timedelta(minutes=1)):
        actions.close_all_due.call_local()
    assert SecretParticipant.select().count() == SecretVote.select().count() == 0
    assert Membership.select().where(Membership.group == group("insoumis-087")).count() >= 5


@pytest.mark.parametrize("reader", [False, True])
def test_an_urn_is_shaken_again_where_somebody_was_reading(site, reader):
    """A reader keeps the log from being emptied: it is tried again, and nothing is lost meanwhile."""
    _, truth, _ = vote_in_secret(Random(5))
    if reader and not is_postgresql():
        other = sqlite3.connect(database.obj.database)
        other.execute("begin")
        other.execute("select count(*) from secret_vote").fetchone()
        actions.shake_all_due.call_local()
        assert SecretUrn.get().shaken == 0
        other.close()
    actions.shake_all_due.call_local()
    assert SecretUrn.get().shaken == VOTERS
    assert max(attacks(truth).values()) <= LUCK
