"""How often one may act: counted by a keyed hash of who, in the database for all processes; votes by each process."""

import re
import threading
from pathlib import Path

import pytest

from forum import limits
from forum.database.connection import database
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid, Refused, TooMany
from forum.groups import actions as groups
from forum.limits import RateCount
from tests.proposals.ballots import put
from tests.world import PASSWORD, group, member

FORUM = Path(__file__).resolve().parents[2] / "forum"


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(limits.LIMITS, (2, 3600)))


def test_signing_up_from_one_address_is_limited(limited, few):
    for number in range(2):
        fields = {"username": f"Galet{number}", "password": PASSWORD}
        assert limited.visitor().post("/inscription", fields).status_code == 303
    answer = limited.visitor().post("/inscription", {"username": "Galet9", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_flood_of_texts_is_stopped_and_the_text_given_back(limited, few):
    alice = limited.visitor("Alice")
    path = "/g/insoumis-087/discussions/nouvelle"
    for number in range(2):
        assert alice.post(path, {"title": f"Sujet {number}", "body": "Un texte."}).status_code == 303
    text = "Le troisième, long à écrire, qu’il ne faut pas perdre."
    answer = alice.post(path, {"title": "Sujet 3", "body": text})
    assert answer.status_code == 429
    assert text in answer.text
    assert limited.visitor("Bob").post("/groupes/nouveau", {"name": "Ailleurs"}).status_code == 303


def test_a_flood_of_votes_is_stopped_without_a_word_in_the_database(limited, few):
    with limits.lifted():
        proposal, alice = put(), limited.visitor("Alice")
    for choice in ("agree", "disagree"):
        assert alice.post(f"/p/{proposal.key}/vote", {"choice": choice}).status_code == 303
    answer = alice.post(f"/p/{proposal.key}/vote", {"choice": "abstain"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert limited.visitor("Bob").post(f"/p/{proposal.key}/vote", {"choice": "agree"}).status_code == 403
    assert not RateCount.select().exists()


def test_no_address_and_no_name_is_kept(limited):
    limited.visitor().post("/connexion", {"username": "Alice", "password": "fausse"})
    buckets = [row.bucket for row in RateCount.select()]
    assert buckets
    assert not any("127.0.0.1" in bucket or "alice" in bucket.lower() for bucket in buckets)


def test_old_counts_are_forgotten(limited):
    limited.visitor().post("/connexion", {"username": "Alice", "password": "fausse"})
    later = limits.time.time() + 3 * 3600
    limits.forget_counts(later)
    assert not RateCount.select().exists()


def test_the_act_alone_is_limited_whatever_door_it_comes_by(limited, few):
    """As a letter or an import would, without any page."""
    alice, home = member("Alice"), group("insoumis-087")
    for number in range(2):
        discussions.open(alice, home, f"Sujet {number}", "Un texte.")
    with pytest.raises(TooMany):
        discussions.open(alice, home, "Sujet 3", "Un texte.")
    with limits.lifted():
        discussions.open(alice, home, "Ce que le site apporte", "Un texte.")
    assert Discussion.select().count() == 3


def test_the_same_text_everywhere_is_refused_without_a_page(limited):
    alice = member("Alice")
    text = "Venez toutes et tous à la grande réunion de jeudi soir, apportez vos chaises."
    for handle in ("insoumis", "insoumis-087", "veilleuses"):
        discussions.open(alice, group(handle), "Sujet", text)
    groups.create(alice, groups.GroupSettings("Saules"), "saules")
    with pytest.raises(Invalid, match="Une annonce, une fois"):
        discussions.open(alice, group("saules"), "Sujet", text)


def test_an_act_that_is_refused_by_its_rules_counts_nothing(limited):
    with pytest.raises(Refused):
        discussions.open(member("Bob"), group("insoumis-087"), "Sujet", "Un texte.")
    assert not RateCount.select().exists()


def test_who_is_limited_waits_for_no_writer(limited, few):
    alice, home = member("Alice"), group("insoumis-087")
    for number in range(2):
        discussions.open(alice, home, f"Sujet {number}", "Un texte.")
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.connection_context(), transaction():
            holding.set()
            done.wait(30)

    writer = threading.Thread(target=hold)
    writer.start()
    holding.wait(30)
    with pytest.raises(TooMany):
        discussions.open(alice, home, "Sujet 3", "Un texte.")
    assert writer.is_alive()
    done.set()
    writer.join()


def test_what_a_shell_does_is_of_no_address(limited, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "open-address", (1, 3600))
    token = limits.address.set("")
    for number in range(3):
        discussions.open(member("Alice"), group("insoumis-087"), f"Sujet {number}", "Un texte.")
    limits.address.reset(token)
    alice, path = limited.visitor("Alice"), "/g/insoumis-087/discussions/nouvelle"
    answers = [alice.post(path, {"title": f"Autre {number}", "body": "Un texte."}).status_code for number in range(2)]
    assert answers == [303, 429]


def test_pages_count_at_the_door_and_nothing_that_an_act_counts(site):
    doors = {"sign-in", "sign-in-address", "sign-up", "forgotten", "forgotten-address", "try", "report-visitor"}
    routes = [*FORUM.glob("*/routes.py"), *FORUM.glob("*/routes/*.py")]
    calls = re.findall(r"limits\.(\w+)\(\"([a-z-]+)\"", " ".join(path.read_text("utf-8") for path in routes))
    assert {act for _, act in calls} == doors
    assert {function for function, _ in calls} == {"limit", "limit_address"}


def test_one_name_is_one_whatever_its_spelling(limited, few):
    def try_as(name):
        return limited.visitor().post("/connexion", {"username": name, "password": "faux mot"}).status_code

    assert [try_as(name) for name in ("Alice", "ÀLICE", "álice", "Ａlice")] == [422, 422, 429, 429]


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("192.0.2.7", ["192.0.2.7"]),
        ("::ffff:192.0.2.7", ["192.0.2.7"]),
        ("2001:db8:1:2:3:4:5:6", ["2001:db8:1:2::/64", "2001:db8:1::/48"]),
        ("", [""]),
        ("un mandataire bavard", ["un mandataire bavard"]),
    ],
)
def test_from_where_one_comes(source, counted):
    assert limits.networks(source) == counted


def test_a_subscriber_of_ipv6_is_one_and_a_provider_a_few(limited, few):
    def sign_up(number, source):
        fields = {"username": f"Galet{number}", "password": PASSWORD}
        return limited.visitor().post("/inscription", fields, environ_overrides={"REMOTE_ADDR": source}).status_code

    same = [sign_up(number, f"2001:db8:0:1::{number + 1}") for number in range(3)]
    assert same == [303, 303, 429]
    others = [sign_up(number, f"2001:db8:0:{number:x}::1") for number in range(10, 30)]
    assert others == [303] * 18 + [429] * 2
    assert sign_up(40, "2001:db8:1:1::1") == 303
