"""Votes are valid HTML in every way of voting and in every state, and so are the forms that come back from them.

Each other page, and each empty form that comes back, is looked at where every route is (test_routes).
"""

from datetime import UTC, datetime, timedelta

import time_machine

from forum.groups import actions as groups
from forum.proposals import actions
from forum.proposals.actions import Terms
from tests.guards import markup
from tests.proposals.ballots import put
from tests.proposals.test_ways_of_voting import WAYS
from tests.world import group, member


def put_to_the_vote(way: str, state: str, **terms):
    settings = dict(WAYS[way][0])
    options = settings.pop("options", "")
    ends = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    fields = {"method": way, "options": options, "settings": settings, "closes_at": ends}
    return put(title=f"{way} {state}", terms=Terms(**terms), **fields)


def visit(visitor, *paths: str):
    return [(path, visitor.get(path)) for path in paths]


def test_a_vote_is_a_valid_page_from_its_announcement_to_its_result(alice, guest):
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for way, (_, ballot, *_) in WAYS.items():
        coming = put_to_the_vote(way, "annoncé", opens_at=soon)
        begun, secret = put_to_the_vote(way, "ouvert"), put_to_the_vote(way, "secret", secret=True)
        pages = [f"/p/{each.key}" for each in (coming, begun, secret)]
        asked = [
            *visit(guest, *pages),
            (f"{way}, nothing said", alice.post(f"/p/{begun.key}/vote", {"reason": "Gardez ceci."})),
            (f"{way}, by telephone", alice.post(f"/p/{begun.key}/telephone", {"username": "?"})),
            (f"{way}, not sure", alice.post(f"/p/{secret.key}/vote", ballot)),
            *visit(alice, *pages, f"/p/{begun.key}/modifier", f"/p/{begun.key}/salle"),
        ]
        assert markup.wrong(asked) == {}
        actions.vote(member("Alice"), begun, {**ballot, "reason": "Pour être ensemble."})
        parts = ("", "/voix", "/ma-voix", "/imprimer", "/telephone", "/annulation")
        assert markup.wrong(visit(alice, *(f"/p/{begun.key}{part}" for part in parts))) == {}


def test_what_was_decided_is_a_valid_page_and_so_are_the_pages_that_list_it(alice, guest):
    talk = alice.post("/g/insoumis-087/discussions/nouvelle", {"title": "Un sujet", "body": "Parlons-en."}).location
    begun = [put_to_the_vote(way, "décidé") for way in WAYS]
    for asked in begun:
        actions.vote(member("Alice"), asked, WAYS[asked.method][1])
    actions.cancel(member("Alice"), put_to_the_vote("consent", "annulé"), "La salle est prise.")
    lists = ("/", "/g/insoumis-087", talk, "/lieux/087", "/groupes?lieu=087", "/groupes/nouveau?lieu=087-01")
    groups.join(member("Bob"), group("insoumis"))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        for visitor in (alice, guest):
            parts = [f"/p/{each.key}{part}" for each in begun for part in ("", "/imprimer", "/suite", "/reouverture")]
            assert markup.wrong(visit(visitor, *lists, *parts)) == {}


def test_a_moderator_s_pages_are_valid(site):
    visitor = site.visitor("Modeste")
    paths = ("/moderation", "/t/insoumis", "/groupes/nouveau", "/lieux/087", "/g/insoumis-087", "/moi/reglages")
    asked = visit(visitor, *paths)
    asked += [("apart", visitor.post("/t/insoumis/separations", {"name": "", "reason": ""}))]
    assert markup.wrong(asked) == {}
