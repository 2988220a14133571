"""Archiving a group and writing in it again; its figures."""

from datetime import timedelta

from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.groups import actions
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
LONG = "Un texte assez long pour être lu, avec le mot ornithorynque."


def test_an_archived_group_is_read_and_not_written_in(alice, guest, bob):
    assert bob.post(f"{PATH}/archivage").status_code == guest.post(f"{PATH}/archivage").status_code == 403
    for _ in range(2):
        assert alice.post(f"{PATH}/archivage").status_code == 303
    for reader in (alice, guest):
        assert "Groupe archivé" in reader.get(PATH).text
    assert guest.get(PATH).status_code == 200
    refused = alice.post(f"{PATH}/discussions/nouvelle", {"title": "Un titre", "body": LONG})
    assert refused.status_code == 403
    assert "archivé" in refused.text
    assert alice.post(f"{PATH}/reouverture").status_code == 303
    assert alice.post(f"{PATH}/discussions/nouvelle", {"title": "Un titre", "body": LONG}).status_code == 303


def test_the_figures_are_for_animators_and_name_nobody(alice, bob):
    actions.join(member("Bob"), group(HANDLE))
    talk = discussions.open(member("Bob"), group(HANDLE), "Un sujet", LONG)
    discussions.comment(member("Bob"), talk, LONG)
    for title, terms in (
        ("Un vote annoncé", {"opens_at": (now() + timedelta(days=2)).isoformat()}),
        ("Un vote fini", {}),
    ):
        draft = proposals.Draft(title, LONG, terms=proposals.Terms(**terms))
        vote = proposals.propose(member("Alice"), group(HANDLE), draft)
    Proposal.update(closes_at=now()).where(Proposal.id == vote.id).execute()
    assert bob.get(f"{PATH}/chiffres").status_code == 403
    page = alice.get(f"{PATH}/chiffres").text
    assert '<td class="num">2</td><td class="num">1</td><td class="num">1</td>' in page
    assert "Bob" not in page
    assert "Un vote fini" in page
    assert "Un vote annoncé" not in page
