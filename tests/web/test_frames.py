"""What other sites may embed: a tally, a draw; read as a guest reads it, without a cookie; nothing else is framed."""

import re

import brotli
import pytest

from forum.groups.models import Group
from forum.proposals import actions
from tests.draws import frozen
from tests.proposals.ballots import newcomers, put
from tests.world import member

HEAVIEST = 5_000


def framed(answer) -> bool:
    policy = answer.headers["Content-Security-Policy"]
    return "frame-ancestors *" in policy and "X-Frame-Options" not in answer.headers


def test_a_tally_is_embedded_and_nothing_else_is(site, guest):
    proposal = put()
    actions.vote(newcomers(1)[0], proposal, {"choice": "agree", "reason": "Parce que."})
    answer = guest.get(f"/p/{proposal.key}/cadre")
    assert (answer.status_code, framed(answer)) == (200, True)
    assert proposal.title in answer.text
    assert "Galet0" not in answer.text
    assert "Parce que." not in answer.text
    for word in ("<script", "<form", "<button"):
        assert word not in answer.text
    for path in ("/", f"/p/{proposal.key}", "/connexion"):
        other = guest.get(path)
        assert not framed(other)
        assert other.headers["X-Frame-Options"] == "DENY"


def test_whoever_is_signed_in_gives_it_no_cookie_and_sees_what_a_guest_does(site, guest, alice):
    proposal = put(terms=actions.Terms(results="voted"))
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    mine, theirs = (reader.get(f"/p/{proposal.key}/cadre") for reader in (alice, guest))
    assert mine.text == theirs.text
    assert "Set-Cookie" not in mine.headers
    assert "Les résultats se verront" in mine.text


@pytest.mark.parametrize("visibility", ["ferme", "secret"])
def test_of_a_group_that_is_not_open_nothing_is_embedded(site, alice, visibility):
    proposal, draw = put(), frozen()
    Group.update(visibility=visibility).where(Group.handle == "insoumis-087").execute()
    for path in (f"/p/{proposal.key}", f"/tirages/{draw.key}"):
        assert alice.get(f"{path}/cadre").status_code in (403, 404)
        assert "<iframe" not in alice.get(path).text.replace("&lt;", "<")


def test_a_draw_is_embedded_without_names(site, guest):
    draw = frozen()
    answer = guest.get(f"/tirages/{draw.key}/cadre")
    assert (answer.status_code, framed(answer)) == (200, True)
    assert draw.title in answer.text


def test_what_is_embedded_is_light(site, guest):
    proposal, draw = put(), frozen()
    for path in (f"/p/{proposal.key}/cadre", f"/tirages/{draw.key}/cadre"):
        assert len(brotli.compress(guest.get(path).data)) <= HEAVIEST


def test_the_line_to_paste_stands_on_the_page(site, guest):
    proposal = put()
    line = re.search(r"&lt;iframe src=\"(\S+)\"", guest.get(f"/p/{proposal.key}").text)
    assert line
    assert line[1].endswith(f"/p/{proposal.key}/cadre")
    assert line[1].startswith("http")
