"""Archiving, deleting and bringing back, pouring a group into another and undoing it; the figures of a group."""

from datetime import timedelta

import pytest
import time_machine

from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid
from forum.groups import actions
from forum.groups.actions import ending
from forum.groups.models import Group, Handle, Membership, Merge
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.search import indexer
from tests.initiatives import planned
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
LONG = "Un texte assez long pour être lu, avec le mot ornithorynque."


def state() -> list[tuple]:
    """What a merger moves, to be compared before and after its undoing."""
    rows = [
        *Membership.select(Membership.id, Membership.group, Membership.role).tuples(),
        *Handle.select(Handle.id, Handle.group).tuples(),
        *Discussion.select(Discussion.id, Discussion.group).tuples(),
        *Group.select(Group.id, Group.members_count, Group.deleted_at).tuples(),
    ]
    return sorted(map(str, rows))


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


def test_a_deleted_group_is_gone_at_once_everywhere_and_its_members_are_told(alice, bob, guest):
    actions.join(member("Bob"), group(HANDLE))
    talk = discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    indexer.run_once()
    assert talk.key in guest.get("/recherche?q=ornithorynque").text
    assert bob.post(f"{PATH}/suppression", {"handle": HANDLE}).status_code == 403
    wrong = alice.post(f"{PATH}/suppression", {"handle": "autre"})
    assert wrong.status_code == 422
    assert 'value="autre"' in wrong.text
    assert alice.post(f"{PATH}/suppression", {"handle": f"#{HANDLE}"}).status_code == 303
    for visitor in (alice, bob, guest):
        for path in (PATH, f"{PATH}.json", f"{PATH}.atom", talk.address, f"/d/{talk.key}.json", f"{PATH}/membres"):
            assert visitor.get(path).status_code == 404, path
        for path in ("/", "/groupes?q=87", "/recherche?q=ornithorynque", "/lieux/087"):
            page = visitor.get(path).text
            assert talk.key not in page
            assert f'href="{PATH}"' not in page
    indexer.run_once()
    assert talk.key not in guest.get("/recherche.json?q=ornithorynque").text
    delivery.run_once()
    assert f"#{HANDLE}" in Notice.get(Notice.account == member("Bob").id).sentence
    assert f"#{HANDLE}" in bob.get("/moi/notifications").text


def test_animators_bring_a_deleted_group_back_as_it_was(alice, bob):
    actions.join(member("Bob"), group(HANDLE))
    before = state()
    alice.post(f"{PATH}/suppression", {"handle": HANDLE})
    assert bob.post(f"{PATH}/retablissement").status_code == 404
    assert "retablissement" not in bob.get("/moi").text
    assert f"{PATH}/retablissement" in alice.get("/moi").text
    assert alice.post(f"{PATH}/retablissement").status_code == 303
    assert state() == before
    assert alice.post(f"{PATH}/retablissement").status_code == 404


def test_after_ninety_days_nothing_is_left(alice):
    discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    alice.post(f"{PATH}/suppression", {"handle": HANDLE})
    ending.purge.call_local()
    assert Discussion.select().count() == 1
    with time_machine.travel(now() + ending.GRACE + timedelta(hours=1)):
        ending.purge.call_local()
    assert Discussion.select().count() == 0
    assert Group.get_or_none(Group.handle == HANDLE) is None


def test_a_group_poured_into_another_brings_everything_and_every_address(alice, guest):
    actions.join(member("Bob"), group(HANDLE))
    talk = discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    meeting = planned(HANDLE)
    before = state()
    assert alice.post(f"{PATH}/reunion", {"into": "#insoumis"}).status_code == 303
    moved = guest.get(PATH)
    assert (moved.status_code, moved.location) == (301, "/g/insoumis")
    page = guest.get("/g/insoumis").text
    assert talk.key in page
    assert meeting.key in page
    assert group("insoumis").members_count == 2
    indexer.run_once()
    assert '"group":"insoumis"' in guest.get("/recherche.json?q=ornithorynque").text.replace(" ", "")
    number = Merge.get().id
    for _ in range(2):
        assert alice.post(f"/g/insoumis/separation/{number}").status_code == 303
    assert state() == before
    assert guest.get(PATH).status_code == 200


