"""Trying without an account: everything in the sandbox, nothing elsewhere, for a day."""

import pytest

from forum.accounts.models import Account
from forum.accounts.rules import TRIAL
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
from forum.errors import Refused
from forum.groups import actions as groups, rules
from forum.groups.models import Group, Handle, Membership
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.sandbox import actions, names
from forum.search.queries import count_documents, every_document
from forum.tags.models import Tag
from forum.tasks.journal import JournalLine, Pending
from tests.conftest import visited
from tests.notifications.test_telling import deliver
from tests.world import PASSWORD, Visitor, group, member

TEXT = "Un texte assez long pour être lu, avec #pissenlits."


def trying(site) -> Visitor:
    """Somebody who has just entered the sandbox."""
    visitor = site.visitor()
    assert visitor.post("/essai").location == "/g/essai"
    visitor.account = Account.select().where(Account.trial).order_by(Account.id.desc()).get()
    return visitor


def write(visitor: Visitor) -> tuple[Discussion, Proposal]:
    opened = visitor.post(
        "/g/essai/discussions/nouvelle", {"title": "Un essai de genêt", "body": TEXT, "tags": "pissenlits"}
    )
    asked = visitor.post(
        "/g/essai/propositions/nouvelle", {"title": "Un vote d’essai", "body": TEXT, "method": "consent"}
    )
    assert (opened.status_code, asked.status_code) == (303, 303)
    talk = Discussion.get(Discussion.title == "Un essai de genêt")
    return talk, Proposal.get(Proposal.title == "Un vote d’essai")


def test_one_tap_gives_a_pseudonym_for_the_day_and_everything_to_try(site, guest):
    assert 'href="/essai"' in guest.get("/").text
    assert "tout s’efface chaque nuit" in guest.get("/essai").text
    visitor = trying(site)
    word, _, number = visitor.account.username.partition("-")
    assert word in names.WORDS
    assert number.isdigit()
    talk, asked = write(visitor)
    assert visitor.post(f"/d/{talk.key}/commentaires", {"body": "Une réponse."}).status_code == 303
    assert visitor.post(f"/p/{asked.key}/vote", {"choice": "agree"}).status_code == 303
    page = visitor.get("/g/essai").text
    for words in ("Un essai de genêt", "Un vote d’essai", "Par quoi commencer", "cette nuit, tout s’efface"):
        assert words in page
    assert visitor.post("/essai").location == "/g/essai"
    assert Account.select().where(Account.trial).count() == 2


def test_two_who_try_meet_in_the_same_sandbox(site):
    first, second = trying(site), trying(site)
    talk, asked = write(first)
    assert second.get(f"/d/{talk.key}").status_code == 200
    assert second.post(f"/p/{asked.key}/vote", {"choice": "disagree"}).status_code == 303
    assert Group.select().where(Group.sandbox).count() == 1
    assert second.post("/g/essai/depart").status_code == 303
    assert second.get("/g/essai").status_code == 404
    assert second.post("/essai").location == "/g/essai"
    assert second.get("/g/essai").status_code == 200


def test_who_tries_does_nothing_in_any_other_group(site):
    for handle in ("insoumis-087", "insoumis", "insoumis-023", "veilleuses"):
        animator = member("Charlie" if handle == "insoumis-023" else "Alice")
        talk = discussions.open(animator, group(handle), "Un sujet sérieux", TEXT)
        asked = proposals.propose(animator, group(handle), proposals.Draft("Un vote sérieux", TEXT))
        visitor, expected = trying(site), 404 if handle == "veilleuses" else 403
        for path, form in (
            (f"/g/{handle}/adhesion", {}),
            (f"/g/{handle}/discussions/nouvelle", {"title": "Un essai", "body": TEXT}),
            (f"/g/{handle}/propositions/nouvelle", {"title": "Un essai", "method": "consent"}),
            (f"/d/{talk.key}/commentaires", {"body": TEXT}),
            (f"/d/{talk.key}/propositions/nouvelle", {"title": "Un essai", "method": "consent"}),
            (f"/p/{asked.key}/vote", {"choice": "agree"}),
            (f"/g/{handle}/initiatives/nouvelle", {}),
        ):
            assert visitor.post(path, form).status_code == expected, path
        token = groups.invite(animator, group(handle))
        assert visitor.post(f"/invitation/{token}").status_code == 403
        # Even let in by mistake they have no voice.
        Membership.create(group=group(handle), member=visitor.account)
        assert rules.vote(visitor.account, group(handle)).reason == TRIAL
        assert rules.discuss(visitor.account, group(handle)).reason == TRIAL


def test_who_tries_does_nothing_that_lasts_outside_the_groups_either(site):
    discussions.open(member("Alice"), group("insoumis-087"), "Un sujet", TEXT)
    visitor = trying(site)
    for path, form in (
        ("/groupes/nouveau", {"name": "Un groupe", "handle": "insoumis-orties"}),
        ("/t/pissenlit/abonnement", {}),
        ("/t/pissenlit/synonymes", {"name": "dent-de-lion", "reason": "C’est la même."}),
        ("/moi/reglages/courriel", {"email": "a@example.org"}),
        ("/moi/suppression", {"password": ""}),
        ("/g/essai/invitations", {"days": "7", "uses": "0"}),
    ):
        assert visitor.post(path, form).status_code == 403, path
    assert visitor.get("/moi/reglages").location == visitor.get("/inscription").location == "/essai/compte"


