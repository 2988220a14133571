"""Notices by mail: to those who asked, never what is said behind closed doors, ended in one press."""

import re

import pytest

from forum.discussions import actions as discussions
from forum.groups.models import Group, Membership
from forum.notifications import actions
from forum.notifications.models import NoticeChoice
from forum.proposals import actions as proposals
from forum.tasks import mail
from tests.notifications.test_telling import TEXT, deliver, say, settle
from tests.tasks.mail.post import letters
from tests.world import group, member


@pytest.fixture(autouse=True)
def bob_reads_mail(site, tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", tmp_path / "outbox")
    person = member("Bob")
    person.email = "bob@example.org"
    person.save()
    actions.choose(person, ("answers", "mentions", "votes", "life"), by_mail=True)


def test_who_asked_for_it_is_written_to_once_a_thread(site):
    talk = discussions.open(member("Bob"), settle("Bob", "Charlie"), "Un sujet", TEXT)
    for number in range(3):
        discussions.comment(member("Charlie"), talk, f"{TEXT} {number}")
    deliver()
    (letter,) = letters()
    assert letter["To"] == "bob@example.org"
    assert letter["Subject"] == "Charlie a écrit dans «\u202fUn sujet\u202f» · Parvis"
    assert re.search(r"http://127.0.0.1:8000/c/\w+", letter.get_content())
    assert TEXT not in letter.get_content()


def test_nothing_of_a_group_that_is_not_open_travels_by_mail(site):
    for handle in ("veilleuses", "insoumis-087"):
        Group.update(visibility="ferme").where(Group.handle == "insoumis-087").execute()
        Membership.create(group=group(handle), member=member("Bob"))
        proposals.propose(member("Alice"), group(handle), proposals.Draft("Un marché", TEXT))
    say([member("Bob").id], "Votre demande est déclinée.", "/g/veilleuses", personal=True)
    deliver()
    found = letters()
    assert len(found) == 3
    for letter in found:
        assert "http://127.0.0.1:8000/moi/notifications\n" in letter.get_content()
        whole = letter["Subject"] + letter.get_content()
        assert not re.search("marché|veilleuses|insoumis|Alice|demande est", whole)


def test_letters_end_in_one_press_without_signing_in(site, guest, bob):
    discussions.open(member("Alice"), group("insoumis-087"), "Un sujet", f"{TEXT} @bob")
    deliver()
    (letter,) = letters()
    path = letter["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert path in letter.get_content()
    assert "Ne plus m’écrire" in guest.get(path).text
    assert NoticeChoice.get().by_mail
    for _ in range(2):
        assert guest.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not NoticeChoice.get().by_mail
    assert guest.post(path[:-9]).status_code == 404


def test_who_took_their_address_away_is_written_to_no_more(site, bob):
    bob.post("/moi/reglages/courriel", {"email": ""})
    discussions.open(member("Alice"), group("insoumis-087"), "Un sujet", f"{TEXT} @bob")
    deliver()
    assert letters() == []
