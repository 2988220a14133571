"""Taking one's data, and leaving for good."""

import json

import pytest

from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.discussions import actions as discussions
from forum.groups.models import Membership
from forum.proposals import actions as proposals
from forum.proposals.models import Ballot
from tests.world import PASSWORD, group, member

TEXT = "Un texte assez long pour être lu."


def furnish():
    alice, home = member("Alice"), group("insoumis-087")
    talk = discussions.open(alice, home, "Un sujet à garder", TEXT, ["eau"])
    discussions.comment(alice, talk, "Une réponse de ma main.")
    asked = proposals.propose(alice, home, proposals.Draft("Ma proposition", TEXT))
    proposals.vote(alice, asked, {"choice": "agree", "reason": "Parce que."})
    return talk, asked


def test_all_my_data_come_as_one_file(alice, bob):
    furnish()
    alice.post("/t/eau/abonnement")
    answer = alice.get("/moi/donnees")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert told["account"]["username"] == "Alice"
    assert "insoumis-087" in [row["group"] for row in told["groups"]]
    assert told["discussions"]["comments"][0]["body"] == "Une réponse de ma main."
    assert told["votes"]["ballots"][0]["reason"] == "Parce que."
    assert told["tags"]["followed"] == ["eau"]
    assert "argon2" not in json.dumps(told)
    assert "réponse de ma main" not in bob.get("/moi/donnees").text


def test_who_leaves_is_taken_out_and_what_was_said_stays(alice, guest, site):
    talk, asked = furnish()
    alice.post("/t/eau/abonnement")
    other_device = site.visitor("Alice")
    answer = alice.post("/moi/suppression", {"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert account_named("Alice") is None
    assert alice.get("/moi").status_code == other_device.get("/moi").status_code == 303
    assert not Membership.select().where(Membership.group == group("insoumis-087")).exists()
    assert group("insoumis-087").members_count == 0
    page = guest.get(f"/d/{talk.key}").text
    assert "Une réponse de ma main." in page
    assert "Ancien membre" in page
    assert "Alice" not in page
    assert Ballot.select().where(Ballot.proposal == asked.id).count() == 1
    assert guest.post("/connexion", {"username": "Alice", "password": PASSWORD}).status_code == 422
    # The pseudonym is free again, for somebody else.
    assert guest.post("/inscription", {"username": "Alice", "password": PASSWORD}).status_code == 303


def test_a_wrong_password_takes_nobody_out(alice):
    answer = alice.post("/moi/suppression", {"password": "une autre"})
    assert answer.status_code == 422
    assert "Ce n’est pas votre mot de passe." in answer.text
    assert account_named("Alice") is not None
    assert group("insoumis-087").members_count == 1


def test_several_may_leave(alice, bob):
    for visitor in (alice, bob):
        assert visitor.post("/moi/suppression", {"password": PASSWORD}).status_code == 303
    assert Account.select().where(Account.username == "Ancien membre").count() == 2


def test_the_shared_demonstration_account_is_not_deleted(alice):
    account = member("Alice")
    account.demo = True
    account.save()
    assert alice.post("/moi/suppression", {"password": PASSWORD}).status_code == 403
    assert account_named("Alice") is not None


@pytest.mark.parametrize("password", ["", "\0", "!", "-"])
def test_nobody_signs_in_as_who_has_left(alice, guest, password):
    number = member("Alice").id
    alice.post("/moi/suppression", {"password": PASSWORD})
    for name in (f"-{number}", "Ancien membre", "Alice"):
        assert guest.post("/connexion", {"username": name, "password": password}).status_code == 422
    assert guest.get("/moi").status_code == 303
