"""One votes on what one read: where a proposal changed since the page was made, nothing is counted, and one is told."""

import re
from datetime import timedelta

import pytest

from forum.database.clock import now
from forum.proposals import actions, queries
from forum.proposals.actions import Terms
from forum.proposals.models import Ballot, Option, Proposal, RoomCount, SecretVote
from tests.proposals.ballots import enough_for_a_secret, newcomers, put, seen_by
from tests.world import member, seen_on

CHOICE = {"title": "On achète la sono", "method": "choice", "options": "Oui\nNon"}
SECRET = Terms(secret=True)


def rewrite(proposal: Proposal, **fields) -> None:
    """What the author makes of it while nobody has voted."""
    actions.edit(member("Alice"), proposal, actions.Draft(**{"title": proposal.title, "body": proposal.body, **fields}))


def vote(visitor, proposal, **fields):
    return visitor.post(f"/p/{proposal.key}/vote", fields, htmx=fields.pop("htmx", False))


@pytest.fixture
def bea(site):
    newcomers(1)
    return site.visitor("Galet0")


def labels(proposal) -> dict[str, str]:
    return {option.name: option.label for option in queries.options_of(proposal)}


def test_a_press_on_yes_is_never_counted_for_no(bea):
    proposal = put(**CHOICE)
    seen = seen_by(bea, proposal)
    rewrite(proposal, **{**CHOICE, "options": "Non\nOui"})
    assert labels(proposal) == {"2": "Non", "1": "Oui"}
    rewrite(proposal, **{**CHOICE, "options": "Pas du tout\nOui, oui"})
    refused = vote(bea, proposal, choice="1", seen=seen)
    assert refused.status_code == 409
    assert "les options" in refused.text
    assert "n’est plus parmi les réponses" in refused.text
    assert Ballot.select().count() == 0
    assert vote(bea, proposal, choice="4", seen=seen_on(refused)).status_code == 303
    assert queries.ballot_of(member("Galet0"), proposal)[1] == {"4": 1}


def test_names_of_options_are_never_used_twice(site):
    proposal = put(**CHOICE)
    for options, names in (
        ("Oui\nNon\nPlus tard", "123"),
        ("Oui\nNon", "12"),
        ("Plus tard\nOui\nNon", "412"),
        ("Autre\nEncore", "56"),
    ):
        rewrite(proposal, **{**CHOICE, "options": options})
        assert "".join(labels(proposal)) == names
    rewrite(proposal, title="On achète la sono")
    assert set(labels(proposal)) == {"agree", "abstain", "disagree", "block"}
    rewrite(proposal, **{**CHOICE, "terms": Terms(growing=True)})
    actions.add_option(member("Alice"), proposal, "Jamais")
    assert labels(proposal) == {"7": "Oui", "8": "Non", "9": "Jamais"}


def test_an_option_may_be_named_on_in_proposals_of_before(site):
    proposal = put(**CHOICE)
    Proposal.update(last_number=0).execute()
    rewrite(proposal, **{**CHOICE, "options": "Oui\nJamais"})
    assert labels(proposal) == {"1": "Oui", "3": "Jamais"}


def test_a_text_changed_between_a_secret_ballot_and_its_confirmation_is_not_voted_on(bea):
    proposal = put(title="La réunion à la cantine", terms=SECRET)
    asked = vote(bea, proposal, choice="agree", seen=seen_by(bea, proposal))
    assert (asked.status_code, "Confirmer mon vote" in asked.text) == (422, True)
    rewrite(proposal, title="La réunion au parking", terms=SECRET)
    refused = vote(bea, proposal, choice="agree", sure="1", seen=seen_on(asked))
    assert refused.status_code == 409
    assert "le titre" in refused.text
    assert "Voter de nouveau\u00a0: D’accord" in refused.text
    assert SecretVote.select().count() == 0
    assert vote(bea, proposal, choice="agree", sure="1", seen=seen_on(refused)).status_code == 303
    assert SecretVote.select().count() == 1


def test_the_confirmation_keeps_what_was_read_even_if_it_changed_just_before_it_is_shown(bea):
    proposal = put(title="La réunion à la cantine", terms=SECRET)
    seen = seen_by(bea, proposal)
    asked = vote(bea, proposal, choice="agree", seen=seen, htmx=True)
    assert seen_on(asked) == seen


