"""The tally seen elsewhere: it moves within one question, and costs nothing when nothing moved."""

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.accounts.models import GUEST
from forum.live.patches import moved
from forum.live.queries import pulse
from forum.proposals import actions
from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal
from tests.proposals.ballots import newcomers, put
from tests.proposals.filling import filled, options_text
from tests.world import group, member


def test_nothing_comes_when_nothing_moved(guest):
    proposal = put()
    answer = guest.get(f"/p/{proposal.key}/resultat?revision=0", htmx=True)
    assert (answer.status_code, answer.data) == (204, b"")
    for coding in ("identity", "br"):
        taken = {"Accept-Encoding": coding}
        whole = guest.get(f"/p/{proposal.key}/resultat", headers=taken)
        again = guest.get(f"/p/{proposal.key}/resultat", headers={"If-None-Match": whole.headers["ETag"], **taken})
        assert (again.status_code, again.data) == (304, b"")


def test_nothing_weighs_next_to_nothing_and_what_has_a_body_is_guarded(guest):
    proposal = put()
    nothing = guest.get(f"/p/{proposal.key}/resultat?revision=0", htmx=True)
    assert sum(len(name) + len(value) + 4 for name, value in nothing.headers) < 200
    for path in (f"/p/{proposal.key}/resultat", f"/p/{proposal.key}", "/p/absente"):
        assert "default-src 'none'" in guest.get(path).headers["Content-Security-Policy"]
        assert guest.get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_a_vote_is_seen_on_another_screen(alice, guest):
    proposal = put()
    alice.post(f"/p/{proposal.key}/vote", {"choice": "agree"})
    answer = guest.get(f"/p/{proposal.key}/resultat?revision=0", htmx=True)
    assert answer.status_code == 200
    assert answer.text.startswith('<div id="tally"')
    assert f"/p/{proposal.key}/resultat?revision=1" in answer.text
    # htmx reads "every 1.5s" as each millisecond.
    assert 'data-hx-trigger="every 1500ms"' in answer.text
    assert guest.get(f"/p/{proposal.key}/resultat?revision=1", htmx=True).status_code == 204
    bar = guest.get(f"/p/{proposal.key}/resultat?forme=barre&revision=0", htmx=True)
    assert bar.text.startswith(f'<div id="bar-{proposal.key}"')
    assert 'data-hx-trigger="every 1500ms"' in bar.text
    assert "1 d’accord sur 1 voix" in bar.text


def test_the_fragment_is_a_part_of_its_page(guest):
    proposal = put()
    assert guest.get(f"/p/{proposal.key}/resultat").text.strip() in guest.get(f"/p/{proposal.key}").text


def test_a_tally_that_moved_is_small(site, guest):
    proposal = put()
    for person, choice in zip(newcomers(40), ["agree", "agree", "abstain", "disagree"] * 10, strict=True):
        actions.vote(person, proposal, {"choice": choice})
    for form, coding in itertools.product(("", "&forme=barre"), ("gzip", "br")):
        path = f"/p/{proposal.key}/resultat?revision=0{form}"
        answer = guest.get(path, htmx=True, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert len(answer.data) <= 400


def test_a_tally_that_moved_is_small_whatever_the_method(site, guest):
    chance, people = random.Random(87), newcomers(41)
    for method, way in METHODS.items():
        proposal = put(title=method, method=method, options=options_text(way))
        for person in people[:-1]:
            actions.vote(person, proposal, filled(way, chance))
        for coding in ("br", "gzip"):
            taken = {"Accept-Encoding": coding}
            before = guest.get(f"/p/{proposal.key}/resultat?revision=0", htmx=True, headers=taken)
            assert len(before.data) <= 400, (method, coding, len(before.data))
        text = guest.get(f"/p/{proposal.key}/resultat").text
        actions.vote(people[-1], proposal, filled(way, chance))
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=5)):
            told = moved(text, guest.get(f"/p/{proposal.key}/resultat").text)
        # In a stream, where some words may change with the figures ("0 fois en tête" to "1 fois en tête").
        assert told is None or len(told) <= 300, method


def test_a_closed_tally_no_longer_asks(guest):
    soon = datetime.now(UTC) + timedelta(minutes=10)
    proposal = put(closes_at=soon.isoformat())
    with time_machine.travel(soon + timedelta(seconds=1)):
        answer = guest.get(f"/p/{proposal.key}/resultat?revision=0", htmx=True)
        assert answer.status_code == 200
        assert "data-hx-get" not in answer.text
        assert "Personne n’a voté." in answer.text
        revision = Proposal.get_by_id(proposal.id).revision
        assert guest.get(f"/p/{proposal.key}/resultat?revision={revision}", htmx=True).status_code == 204


@pytest.mark.parametrize("visibility", ["ferme", "secret"])
def test_the_right_is_that_of_the_page(alice, bob, guest, visibility):
    proposal = put()
    hidden = group("insoumis-087")
    hidden.visibility = visibility
    hidden.save()
    for path in ("", "?revision=0", "?forme=barre"):
        assert alice.get(f"/p/{proposal.key}/resultat{path}").status_code in (200, 204)
        for visitor in (bob, guest):
            assert visitor.get(f"/p/{proposal.key}/resultat{path}").status_code == 404
            assert visitor.get(f"/p/{proposal.key}").status_code == 404


@pytest.mark.parametrize("revision", ["", "-1", "abc", "9" * 5000, "²", "0x0"])
def test_a_revision_that_means_nothing_gets_the_tally(guest, revision):
    assert guest.get(f"/p/{put().key}/resultat?revision={revision}").status_code == 200


def test_no_key_is_mistaken_for_another(site):
    proposal = put()
    assert pulse(GUEST, proposal.key) is not None
    for wrong in ("?", "", "%", proposal.key[:-1], "' or 1=1 --"):
        assert pulse(GUEST, wrong) is None
    assert pulse(member("Alice"), proposal.key) == (0, *pulse(GUEST, proposal.key)[1:])
