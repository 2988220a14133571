"""The cookie of a session: its signature is checked once, and nothing else of it is taken for granted."""

import re
from datetime import timedelta

import pytest
import time_machine

from forum.accounts import actions
from forum.database.clock import now
from tests import world

MINE = "/moi/session"


@pytest.fixture
def cookie(alice) -> str:
    """What Alice's browser sends, once her session has begun."""
    alice.get(MINE)
    found = alice.browser.get_cookie("session")
    assert found
    return found.value


def asked(site, value: str, path: str = MINE):
    return site.app.test_client(use_cookies=False).get(path, headers={"Cookie": f"session={value}"})


def test_a_forged_cookie_is_refused_before_and_after_the_true_one(site, cookie):
    body, _, signature = cookie.rpartition(".")
    forged = [f"{body}.{signature[::-1]}", f"x{cookie}", f"{cookie}x", body, "."]
    for _ in range(2):
        for value in forged:
            assert asked(site, value).json["reader"] == ""
        assert asked(site, cookie).json["reader"]


def test_who_was_signed_out_everywhere_is_so_at_once(site, cookie):
    for _ in range(2):
        assert asked(site, cookie).json["reader"]
    actions.sign_out_everywhere(world.member("Alice"))
    assert asked(site, cookie).json["reader"] == ""


def test_what_one_request_writes_is_not_read_by_another_with_the_same_cookie(site):
    alice = site.visitor("Alice")
    bare = alice.browser.get_cookie("session").value
    tokens = set()
    for _ in range(3):
        answer = asked(site, bare)
        assert "session=" in answer.headers["Set-Cookie"]
        tokens.add(answer.json["csrf_token"].split(".")[0])
    # Each was given a session of its own; nothing of it stayed in what was kept of the cookie.
    assert len(tokens) == 3


def test_a_cookie_ends_after_its_time_however_often_it_was_read(site, cookie):
    assert asked(site, cookie).json["reader"]
    with time_machine.travel(now() + timedelta(days=32), tick=False):
        assert asked(site, cookie).json["reader"] == ""


def test_the_forms_of_a_session_carry_a_token_that_passes_and_that_of_another_does_not(site, alice, bob):
    shown = {}
    for visitor in (alice, bob):
        for _ in range(2):
            page = visitor.get("/moi/reglages").text
        shown[visitor.account.username] = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    assert shown["Alice"] != shown["Bob"]
    for name, status in (("Bob", 403), ("Alice", 303)):
        sent = {"csrf_token": shown[name], "email": ""}
        assert alice.post("/moi/reglages/courriel", sent, token=False).status_code == status