def test_nothing_of_the_sandbox_is_seen_outside(site, alice, guest):
    visitor = trying(site)
    talk, asked = write(visitor)
    for path in ("/g/essai", "/g/essai.json", "/g/essai.atom", f"/d/{talk.key}", f"/p/{asked.key}", "/g/essai/membres"):
        assert guest.get(path).status_code == alice.get(path).status_code == 404, path
    for path in ("/", "/groupes", "/t/pissenlits", "/t/pissenlits.atom", "/groupes?q=essai", "/agenda"):
        for one in (guest, alice):
            assert "genêt" not in one.get(path).text
            assert "Bac à sable" not in one.get(path).text
    assert not Tag.select().where(Tag.label.contains("pissenlit")).exists()
    indexed = [*every_document("groupes"), *every_document("textes")]
    assert len(indexed) == count_documents("groupes") + count_documents("textes") == 4


def test_each_night_all_of_it_goes_and_nothing_else(site, alice):
    kept = discussions.open(member("Alice"), group("insoumis-087"), "Un sujet sérieux", TEXT)
    visitor = trying(site)
    talk, asked = write(visitor)
    visitor.post(f"/d/{talk.key}/commentaires", {"body": "Une réponse."})
    visitor.post(f"/p/{asked.key}/vote", {"choice": "agree"})
    deliver()
    before = {group.id for group in Group.select()}
    actions.wipe.call_local()
    assert {group.id for group in Group.select()} == before
    assert [row.id for row in Discussion.select()] == [kept.id]
    assert not Comment.select().exists()
    assert not Proposal.select().exists()
    assert not Account.select().where(Account.trial).exists()
    assert not JournalLine.select().where(JournalLine.group_id == group("essai").id).exists()
    assert not Pending.select().join(JournalLine).where(JournalLine.group_id == group("essai").id).exists()
    assert visitor.get("/moi").status_code == 303
    assert group("essai").members_count == 0
    actions.wipe.call_local()
    again = trying(site)
    assert "Par quoi commencer" in again.get("/g/essai").text
    assert "genêt" not in again.get("/g/essai").text


def test_the_cookie_of_who_was_wiped_opens_nobody_else_s_account(site):
    visitor = trying(site)
    actions.wipe.call_local()
    # SQLite gives the last id again.
    Account.create(id=visitor.account.id, username="Bruyère", username_key="bruyere", password_hash="!")
    assert visitor.get("/moi").status_code == 303


def test_one_more_tap_keeps_the_account_and_loses_the_sandbox_alone(site, guest):
    visitor = trying(site)
    write(visitor)
    name = visitor.account.username
    assert f'value="{name}"' in visitor.get("/essai/compte").text
    taken = visitor.post("/essai/compte", {"username": "alice", "password": PASSWORD})
    assert taken.status_code == 422
    assert 'value="alice"' in taken.text
    assert "déjà pris" in taken.text
    assert "Huit signes" in visitor.post("/essai/compte", {"username": name, "password": "court"}).text
    assert visitor.post("/essai/compte", {"username": name, "password": PASSWORD}).location == "/groupes"
    assert visitor.post("/essai/compte", {"username": name, "password": PASSWORD}).status_code == 403
    assert visitor.post("/g/insoumis-087/adhesion").status_code == 303
    actions.wipe.call_local()
    assert visitor.get("/moi").status_code == 200
    assert "#essai" not in visitor.get("/moi").text
    assert guest.post("/connexion", {"username": name, "password": PASSWORD}).status_code == 303
    assert "insoumis-087" in guest.get("/moi").text


def test_nobody_signs_in_for_a_day_or_as_the_host(site, guest):
    visitor = trying(site)
    for name in (visitor.account.username, "Parvis", "-sandbox"):
        for password in ("", "!", PASSWORD):
            assert guest.post("/connexion", {"username": name, "password": password}).status_code == 422


def test_a_member_has_nothing_to_try(alice):
    assert "Vous avez déjà un compte" in alice.get("/essai").text
    assert alice.post("/essai").location == "/essai"
    with pytest.raises(Refused):
        actions.keep(member("Alice"), "Alice", PASSWORD)


def test_the_site_may_do_without(built, tmp_path):
    with visited(built, tmp_path, SANDBOX="0") as site:
        guest = site.visitor()
        assert guest.get("/essai").status_code == guest.post("/essai").status_code == 404
        assert "/essai" not in guest.get("/").text


def test_its_address_is_kept_for_it(site, alice):
    form = {"name": "Essai", "handle": "essai", "visibility": "ouvert", "joining": "libre"}
    refused = alice.post("/groupes/nouveau", form)
    assert refused.status_code == 422
    assert "réservée au site" in refused.text
    # A group that bears it already keeps it.
    Group.update(handle="essai").where(Group.handle == "insoumis").execute()
    Handle.update(key="essai").where(Handle.key == "insoumis").execute()
    assert site.visitor().post("/essai").location == "/g/bac-a-sable"


def test_a_machine_does_not_fill_the_sandbox(limited):
    found = {limited.visitor().post("/essai").status_code for _ in range(121)}
    assert found == {303, 429}
