"""Load the demonstration: everything goes through the members' own actions, each at its moment in the past."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from forum import limits
from forum.accounts import passwords, pseudonyms
from forum.accounts.models import Account
from forum.database.clock import at, now
from forum.database.connection import connected
from forum.database.transactions import transaction
from forum.demo.contests import Contest
from forum.demo.lots import Lot
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
from forum.groups import actions as groups
from forum.groups.models import Group, Membership
from forum.groups.queries import taken_by
from forum.initiatives import actions as initiatives
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.text import dates

FOLDER = Path(__file__).parent
THRESHOLDS = {"": "none", "majorite": "majority", "consentement": "consent", "2/3": "2/3", "4/5": "4/5"}
# Groups are older than anything said in them.
FOUNDED = timedelta(days=90)
NOBODYS_PASSWORD = "!"  # noqa: S105  no hash: nobody signs in as a member of the cast

# A table of the TOML files; README.md says what stands in it.
TomlTable = dict[str, Any]
Step = tuple[datetime, int, Callable[[], Any]]


def load() -> bool:
    """Load all of it in one transaction; False, and nothing done, when it is there already."""
    with connected(), transaction(), limits.lifted():
        if Account.select().where(Account.username_key == "demo").exists() or taken_by("insoumis"):
            return False
        Loader(now()).run()
        return True


def _read(name: str) -> TomlTable:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


class Loader:
    """What is loaded so far, by name, and the events still to happen, in their order in time."""

    def __init__(self, today: datetime):
        self.today = today
        self.cast = _read("members")
        self.groups = {row["handle"]: row for row in _read("groups")["group"]}
        self.discussions = _read("discussions")["discussion"]
        self.proposals = _read("proposals")["proposal"]
        self.initiatives = _read("initiatives")["initiative"]
        self.draws = _read("draws")["draw"]
        self.calls = _read("candidacies")["call"]
        self.people: dict[str, Account] = {}
        self.rows: dict[str, Group] = {}
        self.threads: dict[str, Discussion] = {}
        self.comments: dict[tuple[str, int], Comment] = {}
        self.votes: dict[str, Proposal] = {}

    def run(self) -> None:
        """Let everything happen, the oldest first."""
        for name in [*self.cast["names"], self.cast["visitor"]]:
            self.people[name] = self.arrive(name)
        events = [*self.foundings(), *self.talks(), *self.ballots(), *self.plans(), *self.lots(), *self.contests()]
        for moment, _, happen in sorted(events, key=lambda event: event[:2]):
            with at(moment):
                happen()

    def arrive(self, name: str) -> Account:
        """A member of the cast, whom nobody can sign in as; the visitor's password is shown on the sign-in page."""
        visitor = name == self.cast["visitor"]
        return Account.create(
            username=name,
            username_key=pseudonyms.key(name),
            password_hash=passwords.make_hash(name) if visitor else NOBODYS_PASSWORD,
            demo=True,
            created_at=self.today - FOUNDED,
        )

    def before(self, **past: float) -> datetime:
        """The moment so long ago."""
        return self.today - timedelta(**past)

    def hour(self, hours_from_now: float) -> datetime:
        """The whole hour so far from now, as people set it; in the past for what is over."""
        exact = self.today + timedelta(hours=hours_from_now)
        whole = exact.replace(minute=0, second=0, microsecond=0)
        return whole + timedelta(hours=1) if hours_from_now > 0 else whole

    def foundings(self) -> Iterator[Step]:
        """Each group with its members."""
        for number, row in enumerate(self.groups.values()):
            yield self.today - FOUNDED, number, partial(self.found, row)

    def found(self, row: TomlTable) -> None:
        founder = self.people[row["animators"][0]]
        self.rows[row["handle"]] = groups.create(
            founder,
            groups.GroupSettings(row["name"], row["description"], tuple(row["tags"])),
            row["handle"],
            row["place"],
        )
        self.enter(self.rows[row["handle"]], row)

    def enter(self, group: Group, row: TomlTable) -> None:
        """The members, in one insert: a thousand joinings one by one would be half of the loading."""
        names = [name for name in self.members_of(row) if name != row["animators"][0]]
        Membership.insert_many(
            {
                "group": group.id,
                "member": self.people[name].id,
                "role": "animator" if name in row["animators"] else "member",
                "created_at": self.today - FOUNDED + timedelta(hours=1 + rank * 7),
            }
            for rank, name in enumerate(names)
        ).execute()
        Group.update(members_count=len(names) + 1).where(Group.id == group.id).execute()

    def members_of(self, row: TomlTable) -> list[str]:
        """Who belongs: the animators, all who write there, then others in turn up to the size told."""
        start = list(self.groups).index(row["handle"]) * 7
        others = islice(cycle(self.cast["names"]), start, start + len(self.cast["names"]))
        names = dict.fromkeys([*row["animators"], *self.voices(row["handle"]), *others])
        visitor = [self.cast["visitor"]] if row["handle"] in self.cast["visitor_groups"] else []
        return [*list(names)[: row["members"]], *visitor]

    def voices(self, handle: str) -> Iterator[str]:
        """Everybody who writes in a group."""
        for talk in self.discussions:
            if talk["group"] == handle:
                yield talk["author"]
                yield from (said["author"] for said in talk.get("comment", ()))
        for row in self.proposals:
            if row["group"] == handle:
                yield row["author"]
                yield from (reason["author"] for reason in row.get("reason", ()))
        yield from (row["author"] for row in self.initiatives if row["group"] == handle)

    def talks(self) -> Iterator[Step]:
        """Each discussion and its comments."""
        for talk in self.discussions:
            yield self.before(days=talk["days_ago"]), 0, partial(self.open, talk)
            for number, said in enumerate(talk.get("comment", ())):
                yield self.before(days=said["days_ago"]), number + 1, partial(self.say, talk, number, said)

    def open(self, talk: TomlTable) -> None:
        author, group = self.people[talk["author"]], self.rows[talk["group"]]
        self.threads[talk["title"]] = discussions.open(author, group, talk["title"], talk["body"], talk["tags"])

    def say(self, talk: TomlTable, number: int, said: TomlTable) -> None:
        answered = self.comments.get((talk["title"], said.get("reply_to", -1)))
        self.comments[talk["title"], number] = discussions.comment(
            self.people[said["author"]],
            self.threads[talk["title"]],
            said["body"],
            parent=answered.key if answered else "",
        )

    def ballots(self) -> Iterator[Step]:
        """Each proposal, its votes spread over the time it was open, and its closing when that has passed."""
        for row in self.proposals:
            opened, closes = self.before(days=row["opened_days_ago"]), self.hour(row["closes_in_hours"])
            yield opened, 1_000, partial(self.propose, row, closes)
            cast = list(self.choices(row))
            step = (min(closes, self.today) - opened) / (len(cast) + 1)
            for rank, (name, ballot) in enumerate(cast, start=1):
                yield opened + rank * step, 1_000 + rank, partial(self.vote, row, name, ballot)
            if closes <= self.today:
                yield closes, 10_000, partial(self.close, row)

    def choices(self, row: TomlTable) -> Iterator[tuple[str, dict[str, str]]]:
        """Who votes what: first those who give a reason, then other members up to the counts told."""
        left = dict(row["votes"])
        reasons = row.get("reason", ())
        for reason in reasons:
            left[reason["choice"]] -= 1
            yield reason["author"], {"choice": reason["choice"], "reason": reason["text"]}
        spoken = {reason["author"] for reason in reasons} | {self.cast["visitor"]}
        silent = (name for name in self.members_of(self.groups[row["group"]]) if name not in spoken)
        for choice, number in left.items():
            for name in islice(silent, number):
                yield name, {"choice": choice}

    def propose(self, row: TomlTable, closes: datetime) -> None:
        draft = proposals.Draft(
            title=row["title"],
            body=row["body"],
            closes_at=closes.isoformat(),
            terms=self.terms(row),
            tag_names=tuple(row["tags"]),
            settings={"threshold": THRESHOLDS[row["threshold"]]},
        )
        talk = self.threads.get(row.get("discussion", ""))
        self.votes[row["title"]] = proposals.propose(self.people[row["author"]], self.rows[row["group"]], draft, talk)

    def terms(self, row: TomlTable) -> proposals.Terms:
        """Those told; the vote opens at once unless it is told in how many days, in the evening."""
        days = row.get("opens_in_days")
        opens = proposals.evening(days, self.today).isoformat() if days else ""
        return proposals.Terms(opens_at=opens, **row.get("terms", {}))

    def vote(self, row: TomlTable, name: str, ballot: dict[str, str]) -> None:
        proposals.vote(self.people[name], self.votes[row["title"]], ballot)

    def close(self, row: TomlTable) -> None:
        proposals.close(self.votes[row["title"]])

    def plans(self) -> Iterator[Step]:
        """Each initiative, and those who come."""
        for number, row in enumerate(self.initiatives):
            yield self.before(days=2), 20_000 + number, partial(self.plan, row)

    def lots(self) -> Iterator[Step]:
        """Each draw, step by step."""
        for row in self.draws:
            names = [name for name in self.members_of(self.groups[row["group"]]) if name != self.cast["visitor"]]
            lot = Lot(row, names, self.people)
            for rank, (moment, happen) in enumerate(
                lot.steps(self.today, partial(self.rows.__getitem__, row["group"]))
            ):
                yield moment, 30_000 + rank, happen

    def contests(self) -> Iterator[Step]:
        """Each call for candidacies, step by step."""
        for row in self.calls:
            names = [name for name in self.members_of(self.groups[row["group"]]) if name != self.cast["visitor"]]
            contest = Contest(row, names, self.people, self.today)
            steps = contest.steps(partial(self.rows.__getitem__, row["group"]))
            for rank, (moment, happen) in enumerate(steps):
                yield moment, 40_000 + rank, happen

    def plan(self, row: TomlTable) -> None:
        day = (self.today + timedelta(days=row["in_days"])).astimezone(dates.PARIS).date()
        plan = initiatives.Plan(
            title=row["title"],
            starts_at=f"{day}T{row['from']}",
            ends_at=f"{day}T{row['to']}" if row["to"] else "",
            place=row["place"],
            body=row["body"],
            seats=str(row["seats"] or ""),
            help_wanted=row["help_wanted"],
        )
        meeting = initiatives.plan(self.people[row["author"]], self.rows[row["group"]], plan)
        names = (name for name in self.members_of(self.groups[row["group"]]) if name != row["author"])
        others = [name for name in names if name != self.cast["visitor"]]
        for rank, name in enumerate(others[: row["coming"]]):
            initiatives.take_part(self.people[name], meeting, helps=rank < row["helping"])