def test_a_ballot_believed_secret_is_never_cast_under_a_name(bea):
    proposal = put(terms=SECRET)
    seen = seen_by(bea, proposal)
    rewrite(proposal, terms=Terms())
    refused = vote(bea, proposal, choice="agree", seen=seen, htmx=True)
    assert refused.status_code == 409
    assert "le vote n’est plus secret" in refused.text
    assert Ballot.select().count() == SecretVote.select().count() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "Autre chose"}, "le titre"),
        ({"body": "Tous les jours."}, "le texte"),
        ({"method": "choice", "options": "Oui\nNon"}, "la façon de voter"),
        ({"settings": {"quorum": "50"}}, "la façon de voter"),
        ({"terms": Terms(electorate="named", named="Galet0")}, "qui vote"),
        ({"terms": Terms(reasons="required")}, "les raisons demandées"),
        ({"terms": Terms(results="closed")}, "le moment où se voient les résultats"),
        ({"terms": Terms(final=True)}, "le vote est devenu définitif"),
        ({"closes_at": (now() + timedelta(days=3)).isoformat()}, "la fin du vote"),
    ],
)
def test_whatever_one_goes_by_is_what_one_seen_by(bea, changed, said):
    proposal = put()
    seen = seen_by(bea, proposal)
    rewrite(proposal, **changed)
    refused = vote(bea, proposal, choice="agree", seen=seen)
    assert (refused.status_code, said in refused.text) == (409, True)
    assert Ballot.select().count() == 0


def test_a_script_that_bears_no_mark_is_taken_and_a_mark_of_another_form_is_not(bea):
    proposal = put()
    for seen in ("", "1780000000000", "4.rien.", "x"):
        refused = vote(bea, proposal, choice="agree", seen=seen)
        assert (refused.status_code, "trop ancienne" in refused.text) == (409, True)
    assert vote(bea, proposal, choice="agree", waited="1").status_code == 409
    assert Ballot.select().count() == 0
    assert vote(bea, proposal, choice="agree").status_code == 303


def test_an_option_added_since_lets_the_ballot_count_and_tells_the_voter(bea):
    growing = {"method": "approval", "options": "Bellac\nLe Dorat", "terms": Terms(growing=True)}
    proposal = put(**growing)
    seen = seen_by(bea, proposal)
    actions.add_option(member("Alice"), proposal, "Guéret")
    fragment = vote(bea, proposal, **{"option-1": "1", "seen": seen, "htmx": True})
    assert fragment.status_code == 200
    assert "Ajouté depuis que vous aviez ouvert la page\u00a0: Guéret" in fragment.text
    plain = vote(bea, proposal, **{"option-2": "1", "seen": seen})
    assert plain.status_code == 303
    assert "Ajouté depuis que vous aviez ouvert la page\u00a0: Guéret" in bea.get(plain.location).text
    assert queries.ballot_of(member("Galet0"), proposal)[1] == {"2": 1}
    assert "Ajouté depuis" not in bea.get(f"/p/{proposal.key}").text


def test_an_option_added_since_stops_a_ballot_that_is_final(bea):
    final = {"method": "approval", "options": "Bellac\nLe Dorat", "terms": Terms(final=True)}
    proposal = put(**final)
    seen = seen_by(bea, proposal)
    Option.create(proposal=proposal, name="3", label="Guéret", position=3)
    refused = vote(bea, proposal, **{"option-1": "1", "sure": "1", "seen": seen})
    assert (refused.status_code, "les options" in refused.text) == (409, True)
    assert Ballot.select().count() == 0


def test_what_was_chosen_and_why_comes_back_beside_what_changed(bea):
    proposal = put(method="approval", options="Bellac\nLe Dorat")
    seen = seen_by(bea, proposal)
    rewrite(proposal, method="approval", options="Bellac\nGuéret")
    refused = vote(bea, proposal, **{"option-1": "1", "option-2": "1", "reason": "C’est près.", "seen": seen})
    assert refused.status_code == 409
    assert re.search(r'name="option-1" value="1" checked', refused.text)
    assert "C’est près." in refused.text


