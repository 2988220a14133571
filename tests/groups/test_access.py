"""Who reads a group, who enters it, who may do what: chosen at its founding, changed by its animators."""

from datetime import timedelta

import pytest

from forum.database.clock import at, now
from forum.discussions import actions as discussions
from forum.groups import actions
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.tasks.journal import JournalLine
from tests.world import group, member

RIGHTS = "/g/insoumis-087/reglages/droits"
# What the form sends when nothing is changed in it.
USUAL = {
    "rights": "1",
    "access": "ouvert-libre",
    "members_discuss": "1",
    "members_propose": "1",
    "members_invite": "1",
    "members_see_members": "1",
}
LONG = "Voyez https://exemple.org/eau et [ici](https://exemple.org/air), ou #eau."


def door() -> tuple[str, str]:
    row = group("insoumis-087")
    return row.visibility, row.joining


def switch(**rights) -> None:
    Group.update(**rights).where(Group.handle == "insoumis-087").execute()


@pytest.mark.parametrize(
    ("access", "visibility", "joining"),
    [
        ("ouvert-libre", "ouvert", "libre"),
        ("ferme-demande", "ferme", "demande"),
        ("secret-invitation", "secret", "invitation"),
        ("ouvert-demande", "ouvert", "demande"),
    ],
)
def test_a_founder_chooses_among_presets_and_more(bob, access, visibility, joining):
    form = USUAL | {"name": "Potager", "access": access, "links_held_days": "7"}
    form.pop("members_invite")
    assert bob.post("/groupes/nouveau", form).status_code == 303
    row = Group.get(Group.name == "Potager")
    assert (row.visibility, row.joining, row.members_invite, row.members_discuss) == (visibility, joining, False, True)
    assert row.links_held_days == 7


def test_the_fields_of_the_contract_found_a_group_too(bob):
    bob.post("/groupes/nouveau", {"name": "Verger", "visibility": "ferme"})
    bob.post("/groupes/nouveau", {"name": "Rucher", "visibility": "secret", "joining": "invitation"})
    assert (group("insoumis-verger").joining, group("insoumis-verger").members_invite) == ("demande", True)
    secret = Group.get(Group.name == "Rucher")
    assert secret.visibility == "secret"
    assert bob.get("/g/insoumis-rucher").headers["Location"] == f"/g/{secret.handle}"


@pytest.mark.parametrize("access", ["", "secret-libre", "ferme-libre", "ouvert", "n’importe"])
def test_what_makes_no_sense_is_refused(alice, bob, access):
    answer = bob.post("/groupes/nouveau", USUAL | {"name": "Potager", "access": access})
    assert answer.status_code == 422
    assert "Choisissez qui lit le groupe" in answer.text
    assert alice.post(RIGHTS, USUAL | {"access": access}).status_code == 422
    assert door() == ("ouvert", "libre")


def test_a_change_of_readers_is_confirmed_then_told_and_recorded(site, alice):
    actions.join(member("Bob"), group("insoumis-087"))
    answer = alice.post(RIGHTS, USUAL | {"access": "ferme-demande"})
    assert answer.status_code == 422
    assert "ne sera plus lisible que par les membres" in answer.text
    assert 'name="confirm" value="ferme"' in answer.text
    assert door() == ("ouvert", "libre")
    # The confirmation of one change is not that of another.
    assert alice.post(RIGHTS, USUAL | {"access": "secret-invitation", "confirm": "ferme"}).status_code == 422
    for _ in range(2):
        assert alice.post(RIGHTS, USUAL | {"access": "ferme-demande", "confirm": "ferme"}).status_code == 303
    assert door() == ("ferme", "demande")
    answer = alice.post(RIGHTS, USUAL | {"access": "ouvert-libre"})
    assert "y compris ce qui fut écrit entre soi" in answer.text
    alice.post(RIGHTS, USUAL | {"access": "ouvert-libre", "confirm": "ouvert"})
    assert JournalLine.select().where(JournalLine.verb == "group.access_changed").count() == 2
    while delivery.run_once():
        pass
    told = [row.sentence for row in Notice.select().where(Notice.account == member("Bob")).order_by(Notice.id)]
    assert [("fermé" in told[0]), ("tout le monde peut lire" in told[1])] == [True, True]


