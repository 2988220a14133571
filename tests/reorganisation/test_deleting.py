"""Deleting a group, bringing it back, and its end for good."""

from datetime import timedelta

import pytest
import time_machine

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.discussions.models import Discussion
from forum.errors import Refused
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.reorganisation import actions
from forum.search.actions import index_changes
from forum.search.engines.in_use import engine
from tests.reorganisation import state
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
LONG = "Un texte assez long pour être lu, avec le mot ornithorynque."


def test_a_deleted_group_is_gone_at_once_everywhere_and_its_members_are_told(alice, bob, guest):
    groups.join(member("Bob"), group(HANDLE))
    talk = discussions.open(member("Alice"), group(HANDLE), "Un sujet", LONG)
    index_changes()
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
    index_changes()
    assert talk.key not in guest.get("/recherche.json?q=ornithorynque").text
    delivery.run_once()
    assert f"#{HANDLE}" in Notice.get(Notice.account == member("Bob").id).sentence
    assert f"#{HANDLE}" in bob.get("/moi/notifications").text


def indexed() -> int:
    return sum(status.documents for status in engine().status())


def test_animators_bring_a_deleted_group_back_as_it_was(alice, bob):
    groups.join(member("Bob"), group(HANDLE))
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
    index_changes()
    before = indexed()
    alice.post(f"{PATH}/suppression", {"handle": HANDLE})
    index_changes()
    # The group and its discussion: what the index has forgotten need not be told to it again when the rows go.
    assert indexed() == before - 2
    actions.purge.call_local()
    assert Discussion.select().count() == 1
    with time_machine.travel(now() + actions.GRACE + timedelta(hours=1)):
        actions.purge.call_local()
    assert Discussion.select().count() == 0
    assert Group.get_or_none(Group.handle == HANDLE) is None


def test_the_act_alone_is_for_its_animators(site):
    for stranger in (GUEST, member("Bob"), member("Charlie")):
        with pytest.raises(Refused):
            actions.delete(stranger, group(HANDLE), HANDLE)
    actions.delete(member("Alice"), group(HANDLE), HANDLE)
    with pytest.raises(Refused):
        actions.restore(member("Bob"), group(HANDLE))
    actions.restore(member("Alice"), group(HANDLE))
    assert group(HANDLE).deleted_at is None
