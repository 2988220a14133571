"""Putting a proposal to the vote, reading it, and rewriting it while nobody has voted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions, queries
from forum.proposals.methods.shapes import RULE
from forum.proposals.models import Option, Proposal, ProposalTag
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import put
from tests.world import group, member

WANTED = {"title": "Louer la salle de Bellac", "body": "Pour la réunion de mars, #logistique.", "method": "consent"}
NEW = "/g/insoumis-087/propositions/nouvelle"


def test_a_member_puts_a_proposal_with_a_plain_form(alice):
    assert 'name="title"' in alice.get(NEW).text
    answer = alice.post(NEW, {**WANTED, "closes_at": "2099-01-01T20:00", "tags": "salle, #bellac", "threshold": "2/3"})
    assert answer.status_code == 422
    answer = alice.post(NEW, {**WANTED, "tags": "salle, #bellac", "threshold": "2/3", "quorum": "20"})
    assert answer.status_code == 303
    proposal = Proposal.get()
    assert answer.location == f"/p/{proposal.key}"
    page = alice.get(answer.location).text
    assert "Louer la salle de Bellac</h1>" in page
    assert '<a href="/t/logistique">' in page
    assert queries.settings_of(proposal) == {"threshold": "2/3", "quorum": 20, "rule": RULE}
    assert queries.tags_of(proposal) == ["salle", "bellac", "logistique"]
    assert proposal.eligible_count == 1


def test_a_proposal_is_born_in_a_discussion(alice):
    discussion = discussions.open(member("Alice"), group("insoumis-087"), "Où se réunir ?", "Bellac ou Le Dorat ?")
    answer = alice.post(f"/d/{discussion.key}/propositions/nouvelle", WANTED)
    assert answer.status_code == 303
    (card,) = queries.proposals_in_discussion(member("Bob"), discussion)
    assert card.proposal.title == WANTED["title"]
    assert card.proposal.group_id == discussion.group_id


@pytest.mark.parametrize("path", [NEW, "/p/{key}/modifier"])
def test_strangers_and_guests_may_not(bob, guest, path):
    path = path.format(key=put().key)
    for visitor in (bob, guest):
        assert visitor.post(path, WANTED).status_code == 403
    assert bob.get(path).status_code == 403
    assert guest.get(path).status_code in (303, 403)
    assert [row.title for row in Proposal.select()] == ["Tenir un stand au marché"]


def test_what_is_hidden_is_not_found(bob):
    assert bob.get("/g/veilleuses/propositions/nouvelle").status_code == 404
    assert bob.post("/g/veilleuses/propositions/nouvelle", WANTED).status_code == 404
    assert bob.get("/p/absent").status_code == 404
    assert bob.get("/p/absent.json").status_code == 404


@pytest.mark.parametrize("once", ["\x00", "' or 1=1", "é" * 100_000, ""])
def test_a_form_with_a_key_of_its_own_making_is_a_form_without(alice, once):
    assert alice.post(NEW, {**WANTED, "once": once}).status_code == 303
    assert Proposal.get().once is None


def test_the_same_form_sent_twice_is_one_proposal(alice):
    first = alice.post(NEW, {**WANTED, "once": "abcdefgh"})
    assert alice.post(NEW, {**WANTED, "once": "abcdefgh"}).location == first.location
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert alice.post(NEW, {**WANTED, "once": "abcdefgh"}).location == first.location
        assert alice.post(NEW, {**WANTED, "once": "hgfedcba"}).location != first.location
    assert JournalLine.select().where(JournalLine.verb == "proposal.opened").count() == 2


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"title": ""}, "title", "Écrivez quelque chose ici."),
        ({"title": "a" * 201}, "title", "C’est trop long"),
        ({"body": "é" * 100_000}, "body", "C’est trop long"),
        ({"method": "tirage"}, "method", "Choisissez une façon de voter."),
        ({"method": "choice", "options": "Bellac"}, "options", "Écrivez au moins deux options"),
        ({"closes_at": "dimanche"}, "closes_at", "Écrivez la date de fin comme ceci"),
        ({"closes_at": "2020-01-01T20:00"}, "closes_at", "Cette date est passée"),
        ({"closes_at": "2027-03-28T02:00"}, "closes_at", "Cette heure n’existe pas"),
        ({"closes_at": "9999-12-31T23:59-23:00"}, "closes_at", "Écrivez la date de fin comme ceci"),
        ({"closes_at": "2199-01-01T20:00Z"}, "closes_at", "Un vote dure un an au plus."),
        ({"quorum": "150"}, "quorum", "un nombre entier de 0 à 100"),
        ({"threshold": "tous"}, "threshold", "choisissez une des réponses proposées"),
        ({"tags": "un deux trois quatre cinq six sept huit neuf"}, "tags", "8 mots-clés au plus"),
    ],
)
def test_what_is_wrong_is_told_field_by_field_and_nothing_is_lost(alice, fields, field, sentence):
    answer = alice.post(NEW, {**WANTED, "body": "Gardez ce texte.", **fields})
    assert answer.status_code == 422
    assert f'id="f-{field}-error">' in answer.text
    assert sentence in answer.text
    assert fields.get("body") or "Gardez ce texte.</textarea>" in answer.text
    assert Proposal.select().count() == 0


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-29T20:00", "2026-11-29T19:00:00Z"),
        ("2027-07-14T20:00", "2027-07-14T18:00:00Z"),
        ("2026-11-29T20:00:00Z", "2026-11-29T20:00:00Z"),
        ("2026-11-29T20:00+03:00", "2026-11-29T17:00:00Z"),
        ("", "2026-11-30T19:00:00Z"),
    ],
)
def test_a_closing_without_a_zone_is_in_paris_time(typed, moment):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        assert actions.read_closing(typed) == (datetime.fromisoformat(moment), None)


def test_its_author_rewrites_it_until_somebody_votes(alice):
    proposal = put()
    assert "Tenir un stand au marché" in alice.get(f"/p/{proposal.key}/modifier").text
    changed = {**WANTED, "method": "choice", "options": "Bellac\nLe Dorat"}
    assert alice.post(f"/p/{proposal.key}/modifier", changed).location == f"/p/{proposal.key}"
    present = Proposal.get()
    assert (present.title, present.method, present.revision) == (WANTED["title"], "choice", 1)
    assert [option.label for option in queries.options_of(present)] == ["Bellac", "Le Dorat"]
    assert Option.select().count() == 2
    assert "Bellac\nLe Dorat</textarea>" in alice.get(f"/p/{proposal.key}/modifier").text
    actions.vote(member("Alice"), present, {"choice": "1"})
    answer = alice.post(f"/p/{proposal.key}/modifier", {**WANTED, "title": "Autre chose"})
    assert answer.status_code == 403
    assert "Une voix est déjà exprimée" in answer.text
    assert Proposal.get().title == WANTED["title"]


def test_another_member_does_not_rewrite_it(bob):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    assert bob.get(f"/p/{proposal.key}/modifier").status_code == 403
    assert bob.post(f"/p/{proposal.key}/modifier", WANTED).status_code == 403
    assert "/modifier" not in bob.get(f"/p/{proposal.key}").text


def test_tags_are_rewritten_with_it(alice):
    proposal = put(tag_names=("salle",))
    alice.post(f"/p/{proposal.key}/modifier", {**WANTED, "body": "", "tags": "eau"})
    assert [row.typed for row in ProposalTag.select()] == ["eau"]


def test_the_text_is_shown_safe(alice):
    proposal = put(title="<b>Oui</b>", body="<img src=x onerror=alert(1)> **fort**")
    page = alice.get(f"/p/{proposal.key}").text
    assert "&lt;b&gt;Oui&lt;/b&gt;</h1>" in page
    assert "<img" not in page
    assert "<strong>fort</strong>" in page


def test_it_reads_as_json(guest):
    proposal = put(closes_at=(datetime.now(UTC) + timedelta(days=2)).isoformat())
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    told = guest.get(f"/p/{proposal.key}.json").json
    assert list(told) == [
        *("key", "title", "group", "method", "state", "closes_at", "revision", "voters_count", "eligible_count"),
        *("options", "outcome", "statement", "rooms", "record", "opens_at", "electorate", "final", "results", "secret"),
    ]
    assert (told["key"], told["group"], told["method"], told["state"]) == (
        proposal.key,
        "insoumis-087",
        "consent",
        "open",
    )
    assert told["options"][0] == {"id": "agree", "label": "D’accord", "count": 1, "score": 1}
    assert (told["revision"], told["voters_count"], told["eligible_count"], told["outcome"]) == (1, 1, 1, None)
    assert datetime.fromisoformat(told["closes_at"]) > datetime.now(UTC)
