"""How often one may act: counted by a keyed hash of who, in the database for all processes; votes by each process."""

import pytest

from forum.web import limits
from forum.web.limits import RateCount
from tests.proposals.ballots import put
from tests.world import PASSWORD


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
