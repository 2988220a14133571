"""One rule decides wherever a name meets a choice: strangers read reasons, and not whose they are."""

from forum.groups.models import Group
from forum.proposals import actions
from forum.proposals.models import Ballot
from tests.proposals.ballots import newcomers, put

WHY = "Le marché ferme à midi."


def reasoned():
    proposal = put()
    ronce = newcomers(2)[1]
    actions.vote(ronce, proposal, {"choice": "block", "reason": WHY})
    return proposal, ronce


def test_strangers_read_the_reason_and_members_whose_it_is(site, guest, bob, alice):
    proposal, ronce = reasoned()
    for stranger in (guest, bob):
        page = stranger.get(f"/p/{proposal.key}").text
        assert WHY in page
        assert ronce.username not in page
        assert "Membre du groupe" in page
    assert ronce.username in alice.get(f"/p/{proposal.key}").text


def test_where_members_do_not_see_one_another_they_read_no_names_either(site, alice):
    proposal, ronce = reasoned()
    Group.update(members_see_members=False).where(Group.id == proposal.group_id).execute()
    page = site.visitor("Galet0").get(f"/p/{proposal.key}").text
    assert WHY in page
    assert ronce.username not in page
    assert ronce.username in site.visitor(ronce.username).get(f"/p/{proposal.key}").text
    assert ronce.username in alice.get(f"/p/{proposal.key}").text


def test_a_stranger_reports_a_reason_without_learning_whose_it_is(site, bob, alice):
    proposal, ronce = reasoned()
    number = Ballot.get().id
    page = bob.get(f"/signaler/raison/{proposal.key}.={number}")
    assert page.status_code == 200
    assert WHY in page.text
    assert ronce.username not in page.text
    assert bob.get(f"/signaler/raison/{proposal.key}.{ronce.username}").status_code == 404
    assert alice.get(f"/signaler/raison/{proposal.key}.{ronce.username}").status_code == 200
    for wrong in ("=", "=0", f"={number + 9}", str(number), "=x", "=-1"):
        assert bob.get(f"/signaler/raison/{proposal.key}.{wrong}").status_code == 404
    other = put(title="Une autre proposition claire")
    assert bob.get(f"/signaler/raison/{other.key}.={number}").status_code == 404


def test_what_is_told_above_the_box_is_what_is_done(site, alice):
    proposal = put()
    assert "seuls les membres du groupe voient votre nom" in alice.get(f"/p/{proposal.key}").text
