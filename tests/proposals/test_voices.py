"""Who voted what: said before one votes, shown among members, with what was said before; to nobody else."""

from forum.groups import actions as groups
from forum.groups.models import Group
from forum.proposals import actions
from tests.proposals.ballots import newcomers, put
from tests.world import group, member

ROOMS = "Bellac\nLe Dorat"


def test_one_knows_before_voting_who_will_know(alice):
    proposal = put()
    assert "les membres du groupe voient qui vote quoi" in alice.get(f"/p/{proposal.key}").text
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    assert "les personnes qui animent le groupe voient qui vote quoi" in alice.get(f"/p/{proposal.key}").text


def test_members_see_who_voted_what_and_what_was_said_before(alice, bob, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(method="score", options=ROOMS)
    bob.post(f"/p/{proposal.key}/vote", {"option-1": "5", "option-2": "1"})
    bob.post(f"/p/{proposal.key}/vote", {"option-1": "0"})
    page = alice.get(f"/p/{proposal.key}/voix").text
    assert "<b>Bob</b>" in page
    assert "Bellac (0)" in page
    assert "A changé d’avis le" in page
    assert "Bellac (5), Le Dorat (1)" in page
    assert f'href="/p/{proposal.key}/voix"' in alice.get(f"/p/{proposal.key}").text
    table = alice.get(f"/p/{proposal.key}/voix.csv").text
    assert table.splitlines()[0] == "voter,recorded_by,changed_at,1,2,reason"
    assert table.splitlines()[1].startswith("Bob,")
    for address in ("voix", "voix.csv"):
        answer = guest.get(f"/p/{proposal.key}/{address}")
        assert answer.status_code == 403
        assert "Bob" not in answer.text


def test_a_stranger_and_who_left_see_no_names(bob, charlie):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    actions.vote(member("Bob"), proposal, {"choice": "agree"})
    assert charlie.get(f"/p/{proposal.key}/voix").status_code == 403
    assert f"/p/{proposal.key}/voix" not in charlie.get(f"/p/{proposal.key}").text
    bob.post("/g/insoumis-087/depart")
    assert bob.get(f"/p/{proposal.key}/voix").status_code == 403


def test_where_members_do_not_see_members_they_do_not_see_voices(alice, bob):
    groups.join(member("Bob"), group("insoumis-087"))
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    assert bob.get(f"/p/{proposal.key}/voix").status_code == 403
    assert alice.get(f"/p/{proposal.key}/voix").status_code == 200


def test_a_voter_sees_what_they_said_before(bob, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put()
    assert "Aucune voix" in bob.get(f"/p/{proposal.key}/ma-voix").text
    for choice in ("agree", "disagree"):
        bob.post(f"/p/{proposal.key}/vote", {"choice": choice})
    assert "Vous avez changé d’avis" in bob.get(f"/p/{proposal.key}").text
    bob.post("/g/insoumis-087/depart")
    page = bob.get(f"/p/{proposal.key}/ma-voix").text
    assert "Pas d’accord" in page or "désaccord" in page.lower()
    assert "A changé d’avis le" in page
    assert guest.get(f"/p/{proposal.key}/ma-voix").status_code == 303


def test_voices_come_fifty_a_page(alice):
    proposal = put()
    for person in newcomers(51):
        actions.vote(person, proposal, {"choice": "agree"})
    first = alice.get(f"/p/{proposal.key}/voix").text
    assert (first.count("<li><b>"), "?page=2" in first) == (50, True)
    assert alice.get(f"/p/{proposal.key}/voix?page=2").text.count("<li><b>") == 1