def test_a_voice_by_telephone_is_noted_on_what_was_read_out(alice):
    newcomers(1)
    proposal = put(**CHOICE)
    seen = seen_by(alice, proposal, "/telephone")
    rewrite(proposal, **{**CHOICE, "title": "On vend la sono"})
    said = {"username": "Galet0", "choice": "1"}
    refused = alice.post(f"/p/{proposal.key}/telephone", {**said, "seen": seen})
    assert (refused.status_code, "le titre" in refused.text) == (409, True)
    assert Ballot.select().count() == 0
    assert alice.post(f"/p/{proposal.key}/telephone", {**said, "seen": seen_on(refused)}).status_code == 303


def test_an_option_is_added_to_what_was_seen_by(alice, bea):
    growing = {"method": "approval", "options": "Bellac\nLe Dorat", "terms": Terms(growing=True)}
    proposal = put(**growing)
    seen = seen_by(bea, proposal)
    rewrite(proposal, **{**growing, "title": "Où ne pas aller"})
    refused = bea.post(f"/p/{proposal.key}/options", {"option": "Guéret", "seen": seen})
    assert (refused.status_code, "le titre" in refused.text, 'value="Guéret"' in refused.text) == (409, True, True)
    assert len(labels(proposal)) == 2
    actions.add_option(member("Alice"), proposal, "Limoges")
    added = bea.post(f"/p/{proposal.key}/options", {"option": "Guéret", "seen": seen_on(refused)})
    assert added.status_code == 303
    assert len(labels(proposal)) == 4


def test_a_room_is_counted_on_what_was_read_and_corrected_by_one_at_a_time(alice):
    proposal = put()
    counted = {"place": "Bellac", "present": "9", "count-agree": "4", "room": "salle1"}
    seen = seen_by(alice, proposal, "/salle")
    rewrite(proposal, title="Tenir deux stands")
    refused = alice.post(f"/p/{proposal.key}/salle", {**counted, "seen": seen})
    assert (refused.status_code, "le titre" in refused.text) == (409, True)
    assert RoomCount.select().count() == 0
    assert alice.post(f"/p/{proposal.key}/salle", {**counted, "seen": seen_on(refused)}).status_code == 303
    path = f"/p/{proposal.key}/salle/salle1"
    older = seen_on(alice.get(path))
    assert alice.post(path, {**counted, "count-agree": "5", "seen": older}).status_code == 303
    refused = alice.post(path, {**counted, "count-agree": "6", "seen": older})
    assert (refused.status_code, "corrigé ce compte" in refused.text) == (409, True)
    assert [row.by_option["agree"] for row in RoomCount.select().order_by(RoomCount.version)] == [4, 5]


def test_an_author_with_two_pages_overwrites_nothing_unread(alice):
    proposal = put(body="Un samedi sur deux.")
    form = {"title": proposal.title, "body": proposal.body, "method": "consent"}
    seen = seen_by(alice, proposal, "/modifier")
    assert (
        alice.post(f"/p/{proposal.key}/modifier", {**form, "body": "Chaque samedi.", "seen": seen}).status_code == 303
    )
    refused = alice.post(f"/p/{proposal.key}/modifier", {**form, "title": "Tenir un étal", "seen": seen})
    assert refused.status_code == 409
    # What she did not touch is as it stands, what she did is as she typed it.
    assert "Chaque samedi.</textarea>" in refused.text
    assert 'value="Tenir un étal"' in refused.text
    assert Proposal.get().title == proposal.title


@pytest.mark.parametrize("more", [{"secret": "1"}, {"method": "choice", "options": "Oui\nNon"}, {"final": "1"}])
@pytest.mark.parametrize("once", ["form1", ""])
def test_the_same_words_with_other_terms_are_another_proposal(alice, more, once):
    enough_for_a_secret()
    form = {"title": "Élire le bureau", "body": "Chacun·e son tour.", "method": "consent", "once": once}
    first = alice.post("/g/insoumis-087/propositions/nouvelle", form).location
    again = alice.post("/g/insoumis-087/propositions/nouvelle", form).location
    other = alice.post("/g/insoumis-087/propositions/nouvelle", {**form, **more}).location
    assert first == again != other
    assert Proposal.select().count() == 2
