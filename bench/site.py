"""The real site with its worker, on a free port and a database of its own that holds the demonstration."""

import logging
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

import app as application
from bench import processes
from bench.client import Browser
from forum import config
from forum.accounts.models import Account
from forum.database.clock import at, now
from forum.database.connection import database
from forum.database.transactions import transaction
from forum.demo import load as demo
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.groups.models import Group, Membership
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.server import supervisor

COMMENTS = 20
# About as long as people write: the size of the posts that peers were measured with.
LENGTH = 400
CSRF = "b" * 40


@dataclass
class Site:
    """A site that runs: where it listens, its processes, and its database, open in this process too."""

    app: Flask
    settings: config.Config
    folder: Path
    environ: dict[str, str]
    web: int
    worker: int

    def browser(self, member: Account | None = None) -> Browser:
        """A browser, signed in as this member or, without one, as nobody. No password is hashed for it."""
        return Browser(self.settings.port, self._cookie(member) if member else "")

    def vote(self, browser: Browser, proposal: Proposal, choice: str):
        """Press the button of this choice, as a page without scripts would."""
        return browser.post(f"/p/{proposal.key}/vote", {"choice": choice, "reason": "", "csrf_token": self.token})

    @cached_property
    def token(self) -> str:
        """The token of the forms of every session made here."""
        return URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(CSRF)

    def members(self, group: Group, count: int) -> list[Account]:
        """So many new members of a group, who cannot sign in."""
        first, moment = Account.select().count(), now()
        names = [f"coquelicot{number}" for number in range(first, first + count)]
        rows = [{"username": name, "username_key": name, "password_hash": "!"} for name in names]
        with transaction():
            Account.insert_many(rows).execute()
            made = list(Account.select().where(Account.username_key.in_(names)))
            Membership.insert_many(
                [{"group": group.id, "member": account.id, "created_at": moment} for account in made]
            ).execute()
            Group.update(members_count=Group.members_count + count).where(Group.id == group.id).execute()
        return made

    def proposal(self, group: Group, title: str) -> Proposal:
        """A proposal of this group, open for a week."""
        return proposals.propose(_animator(group), group, proposals.Draft(title=title, body=_text(0)))

    @cached_property
    def group(self) -> Group:
        """The demonstration's group of the Haute-Vienne."""
        return Group.get(Group.handle == "insoumis-087")

    @cached_property
    def pages(self) -> dict[str, str]:
        """The pages measured, by name."""
        return {
            "home": "/",
            "directory": "/groupes?q=87",
            "group": f"/g/{self.group.handle}",
            "discussion": self.discussion().address,
            "proposal": f"/p/{self._told_proposal().key}",
        }

    def discussion(self) -> Discussion:
        """A discussion of 20 comments of some 400 characters, made once, by as many members as there are."""
        talk = Discussion.get_or_none(Discussion.title == "Vingt messages sur le jardin partagé")
        return talk or self._discuss()

    def _discuss(self) -> Discussion:
        people = list(islice(cycle(_members(self.group)), COMMENTS))
        title, begun = "Vingt messages sur le jardin partagé", now() - timedelta(hours=30)
        with transaction(), at(begun):
            talk = discussions.open(people[0], self.group, title, _text(0))
        for number, author in enumerate(people, start=1):
            with transaction(), at(begun + timedelta(hours=number)):
                discussions.comment(author, talk, _text(number))
        return Discussion.get_by_id(talk.id)

    def _told_proposal(self) -> Proposal:
        """The demonstration's proposal of the group with most voters, among those still open."""
        running = Proposal.select().where(Proposal.group == self.group.id, Proposal.closes_at > now())
        return running.order_by(Proposal.voters_count.desc()).get()

    def _cookie(self, member: Account) -> str:
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return "session=" + signer.dumps({"_user_id": member.get_id(), "_fresh": True, "csrf_token": CSRF})


@contextmanager
def running(
    fill: Callable[[], None] | None = None, database_url: str = "", folder: Path | None = None
) -> Iterator[Site]:
    """The site until the block ends; then its processes are ended and its files deleted.

    `fill` writes more content once the demonstration is there. A `database_url` is of PostgreSQL, searched by itself.
    A `folder` is kept, and filled once.
    """
    logging.disable(logging.INFO)
    with nullcontext(folder) if folder else tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        known = (Path(name) / "forum.db").exists()
        environ = _environ(Path(name)) | (
            {"DATABASE_URL": database_url, "SEARCH_URL": "postgresql:"} if database_url else {}
        )
        settings = config.read(environ)
        app = application.create_app(settings)
        with app.app_context():
            supervisor.prepare(settings)
            if fill and not known:
                fill()
        with (
            processes.started(supervisor.web_command(settings), environ) as web,
            processes.started(supervisor.worker_command(), environ) as worker,
            database.connection_context(),
        ):
            processes.wait_for(settings.port, "/healthz")
            yield Site(app, settings, Path(name), os.environ | environ, web, worker)
        database.close_all()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environ(folder: Path) -> dict[str, str]:
    return {
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "DATABASE_URL": f"sqlite:///{folder / 'forum.db'}",
        "SEARCH_URL": f"whoosh:{folder / 'index'}",
        "SECRET_KEY": "a secret for benchmarks only",
        "RATE_LIMITS": "0",
        "DEMO": "1",
        "WEB_WORKERS": "2",
    }


def _members(group: Group) -> list[Account]:
    belong = Membership.select(Membership.member).where(Membership.group == group.id)
    return list(Account.select().where(Account.id.in_(belong), Account.username_key != "demo").order_by(Account.id))


def _animator(group: Group) -> Account:
    row = Membership.get(Membership.group == group.id, Membership.role == "animator")
    return Account.get_by_id(row.member_id)


def _text(number: int) -> str:
    """Words of the demonstration's own discussions, another beginning for each number."""
    talks: list[dict[str, Any]] = demo.Loader(now()).discussions
    words = " ".join(said["body"] for talk in talks for said in talk.get("comment", ())).split()
    text, place = "", number * 53
    while len(text) < LENGTH:
        text += words[place % len(words)] + " "
        place += 1
    return text.strip()