def test_a_door_alone_changes_at_once(alice):
    assert alice.post(RIGHTS, USUAL | {"access": "ouvert-demande"}).status_code == 303
    assert door() == ("ouvert", "demande")


def test_rights_and_readers_change_together_or_not_at_all(alice):
    changed = {name: value for name, value in USUAL.items() if name != "members_propose"}
    assert alice.post(RIGHTS, changed | {"access": "ferme-demande"}).status_code == 422
    assert group("insoumis-087").members_propose
    answer = alice.post(RIGHTS, changed | {"newcomers_read_days": "91"})
    assert answer.status_code == 422
    assert "de 0 à 90" in answer.text
    assert 'value="91"' in answer.text
    assert alice.post(RIGHTS, changed | {"newcomers_read_days": "3"}).status_code == 303
    row = group("insoumis-087")
    assert (row.members_propose, row.newcomers_read_days) == (False, 3)


def test_only_an_animator_changes_them(bob, guest, charlie):
    actions.join(member("Bob"), group("insoumis-087"))
    for visitor in (bob, guest, charlie):
        assert visitor.post(RIGHTS, USUAL | {"access": "ouvert-demande"}).status_code == 403
    assert door() == ("ouvert", "libre")


def test_each_switch_closes_its_act_to_members_and_not_to_animators(site, alice, bob):
    actions.join(member("Bob"), group("insoumis-087"))
    switch(members_discuss=False, members_propose=False, members_see_members=False)
    for path in ("discussions/nouvelle", "propositions/nouvelle", "membres"):
        assert bob.get(f"/g/insoumis-087/{path}").status_code == 403, path
        assert alice.get(f"/g/insoumis-087/{path}").status_code == 200, path


def test_new_members_read_only_for_the_days_chosen(site, bob):
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Un sujet", LONG)
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Une proposition", LONG))
    with at(now() - timedelta(days=2)):
        actions.join(member("Bob"), group("insoumis-087"))
    switch(newcomers_read_days=3)
    for path, form in (
        (f"/d/{talk.key}/commentaires", {"body": "Bonjour"}),
        (f"/p/{asked.key}/vote", {"choice": "agree"}),
    ):
        answer = bob.post(path, form)
        assert answer.status_code == 403
        assert "les nouveaux membres lisent d’abord" in answer.text
    assert bob.get("/g/insoumis-087/discussions/nouvelle").status_code == 403
    assert bob.get(f"/d/{talk.key}").status_code == 200
    switch(newcomers_read_days=1)
    assert bob.post(f"/d/{talk.key}/commentaires", {"body": "Bonjour"}).status_code == 303


def test_who_will_not_vote_in_time_is_not_counted_among_the_seats(site):
    switch(newcomers_read_days=3)
    with at(now() - timedelta(days=4)):
        actions.join(member("Bob"), group("insoumis-087"))
    soon = (now() + timedelta(hours=5)).isoformat()
    actions.join(member("Charlie"), group("insoumis-087"))
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Vite", LONG, closes_at=soon))
    assert Proposal.get_by_id(asked.id).eligible_count == 2
    later = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Plus tard", LONG))
    assert Proposal.get_by_id(later.id).eligible_count == 3


def test_links_of_the_newest_members_stay_text(site, bob, guest):
    actions.join(member("Bob"), group("insoumis-087"))
    switch(links_held_days=3)
    talk = discussions.open(member("Bob"), group("insoumis-087"), "Un sujet", LONG)
    discussions.comment(member("Bob"), talk, LONG)
    asked = proposals.propose(member("Bob"), group("insoumis-087"), proposals.Draft("Une proposition", LONG))
    proposals.vote(member("Bob"), asked, {"choice": "agree", "reason": LONG})
    for path in (f"/d/{talk.key}", f"/p/{asked.key}"):
        page = guest.get(path).text
        assert "https://exemple.org/eau" in page
        assert "ici (https://exemple.org/air)" in page
        assert 'href="https://exemple.org' not in page
        assert 'href="/t/eau"' in page
    theirs = discussions.open(member("Alice"), group("insoumis-087"), "Un autre", LONG)
    assert 'href="https://exemple.org/eau"' in guest.get(f"/d/{theirs.key}").text
    with at(now() + timedelta(days=4)):
        discussions.edit(member("Bob"), talk, "Un sujet", f"{LONG} Relu.")
    assert 'href="https://exemple.org/eau"' in guest.get(f"/d/{talk.key}").text
