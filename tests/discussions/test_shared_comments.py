"""Comments rendered once for many readers: to each what is theirs, and never older than a write, whoever wrote."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest

from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.connection import database
from forum.discussions import actions
from forum.discussions.models import Comment
from forum.groups import actions as groups
from forum.moderation import actions as moderation
from forum.text import dates
from forum.web.cache.fragments import MOST, FragmentCache
from tests import world

READERS = ("Alice", "Bob", "Charlie", "Modeste", "")
HOUR = timedelta(hours=1)


@pytest.fixture
def talk(site):
    alice, bob, home = world.member("Alice"), world.member("Bob"), world.group("insoumis-087")
    for person in (bob, world.member("Modeste")):
        groups.join(person, home)
    found = actions.open(alice, home, "Le pain", "Qui apporte le pain ?")
    first = actions.comment(bob, found, "Moi le seigle.")
    actions.comment(alice, found, "Et moi le sel.", parent=first.key)
    return found


@pytest.fixture
def first_worker(site, monkeypatch):
    """The memory of a worker, empty as it starts."""
    return another_worker(site, monkeypatch)


def another_worker(site, monkeypatch) -> FragmentCache:
    """From here on another worker answers."""
    monkeypatch.setitem(site.app.extensions, "fragments", FragmentCache(MOST))
    return site.app.extensions["fragments"]


def elsewhere(write) -> None:
    """Do this over a connection of its own, as another process would."""
    problems: list[BaseException] = []

    def work() -> None:
        try:
            with database.connection_context():
                write()
        except BaseException as problem:  # noqa: BLE001  raised again below
            problems.append(problem)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]


def comments_of(visitor, talk) -> str:
    page = visitor.get(f"/d/{talk.key}").text
    return re.search(r'<div id="comments".*?(?=<div id="more")', page, re.DOTALL)[0]


def of(name: str) -> Comment:
    """What this person said."""
    return Comment.get(Comment.author == world.member(name).id)


def hide() -> None:
    Comment.update(body_html="<p>Masqué : hors sujet.</p>", hidden_at=now()).where(Comment.id == of("Bob").id).execute()


WRITES = (
    lambda talk: actions.comment(world.member("Modeste"), talk, "J’arrive."),
    lambda talk: actions.edit_comment(world.member("Bob"), of("Bob"), "Moi l’épeautre."),
    lambda talk: moderation.block(world.member("Alice"), "Bob"),
    lambda talk: hide(),
    lambda talk: Account.update(username="Compte supprimé").where(Account.username == "Modeste").execute(),
    lambda talk: groups.leave(world.member("Bob"), talk.group),
    lambda talk: actions.close(world.member("Alice"), talk, "C’est dit."),
    lambda talk: Comment.delete().where(Comment.parent.is_null(False)).execute(),
)


def test_each_reader_is_shown_after_each_write_what_a_worker_without_memory_shows(
    site, talk, first_worker, monkeypatch
):
    visitors = [site.visitor(name) for name in READERS]
    for write in (lambda talk: None, *WRITES):
        elsewhere(lambda write=write: write(talk))
        # What stands as new to them has then been read.
        for visitor in visitors:
            comments_of(visitor, talk)
        warm = [comments_of(visitor, talk) for visitor in visitors]
        with monkeypatch.context() as other:
            another_worker(site, other)
            cold = [comments_of(visitor, talk) for visitor in visitors]
        assert warm == cold


def test_what_one_worker_writes_another_shows_at_once(site, talk, first_worker, monkeypatch):
    bob, modeste = site.visitor("Bob"), site.visitor("Modeste")
    assert "seigle" in comments_of(modeste, talk)
    with monkeypatch.context() as other:
        another_worker(site, other)
        assert bob.post(f"/c/{of('Bob').key}/modifier", {"body": "Moi l’épeautre."}).status_code == 303
        assert bob.post(f"/d/{talk.key}/commentaires", {"body": "Et du beurre."}).status_code == 303
    read = comments_of(modeste, talk)
    assert "seigle" not in read
    assert "épeautre" in read
    assert "beurre" in read
    elsewhere(hide)
    assert "épeautre" not in comments_of(modeste, talk)


def test_acts_are_those_of_who_reads_whoever_read_before(site, talk, first_worker):
    for name, own in (("Bob", 1), ("Modeste", 0), ("Alice", 1), ("Charlie", 0), ("", 0), ("Modeste", 0)):
        page = comments_of(site.visitor(name), talk)
        member = name in ("Alice", "Bob", "Modeste")
        assert page.count("/modifier") == own
        assert page.count("/signaler/message/") == (2 - own if name else 0)
        assert page.count(">Répondre</a>") == (2 if member else 0)


def test_who_blocked_somebody_is_alone_in_not_reading_them(site, talk, first_worker):
    modeste, alice = site.visitor("Modeste"), site.visitor("Alice")
    folded = "Vous avez choisi de ne plus lire cette personne"
    assert folded not in comments_of(modeste, talk)
    elsewhere(lambda: moderation.block(world.member("Modeste"), "Bob"))
    assert folded in comments_of(modeste, talk)
    assert folded not in comments_of(alice, talk)


def test_what_others_may_not_read_is_not_given_from_memory(site, talk, first_worker):
    """An open group whose page is kept, then made secret; and whoever is removed from it."""
    home, modeste = world.group("insoumis-087"), site.visitor("Modeste")
    for name in READERS:
        comments_of(site.visitor(name), talk)
    elsewhere(lambda: type(home).update(visibility="secret").where(type(home).id == home.id).execute())
    for name, status in (("Alice", 200), ("Modeste", 200), ("Charlie", 404), ("", 404)):
        assert site.visitor(name).get(f"/d/{talk.key}").status_code == status
    elsewhere(lambda: groups.remove_member(world.member("Alice"), home, world.member("Modeste"), "Hors sujet."))
    assert modeste.get(f"/d/{talk.key}").status_code == 404


def test_readers_who_may_do_the_same_share_one_fragment(site, talk, first_worker):
    for person in ("Charlie", "Modeste"):
        groups.join(world.member(person), world.group("insoumis-087"))
        comments_of(site.visitor(person), talk)
    assert len(first_worker.kept) == 1
    comments_of(site.visitor("Bob"), talk)
    assert len(first_worker.kept) == 2


def test_memory_is_bounded_and_keeps_what_was_made_last():
    fragments, later = FragmentCache(100), dates.present() + HOUR
    for number in range(20):
        assert fragments.get(number, lambda number=number: (f"{number:030}", later)) == f"{number:030}"
    assert fragments.signs == sum(len(piece) for _, piece in fragments.kept.values()) <= 100
    assert list(fragments.kept) == [17, 18, 19]
    assert fragments.get(19, lambda: ("made anew", later)) == f"{19:030}"


def test_a_piece_is_made_anew_once_it_would_say_another_time():
    fragments = FragmentCache(100)
    assert fragments.get("x", lambda: ("il y a 2 min", dates.present())) == "il y a 2 min"
    assert fragments.get("x", lambda: ("il y a 3 min", dates.present() + HOUR)) == "il y a 3 min"
    assert fragments.get("x", lambda: ("never", dates.present())) == "il y a 3 min"


def test_how_long_since_is_said_the_same_until_the_moment_given():
    instant = timedelta(milliseconds=1)
    # Among them the nights on which an hour is added and left out.
    for start in (datetime(2026, 11, 22, 20, 7, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)):
        for minutes in (-3, 0, 1, 59, 60, 61, 200, 359, 361, 600, 1_439, 1_441, 5_000, 10_079, 20_000):
            when = start - timedelta(minutes=minutes, seconds=31)
            end = dates.ago_holds(when, start)
            assert end > start
            for moment in (start + (end - start) / 2, end - instant):
                assert dates.ago(when, moment) == dates.ago(when, start), (minutes, moment)
