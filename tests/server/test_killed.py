"""A site that is killed in the middle keeps each act it has acknowledged, once, and nothing by halves."""

import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import quote

import pytest

from tests.server.running import RunningSite, wait_until
from tests.server.visitor import Answer, Visitor

GROUP = "insoumis-087"
MEMBERS = 5
CHOICES = ("agree", "abstain", "disagree")
# Words that no other text holds, one a comment, so that search can be asked for each.
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu")


@dataclass
class Member:
    """A member at work: what they sent, and what the site acknowledged."""

    number: int
    visitor: Visitor
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    voted: list[str] = field(default_factory=list)
    attempted: list[str] = field(default_factory=list)
    failed: list[Answer] = field(default_factory=list)

    def work(self, discussion: str, proposal: str) -> None:
        """Vote, comment and open discussions until the site no longer answers."""
        try:
            for turn in range(1_000):
                self.vote(proposal, CHOICES[(self.number + turn) % 3])
                self.say(discussion, word(self.number, turn))
                if turn % 5 == 0:
                    self.open(word(self.number + MEMBERS, turn))
        except (OSError, HTTPException):
            return

    def vote(self, proposal: str, choice: str) -> None:
        self.attempted.append(choice)
        self.note(self.voted, choice, self.visitor.vote(proposal, choice))

    def say(self, discussion: str, text: str) -> None:
        self.asked.append(text)
        self.note(self.said, text, self.visitor.say(discussion, text))

    def open(self, title: str) -> None:
        self.note(self.opened, title, self.visitor.post(f"/g/{GROUP}/discussions/nouvelle", title=title, body=title))

    def note(self, acknowledged: list[str], what: str, answer: Answer) -> None:
        (acknowledged.append(what) if answer.status < 400 else self.failed.append(answer))

    def has_acted(self) -> bool:
        return bool(self.voted and self.said and self.opened)


@pytest.fixture(params=range(2), ids="death {}".format)
def survivors(request, run) -> "Survivors":
    """What five members were doing when everything was killed, and the site started again on the same files."""
    site = run(WEB_WORKERS="2")
    survivors = Survivors(site)
    survivors.work_until_killed(random.uniform(0.0, 2.0))
    site.start()
    return survivors


class Survivors:
    """A group with a discussion and a proposal, its members at work, and what the files hold afterwards."""

    def __init__(self, site: RunningSite):
        self.site = site
        founder = site.visitor().sign_up("Fondatrice")
        founder.found("Haute-Vienne", GROUP, "087")
        self.discussion = founder.open(GROUP, "Le marché", "Qui vient ?")
        self.proposal = founder.propose(GROUP, "Tenir un stand")
        self.members = [self.enter(number) for number in range(MEMBERS)]

    def enter(self, number: int) -> Member:
        return Member(number, self.site.visitor().sign_up(f"Pierre{number}", GROUP))

    def work_until_killed(self, seconds: float) -> None:
        threads = [threading.Thread(target=each.work, args=(self.discussion, self.proposal)) for each in self.members]
        for thread in threads:
            thread.start()
        wait_until(lambda: all(each.has_acted() for each in self.members), 30, "somebody could not act")
        time.sleep(seconds)
        self.site.kill()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()

    def rows(self, query: str, *values) -> list[tuple]:
        with self.site.database() as connection:
            return connection.execute(query, values).fetchall()


def test_what_was_acknowledged_is_there_once_and_is_found(survivors):
    comments = [body for (body,) in survivors.rows("select body from comment")]
    titles = [title for (title,) in survivors.rows("select title from discussion")]
    for member in survivors.members:
        assert not member.failed
        for text in member.asked:
            assert comments.count(text) <= 1, f"{text} stands there twice"
        assert set(member.said) <= set(comments)
        assert all(titles.count(title) == 1 for title in member.opened)
    check_ballots(survivors)
    check_nothing_by_halves(survivors)
    check_search(survivors)


def check_ballots(survivors: Survivors) -> None:
    """One ballot a member, with their last acknowledged choice or, if it came through, the one sent after it."""
    query = """select account.username, option.name from ballot join account on account.id = ballot.voter_id
        join mark on mark.ballot_id = ballot.id join option on option.id = mark.option_id where mark.value > 0"""
    cast = survivors.rows(query)
    assert len(cast) == len(survivors.members)
    chosen = dict(cast)
    for member in survivors.members:
        assert chosen[f"Pierre{member.number}"] in {member.voted[-1], member.attempted[-1]}


def check_nothing_by_halves(survivors: Survivors) -> None:
    """The counts that are kept are those that counting anew gives; the file itself is whole."""
    assert survivors.rows("pragma integrity_check") == [("ok",)]
    assert survivors.rows("pragma foreign_key_check") == []
    kept = survivors.rows("select name, count from option order by name")
    counted = survivors.rows(
        "select option.name, count(mark.id) from option left join mark on mark.option_id = option.id and mark.value > 0"
        " group by option.name order by option.name"
    )
    assert kept == counted
    assert survivors.rows("select voters_count from proposal") == survivors.rows("select count(*) from ballot")
    assert not survivors.rows("select id from ballot where id not in (select ballot_id from mark)")
    wrong = "select comments_count, (select count(*) from comment where discussion_id = discussion.id) as there"
    assert not survivors.rows(f"select * from ({wrong} from discussion) where comments_count <> there")
    told = "select count(*) from journal_line where verb = ?"
    assert survivors.rows(told, "comment.posted") == survivors.rows("select count(*) from comment")
    assert survivors.rows(told, "discussion.opened") == survivors.rows("select count(*) from discussion")


def check_search(survivors: Survivors) -> None:
    """The last comment and discussion of each member are found soon, whatever the index was doing when it died."""
    reader = survivors.site.visitor()
    for member in survivors.members:
        for text in (member.said[-1], member.opened[-1]):
            path = f"/recherche.json?q={quote(text)}"
            wait_until(lambda path=path: reader.json(path)["results"], 10, f"{text} is not found")


def word(number: int, turn: int) -> str:
    """A word of its own for each member and turn."""
    return "z" + "".join(SYLLABLES[int(digit)] for digit in f"{number}{turn:03d}") + "k"
