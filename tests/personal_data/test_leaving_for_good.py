"""Taking one's data, and leaving for good."""

import json

import pytest

from forum.accounts.models import GUEST, Account, Block
from forum.accounts.queries import account_named
from forum.discussions import actions as discussions
from forum.errors import Invalid, Refused
from forum.groups import actions as groups
from forum.groups.models import Follow, Invitation, Membership
from forum.initiatives import actions as initiatives
from forum.initiatives.models import Participation
from forum.moderation import actions as moderation, kinds
from forum.moderation.models import Case
from forum.personal_data import actions
from forum.proposals import actions as proposals
from forum.proposals.models import Ballot
from forum.reorganisation import actions as reorganisation
from forum.tasks.journal import JournalLine
from tests.initiatives import planned
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


def test_who_leaves_may_take_their_words_along(alice, bob, guest):
    talk, asked = furnish()
    meeting = planned()
    groups.join(bob.account, group("insoumis-087"))
    answered = discussions.comment(bob.account, talk, "Je lui réponds.")
    alice.post("/moi/suppression", {"password": PASSWORD, "take": "1"})
    assert account_named("Alice") is None
    page = guest.get(f"/d/{talk.key}").text
    assert "Je lui réponds." in page
    assert answered.key in page
    for words in ("Un sujet à garder", TEXT, "de ma main"):
        assert words not in page
    assert guest.get(f"/i/{meeting.key}").status_code == 404
    assert "Ma proposition" in guest.get(f"/p/{asked.key}").text


def test_a_wrong_password_takes_no_words(alice, guest):
    talk, _ = furnish()
    assert alice.post("/moi/suppression", {"password": "une autre phrase", "take": "1"}).status_code == 422
    assert "de ma main" in guest.get(f"/d/{talk.key}").text


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


def test_the_act_alone_takes_a_person_out_of_everything(site):
    """As a command or a letter would, without any page."""
    alice, bob, home = member("Alice"), member("Bob"), group("insoumis-087")
    groups.join(bob, home)
    groups.follow(bob, group("insoumis-023"))
    groups.invite(bob, home)
    meeting = planned("insoumis-087", seats="1")
    initiatives.withdraw(alice, meeting)
    initiatives.take_part(bob, meeting)
    initiatives.take_part(alice, meeting)
    with pytest.raises(Refused):
        actions.leave_for_good(GUEST, PASSWORD)
    with pytest.raises(Invalid):
        actions.leave_for_good(bob, "une autre")
    assert group("insoumis-087").members_count == 2
    actions.leave_for_good(bob, PASSWORD)
    assert account_named("Bob") is None
    assert group("insoumis-087").members_count == 1
    for column in (Membership.member, Follow.member, Invitation.inviter, Participation.member):
        assert not column.model.select().where(column == bob.id).exists()
    # The seat that is free again is Alice's, who waited for it.
    assert JournalLine.select().where(JournalLine.verb == "initiative.seated").exists()


def test_a_group_that_is_brought_back_counts_those_who_are_still_here(site):
    groups.join(member("Bob"), group("insoumis-087"))
    reorganisation.delete(member("Alice"), group("insoumis-087"), "insoumis-087")
    actions.leave_for_good(member("Bob"), PASSWORD)
    reorganisation.restore(member("Alice"), group("insoumis-087"))
    assert group("insoumis-087").members_count == 1


def test_a_pseudonym_that_was_hidden_does_not_come_back(site):
    moderation.report(member("Alice"), kinds.ACCOUNT.read(member("Bob")), "persons")
    draft = moderation.DecisionDraft("hide", "", "7", "persons", TEXT, kinds.ACCOUNT.read(member("Bob")).digest)
    decision = moderation.decide(member("Modeste"), Case.get(), draft)
    bob = Account.get(Account.username_key == "bob")
    actions.leave_for_good(bob, PASSWORD)
    moderation.undo(member("Modeste"), decision, "C’était une erreur de notre part.")
    assert Account.get_by_id(bob.id).username == "Ancien membre"
    assert Case.get().title == "Ancien membre"


def test_whom_one_does_not_read_is_among_ones_data_and_goes_with_them(alice):
    moderation.block(member("Alice"), "Bob")
    assert alice.get("/moi/donnees").json["account"]["blocked"] == ["Bob"]
    alice.post("/moi/suppression", {"password": PASSWORD})
    assert not Block.select().exists()
