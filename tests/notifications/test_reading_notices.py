"""The page of notices, the bell in the header, and what is kept of them."""

import re
from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.database import clock
from forum.database.clock import now
from forum.errors import Refused
from forum.groups.models import Membership
from forum.notifications import actions
from forum.notifications.models import Notice, NoticeChoice
from tests.guards.test_queries import questions
from tests.notifications.test_telling import deliver, say, settle
from tests.world import PASSWORD, group, member


def give(name: str, number: int = 1, handle: str = "") -> None:
    home = group(handle) if handle else None
    for rank in range(number):
        last = Notice.select().count()
        Notice.create(
            account=member(name), line=last, group=home, sentence=f"Une nouvelle {rank}.", address="/g/insoumis"
        )


def bell(visitor) -> str:
    found = re.search(r'<a class="ico" href="/moi/notifications">.*?</a>', visitor.get("/charte").text, re.S)
    return re.sub(r"<svg.*?</svg>|<[^>]*>", "", found[0]).strip() if found else ""


def test_a_member_reads_their_own_newest_first_and_nobody_else_s(site, alice, bob, guest):
    give("Alice", 2)
    page = alice.get("/moi/notifications").text
    assert page.index("Une nouvelle 1.") < page.index("Une nouvelle 0.")
    assert page.count("Nouveau") == 2
    assert 'href="/g/insoumis"' in page
    assert "Une nouvelle" not in bob.get("/moi/notifications").text
    assert guest.get("/moi/notifications").location.startswith("/connexion")
    assert guest.post("/moi/notifications").status_code == 403


def test_all_are_marked_as_seen_at_once_and_again(alice, bob):
    give("Alice")
    give("Bob")
    for _ in range(2):
        assert alice.post("/moi/notifications").status_code == 303
    page = alice.get("/moi/notifications").text
    assert "Une nouvelle 0." in page
    assert "Nouveau" not in page
    assert "Tout marquer comme lu" not in page
    assert "Nouveau" in bob.get("/moi/notifications").text


def test_what_is_opened_is_seen_with_what_it_stands_for_and_nothing_else(site, alice, bob):
    for number, (address, thread, folded) in enumerate(
        (("/c/a", "x", True), ("/c/b", "x", False), ("/p/c", "", False))
    ):
        row = {"address": address, "thread": thread, "folded": folded, "sentence": address}
        Notice.create(account=member("Alice"), line=number, **row)
        Notice.create(account=member("Bob"), line=number, **row)
    assert alice.get("/moi/notifications").text.count("data-notice") == 2
    for _ in range(2):
        assert alice.post("/moi/notifications", {"address": "/c/b"}).status_code == 303
    alice.post("/moi/notifications", {"address": "/d/inconnu"})
    unseen = Notice.select(Notice.account, Notice.address).where(Notice.seen_at.is_null()).order_by(Notice.id)
    assert [row.address for row in unseen if row.account_id == member("Alice").id] == ["/p/c"]
    assert len(unseen) == 4


def test_the_bell_counts_what_is_unseen(alice, guest):
    assert bell(alice) == "Notifications"
    give("Alice", 1)
    assert bell(alice) == "1 nouvelle notification"
    give("Alice", 120)
    assert bell(alice) == "99+ nouvelles notifications"
    assert bell(guest) == ""


def test_the_bell_costs_one_question(alice):
    before = questions(alice, "/charte")
    give("Alice", 40)
    assert questions(alice, "/charte") == before <= 2
    assert questions(alice, "/moi/notifications") <= 5


def test_many_notices_come_in_pages(alice):
    give("Alice", 31)
    older = re.search(r'href="(\?avant=[0-9-]+)"', alice.get("/moi/notifications").text)[1]
    page = alice.get(f"/moi/notifications{older}").text
    assert "Une nouvelle 0." in page
    assert "Une nouvelle 1." not in page


def test_what_one_may_no_longer_read_is_hidden(bob):
    Membership.create(group=group("veilleuses"), member=member("Bob"))
    give("Bob", 1, "veilleuses")
    assert "Une nouvelle" in bob.get("/moi/notifications").text
    Membership.delete().where(Membership.member == member("Bob").id).execute()
    page = bob.get("/moi/notifications").text
    assert "Une nouvelle" not in page
    assert "veilleuses" not in page
    assert bell(bob) == "Notifications"
    assert "Une nouvelle" not in bob.get("/moi/donnees").text


def test_choices_are_kept_and_mail_needs_an_address(bob):
    assert bob.get("/moi/reglages").text.count('name="kinds"') == bob.get("/moi/reglages").text.count(
        '" checked><span>'
    )
    for _ in range(2):
        assert bob.post("/moi/reglages/notifications", {"kinds": ["votes"]}).status_code == 303
    page = bob.get("/moi/reglages").text
    assert 'value="votes" checked' in page
    assert 'value="answers" checked' not in page
    refused = bob.post("/moi/reglages/notifications", {"by_mail": "1"})
    assert refused.status_code == 422
    assert "Donnez d’abord une adresse" in refused.text
    bob.post("/moi/reglages/courriel", {"email": "bob@example.org"})
    assert bob.post("/moi/reglages/notifications", {"by_mail": "1"}).status_code == 303
    assert NoticeChoice.get().by_mail


def test_notices_are_among_my_data_and_go_with_me(site, alice, bob):
    settle("Bob")
    say([member("Charlie").id], "Alice vous salue.", "/", personal=True)
    deliver()
    give("Alice")
    alice.post("/moi/reglages/notifications", {"kinds": ["votes"]})
    kept = alice.get("/moi/donnees").json["notices"]
    assert kept["kinds"] == ["votes"]
    assert kept["notices"][0]["sentence"] == "Une nouvelle 0."
    give("Bob")
    alice.post("/moi/suppression", {"password": PASSWORD})
    assert [row.account_id for row in Notice.select()] == [member("Bob").id]
    assert not NoticeChoice.select().exists()


def test_what_was_seen_three_months_ago_goes_each_night(alice):
    with clock.at(now() - timedelta(days=100)):
        give("Alice")
        actions.see_all(member("Alice"))
        give("Alice")
    actions.see_all(member("Alice"))
    with clock.at(now() - timedelta(days=100)):
        give("Alice")
    actions.forget_old.call_local()
    assert Notice.select().count() == 2


def test_what_cannot_be_kept_is_shown_again_as_it_is(bob):
    refused = bob.post("/moi/reglages/notifications", {"by_mail": "1"})
    assert refused.status_code == 422
    assert 'href="#f-by_mail"' in refused.text
    assert 'value="votes" checked' in refused.text


def test_nobody_chooses_for_the_account_that_everybody_shares(alice):
    Account.update(demo=True).where(Account.username == "Alice").execute()
    assert alice.post("/moi/reglages/notifications", {"kinds": ["votes"]}).status_code == 403
    with pytest.raises(Refused):
        actions.choose(member("Alice"), ["votes"], False)
