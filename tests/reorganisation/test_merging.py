"""Pouring a group into another, and making two of them again."""

from datetime import timedelta

import pytest
import time_machine

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid, Refused
from forum.groups import actions as groups
from forum.groups.models import Group, Membership, Merge
from forum.initiatives.models import Initiative
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.reorganisation import actions
from forum.search.actions import index_changes
from tests.initiatives import planned
from tests.reorganisation import state
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
LONG = "Un texte assez long pour être lu, avec le mot ornithorynque."
DRAFT = proposals.Draft("Une proposition claire", LONG)


def test_a_group_poured_into_another_brings_everything_and_every_address(alice, guest):
    groups.join(member("Bob"), group(HANDLE))
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
    index_changes()
    assert '"group":"insoumis"' in guest.get("/recherche.json?q=ornithorynque").text.replace(" ", "")
    number = Merge.get().id
    for _ in range(2):
        assert alice.post(f"/g/insoumis/separation/{number}").status_code == 303
    assert state() == before
    assert guest.get(PATH).status_code == 200


def test_what_came_after_a_merger_stays_where_it_was_said(alice):
    alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    groups.join(member("Bob"), group("insoumis"))
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
    vote = proposals.propose(member("Alice"), group(HANDLE), DRAFT)
    refused = alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    assert refused.status_code == 403
    assert "vote est en cours" in refused.text
    Proposal.update(closes_at=now() - timedelta(minutes=1)).where(Proposal.id == vote.id).execute()
    assert alice.post(f"{PATH}/reunion", {"into": "insoumis"}).status_code == 303
    number = Merge.get().id
    assert bob.post(f"/g/insoumis/separation/{number}").status_code == 403
    with time_machine.travel(now() + timedelta(days=31)):
        assert site.visitor("Alice").post(f"/g/insoumis/separation/{number}").status_code == 403


def test_who_is_poured_in_has_no_voice_in_a_vote_whose_voters_were_fixed_before(alice, bob):
    groups.join(member("Bob"), group(HANDLE))
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
        groups.join(member("Bob"), group(handle))
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
    # Both had read the group before either poured it.
    actions.merge(member("Alice"), stale, "insoumis")
    assert talk.key in guest.get("/g/insoumis").text
    alice.post(f"/g/insoumis/separation/{Merge.get().id}")
    assert state() == before
    Group.update(deleted_at=now()).where(Group.handle == HANDLE).execute()
    with pytest.raises(Invalid):
        actions.merge(member("Alice"), stale, "insoumis")


def test_the_act_alone_brings_all_that_was_said_and_takes_it_back(site):
    """As a command or a letter would, without any page."""
    talk = discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    meeting, vote = planned(HANDLE), proposals.propose(member("Alice"), group(HANDLE), DRAFT)
    before, said = state(), {Discussion: talk.id, Proposal: vote.id, Initiative: meeting.id}
    with pytest.raises(Refused, match="vote est en cours"):
        actions.merge(member("Alice"), group(HANDLE), "insoumis")
    assert state() == before
    Proposal.update(closes_at=now() - timedelta(minutes=1)).where(Proposal.id == vote.id).execute()
    source, target = group(HANDLE), actions.merge(member("Alice"), group(HANDLE), "insoumis")
    assert {table.get_by_id(number).group_id for table, number in said.items()} == {target.id}
    actions.unmerge(member("Alice"), Merge.get())
    assert {table.get_by_id(number).group_id for table, number in said.items()} == {source.id}
    assert state() == before


def test_nobody_else_makes_two_groups_again_even_without_a_page(site):
    actions.merge(member("Alice"), group(HANDLE), "insoumis")
    for stranger in (GUEST, member("Bob"), member("Charlie")):
        with pytest.raises(Refused):
            actions.unmerge(stranger, Merge.get())
        with pytest.raises(Refused):
            actions.merge(stranger, group("insoumis"), "insoumis-023")