def test_what_came_after_a_merger_stays_where_it_was_said(alice):
    alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    actions.join(member("Bob"), group("insoumis"))
    talk = discussions.open(member("Bob"), group("insoumis"), "Un sujet", LONG)
    alice.post(f"/g/insoumis/separation/{Merge.get().id}")
    assert Discussion.get_by_id(talk.id).group_id == group("insoumis").id
    assert Membership.get(Membership.member == member("Bob").id).group_id == group("insoumis").id


def test_only_who_animates_both_pours_and_only_where_nobody_reads_more(site, alice, bob, charlie):
    assert bob.post(f"{PATH}/reunion", {"into": "insoumis"}).status_code == 403
    assert charlie.post("/g/insoumis-023/reunion", {"into": "insoumis"}).status_code == 403
    assert alice.post("/g/veilleuses/reunion", {"into": "insoumis"}).status_code == 403
    assert alice.post(f"{PATH}/reunion", {"into": "nulle-part"}).status_code == 422
    assert alice.post(f"{PATH}/reunion", {"into": HANDLE}).status_code == 422
    # A secret group of others does not even exist.
    assert charlie.post("/g/insoumis-023/reunion", {"into": "veilleuses"}).status_code == 422
    vote = proposals.propose(member("Alice"), group(HANDLE), proposals.Draft("Une proposition claire", LONG))
    refused = alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    assert refused.status_code == 403
    assert "vote est en cours" in refused.text
    Proposal.update(closes_at=now() - timedelta(minutes=1)).where(Proposal.id == vote.id).execute()
    assert alice.post(f"{PATH}/reunion", {"into": "insoumis"}).status_code == 303
    number = Merge.get().id
    assert bob.post(f"/g/insoumis/separation/{number}").status_code == 403
    with time_machine.travel(now() + timedelta(days=31)):
        assert site.visitor("Alice").post(f"/g/insoumis/separation/{number}").status_code == 403


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


def test_who_is_poured_in_has_no_voice_in_a_vote_whose_voters_were_fixed_before(alice, bob):
    actions.join(member("Bob"), group(HANDLE))
    terms = proposals.Terms(electorate="before")
    vote = proposals.propose(member("Alice"), group("insoumis"), proposals.Draft("Une proposition", LONG, terms=terms))
    refused = alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    assert refused.status_code == 403
    assert "vote est en cours dans #insoumis" in refused.text
    Proposal.update(closes_at=now()).where(Proposal.id == vote.id).execute()
    assert alice.post(f"{PATH}/reunion", {"into": "insoumis"}).status_code == 303
    assert bob.get("/g/insoumis/discussions/nouvelle").status_code == 200
    # It is over, and does not begin again with other voters.
    again = alice.post(f"/p/{vote.key}/reouverture", {"closes_at": "", "reason": "Encore un peu."})
    assert again.status_code == 403
    assert "réuni" in again.text


def test_who_was_removed_from_a_group_does_not_come_back_by_another_poured_into_it(alice, bob):
    for handle in (HANDLE, "insoumis"):
        actions.join(member("Bob"), group(handle))
    alice.post("/g/insoumis/membres/Bob/retrait", {"reason": "Annonces publicitaires répétées"})
    assert alice.post(f"{PATH}/reunion", {"into": "insoumis"}).status_code == 303
    assert bob.get("/g/insoumis/discussions/nouvelle").status_code == 403
    alice.post(f"/g/insoumis/separation/{Merge.get().id}")
    assert bob.get(f"{PATH}/discussions/nouvelle").status_code == 200


def test_pouring_twice_is_once_and_is_undone_whole(alice, guest):
    talk = discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    before, stale = state(), group(HANDLE)
    for _ in range(2):
        answer = alice.post(f"{PATH}/reunion", {"into": "insoumis"})
        assert (answer.status_code, answer.location) == (303, "/g/insoumis")
    with transaction():
        # Both had read the group before either poured it.
        actions.keep(actions.merge(member("Alice"), stale, "insoumis"), {"discussions": []})
    assert talk.key in guest.get("/g/insoumis").text
    alice.post(f"/g/insoumis/separation/{Merge.get().id}")
    assert state() == before
    Group.update(deleted_at=now()).where(Group.handle == HANDLE).execute()
    with pytest.raises(Invalid), transaction():
        actions.merge(member("Alice"), stale, "insoumis")
