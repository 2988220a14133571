"""Options that members add to a vote: where it says so, once each, thirty at most."""

import pytest

from forum.proposals import actions, queries
from forum.proposals.actions import Terms
from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import newcomers, put, seen_by
from tests.world import member, seen_on

OPEN = Terms(growing=True)


def where(**fields) -> Proposal:
    return put(**{"method": "approval", "options": "Bellac\nLe Dorat", "terms": OPEN, **fields})


def labels(proposal: Proposal) -> list[str]:
    return [option.label for option in queries.options_of(proposal)]


def add(visitor, proposal: Proposal, option: str):
    return visitor.post(f"/p/{proposal.key}/options", {"option": option})


def test_a_member_adds_an_option_with_a_plain_form(alice, guest):
    proposal = where()
    assert f'action="/p/{proposal.key}/options"' in alice.get(f"/p/{proposal.key}").text
    answer = add(alice, proposal, "  Guéret\n ")
    assert (answer.status_code, answer.location) == (303, f"/p/{proposal.key}#vote")
    assert labels(proposal) == ["Bellac", "Le Dorat", "Guéret"]
    assert alice.post(f"/p/{proposal.key}/vote", {"option-3": "1"}).status_code == 303
    page = guest.get(f"/p/{proposal.key}").text
    assert "on peut ajouter des options" in page
    assert "/options" not in page
    assert JournalLine.select().where(JournalLine.verb == "option.added").count() == 1


def test_ballots_cast_before_say_nothing_of_it_and_still_count(site):
    (late,) = newcomers(1)
    for method, early, after in (
        ("approval", {"option-1": "1"}, {"option-3": "1"}),
        ("choice", {"choice": "1"}, {"choice": "3"}),
        ("score", {"option-1": "4"}, {"option-3": "5"}),
        ("dots", {"option-1": "3"}, {"option-3": "2"}),
    ):
        proposal = where(title=method, method=method)
        actions.vote(member("Alice"), proposal, early)
        actions.add_option(member("Alice"), proposal, "Guéret")
        present, options = Proposal.get_by_id(proposal.id), queries.options_of(proposal)
        tally = METHODS[method].count(queries.profile(present), {o.name: o.label for o in options}, {})
        assert (tally.voters, tally.counts["3"], tally.scores["3"], present.revision) == (1, 0, 0, 2)
        actions.vote(late, present, after)
        assert [option.count for option in queries.options_of(proposal)] == [1, 0, 1]


def test_dates_stand_in_their_order(site):
    proposal = where(method="dates", options="2027-03-20\n2027-03-24")
    actions.vote(member("Alice"), proposal, {"option-2027-03-24": "2"})
    actions.add_option(member("Alice"), proposal, "22/03/2027 20h")
    assert [option.name for option in queries.options_of(proposal)] == ["2027-03-20", "2027-03-22T20:00", "2027-03-24"]
    assert [option.count for option in queries.options_of(proposal)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écrivez quelque chose ici."),
        ("bellac", "Cette option est déjà là."),
        ("a" * 161, "C’est trop long"),
        ("\x07", "quelque chose"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_and_kept(alice, typed, sentence):
    proposal = where()
    answer = add(alice, proposal, typed)
    assert answer.status_code == 422
    assert answer.text.count('id="f-option-error"') == 1
    assert sentence in answer.text or typed == "\x07"
    assert f'value="{typed}"' in answer.text
    assert labels(proposal) == ["Bellac", "Le Dorat"]


def test_a_wrong_or_known_date_is_told(alice):
    proposal = where(method="dates", options="2027-03-20\n2027-03-24")
    for typed in ("demain", "20/03/2027"):
        assert add(alice, proposal, typed).status_code == 422
    assert len(labels(proposal)) == 2


def test_thirty_options_are_enough(alice):
    proposal = where(options="\n".join(f"Lieu {number}" for number in range(30)))
    assert "déjà ses trente options" in add(alice, proposal, "Guéret").text
    assert len(labels(proposal)) == 30


def test_others_do_not_add(bob, guest, alice):
    proposal = where()
    assert {add(visitor, proposal, "Guéret").status_code for visitor in (bob, guest)} == {403}
    fixed = where(title="Fixe", terms=Terms())
    answer = add(alice, fixed, "Guéret")
    assert answer.status_code == 403
    assert "celles de la proposition" in answer.text
    ours = where(title="Entre nous", terms=Terms(growing=True, electorate="named", named="Alice"))
    newcomers(1)
    assert add(alice, ours, "Guéret").status_code == 303
    assert "/options" not in bob.get(f"/p/{proposal.key}").text


@pytest.mark.parametrize(
    ("method", "final"),
    [("consent", ""), ("majority_judgment", ""), ("ranked", ""), ("stv", ""), ("count", ""), ("choice", "1")],
)
def test_a_vote_that_needs_every_option_judged_takes_no_more(alice, method, final):
    fields = {"title": "Où", "method": method, "options": "Bellac\nLe Dorat", "growing": "1", "final": final}
    answer = alice.post("/g/insoumis-087/propositions/nouvelle", fields)
    assert answer.status_code == 422
    assert 'id="f-growing"' in answer.text
    assert Proposal.select().count() == 0


def test_a_choice_that_grows_is_drawn_in_rows(alice, guest):
    proposal = where(method="choice")
    actions.vote(member("Alice"), proposal, {"choice": "1"})
    assert '#b1"' in guest.get(f"/p/{proposal.key}/resultat").text


def test_who_rewrites_does_not_lose_unread_what_members_added(alice, bob):
    proposal = where()
    seen = seen_by(alice, proposal, "/modifier")
    actions.add_option(member("Alice"), proposal, "Guéret")
    written = {"title": "Où ?", "method": "approval", "options": "Bellac\nAmbazac", "growing": "1", "seen": seen}
    late = alice.post(f"/p/{proposal.key}/modifier", written)
    assert late.status_code == 409
    assert "Les options\u00a0: maintenant «\u202fBellac\nLe Dorat\nGuéret\u202f»." in late.text
    assert labels(proposal) == ["Bellac", "Le Dorat", "Guéret"]
    # Told of it, they decide.
    again = alice.post(f"/p/{proposal.key}/modifier", written | {"seen": seen_on(late), "options": "Bellac\nGuéret"})
    assert again.status_code == 303
    assert labels(proposal) == ["Bellac", "Guéret"]
