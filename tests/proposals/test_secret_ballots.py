"""Secret votes: counted, and nothing kept from which a choice could be read."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine

from forum.database.clock import now
from forum.database.connection import database, is_postgresql
from forum.database.select import tuples
from forum.groups import actions as groups
from forum.proposals import actions, queries, secrecy
from forum.proposals.models import (
    Ballot,
    BallotChange,
    Mark,
    Proposal,
    SecretBallots,
    SecretParticipant,
    SecretUrn,
    SecretVote,
)
from forum.tasks.journal import JournalLine
from tests.proposals.ballots import enough_for_a_secret, newcomers, put
from tests.proposals.test_ways_of_voting import WAYS
from tests.world import group, member

SURE = {"sure": "1"}


def secret(**fields) -> Proposal:
    return put(terms=actions.Terms(secret=True), **fields)


def closed(proposal: Proposal):
    return time_machine.travel(proposal.closes_at + timedelta(minutes=1))


def said(proposal: Proposal) -> dict[str, int]:
    return {row.said: row.number for row in SecretBallots.select().where(SecretBallots.proposal == proposal.id)}


def everything() -> str:
    """All that the database holds, as one text."""
    tables = [table for table in database.get_tables() if not table.startswith(("departement", "commune", "circon"))]
    return repr([database.execute_sql(f'select * from "{table}"').fetchall() for table in tables])


def test_a_secret_vote_is_confirmed_counted_and_said_to_be_so(alice):
    proposal = secret()
    page = alice.get(f"/p/{proposal.key}").text
    for told in ("Vote secret", "sans nom, sans heure et sans ordre", "Belenios"):
        assert told in page
    asked = alice.post(f"/p/{proposal.key}/vote", {"choice": "block"})
    assert asked.status_code == 422
    assert "Confirmer mon vote" in asked.text
    assert said(proposal) == {}
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "block", **SURE}).status_code == 303
    assert said(proposal) == {"block:1": 1}
    page = alice.get(f"/p/{proposal.key}").text
    assert "Vous avez voté. Votre bulletin est secret" in page
    assert 'name="choice"' not in page


def test_pressing_again_or_otherwise_changes_nothing(alice, site):
    proposal = secret()
    with ThreadPoolExecutor(4) as pool:
        tabs = [site.visitor("Alice") for _ in range(4)]
        choices = ["agree", "agree", "disagree", "block"]
        answers = pool.map(
            lambda pair: pair[0].post(f"/p/{proposal.key}/vote", {"choice": pair[1], **SURE}).status_code,
            zip(tabs, choices, strict=True),
        )
        assert set(answers) == {303}
    assert sum(said(proposal).values()) == 1
    before = said(proposal)
    assert alice.post(f"/p/{proposal.key}/vote", {"choice": "abstain", **SURE}).status_code == 303
    assert said(proposal) == before
    assert Proposal.get_by_id(proposal.id).voters_count == 1


def test_nothing_kept_tells_who_voted_what_when_or_in_which_order(site):
    proposal = secret()
    people = newcomers(6)
    for person in people:
        actions.vote(person, proposal, {"choice": "agree", "reason": "Parce que moi.", **SURE})
    assert Ballot.select().count() == Mark.select().count() == BallotChange.select().count() == 0
    assert JournalLine.select().where(JournalLine.verb == "vote.cast").count() == 0
    kept = everything()
    assert "Parce que moi." not in kept
    rows = tuples(SecretVote.select(SecretVote.mark))
    assert {mark for (mark,) in rows} == {secrecy.mark_of(proposal, person.id) for person in people}
    # The marks name nobody without the secret, and rows stand in their own order, not in that of the votes.
    assert all(person.username not in mark and str(person.id) != mark for person in people for (mark,) in rows)
    if not is_postgresql():
        for table in ("secret_vote", "secret_ballots"):
            (sql,) = database.execute_sql("select sql from sqlite_master where name = ?", (table,)).fetchone()
            assert "WITHOUT ROWID" in sql.upper()
            assert not any(word in sql for word in ("_at", "account", "member", "voter"))


def test_marks_depend_on_the_secret_and_on_the_proposal(site):
    one, other = secret(), secret(title="Une autre proposition claire")
    marks = {secrecy.mark_of(proposal, account) for proposal in (one, other) for account in (1, 2)}
    assert len(marks) == 4


def test_results_stay_hidden_to_everybody_until_the_end(alice, guest):
    proposal = secret()
    for person in newcomers(5):
        actions.vote(person, proposal, {"choice": "disagree", **SURE})
    alice.post(f"/p/{proposal.key}/vote", {"choice": "agree", **SURE})
    for visitor in (alice, guest):
        told = visitor.get(f"/p/{proposal.key}.json").json
        assert {option["count"] for option in told["options"]} == {None}
        assert told["secret"] is True
        assert told["voters_count"] == 6
        for path in (".csv", "/voix", "/voix.csv", "/participation", "/imprimer"):
            assert visitor.get(f"/p/{proposal.key}{path}").status_code == 403, path
        assert 'class="legend"' not in visitor.get(f"/p/{proposal.key}").text
    with closed(proposal):
        # Readers end no secret vote: the worker does, and says so meanwhile.
        waiting = guest.get(f"/p/{proposal.key}.json").json
        assert {option["count"] for option in waiting["options"]} == {None}
        assert "Le dépouillement est en cours" in guest.get(f"/p/{proposal.key}.csv").text
        actions.close_all_due.call_local()
        told = guest.get(f"/p/{proposal.key}.json").json
        assert {option["id"]: option["count"] for option in told["options"]}["disagree"] == 5
        assert told["outcome"]["status"] == "rejected"
        assert guest.get(f"/p/{proposal.key}.csv").text.count("\r\nballot,") == 6


def test_who_took_part_is_seen_at_the_end_by_members_and_only_if_enough_did(site, alice, bob):
    few, enough = secret(), secret(title="Une autre proposition claire")
    people = newcomers(5)
    for person in people[:4]:
        actions.vote(person, few, {"choice": "agree", **SURE})
    for person in people:
        actions.vote(person, enough, {"choice": "agree", **SURE})
    with closed(enough):
        actions.close_all_due.call_local()
        page = site.visitor("Alice").get(f"/p/{enough.key}/participation")
        assert page.status_code == 200
        assert all(person.username in page.text for person in people)
        assert "Alice" not in page.text.partition("<h1>")[2].partition("</main>")[0]
        assert site.visitor("Alice").get(f"/p/{few.key}/participation").status_code == 403
        for visitor in (site.visitor("Bob"), site.visitor()):
            assert visitor.get(f"/p/{enough.key}/participation").status_code == 403
            assert visitor.get(f"/p/{enough.key}/voix").status_code == 403
        assert site.visitor("Alice").get(f"/p/{enough.key}/voix").status_code == 403


def test_a_secret_vote_is_counted_again_from_what_is_kept(site):
    proposal = secret(method="majority_judgment", options="Bellac\nLe Dorat")
    people = newcomers(5)
    for rank, person in enumerate(people):
        actions.vote(person, proposal, {"option-1": str(rank % 3 + 1), "option-2": "4", **SURE})
    with closed(proposal):
        ended = actions.close(Proposal.get_by_id(proposal.id))
        assert ended.voters_count == 5
        assert all(not problem for _, problem in queries.checks(ended))
        SecretBallots.update(number=SecretBallots.number + 1).execute()
        assert any(problem for _, problem in queries.checks(Proposal.get_by_id(proposal.id)))


def test_every_way_of_voting_is_counted_in_secret(alice):
    for way, (settings, ballot, kept, _) in WAYS.items():
        settings = dict(settings)
        proposal = secret(title=f"En secret, {way}", method=way, options=settings.pop("options", ""), settings=settings)
        actions.vote(member("Alice"), proposal, {**ballot, **SURE})
        with closed(proposal):
            actions.close(Proposal.get_by_id(proposal.id))
            assert dict(next(iter(queries.profile(proposal)))) == kept, way
            assert alice.get(f"/p/{proposal.key}").status_code == 200


def test_a_secret_vote_that_is_cancelled_shows_nothing_and_one_that_ended_is_not_reopened(alice, guest):
    cancelled, ended = secret(), secret(title="Une autre proposition claire")
    for proposal in (cancelled, ended):
        alice.post(f"/p/{proposal.key}/vote", {"choice": "disagree", **SURE})
    assert alice.post(f"/p/{cancelled.key}/annulation", {"reason": "La question était mal posée."}).status_code == 303
    told = guest.get(f"/p/{cancelled.key}.json").json
    assert {option["count"] for option in told["options"]} == {0}
    assert said(cancelled) == {}
    with closed(ended):
        answer = alice.post(f"/p/{ended.key}/reouverture", {"closes_at": "2027-03-21T20:00", "reason": "Encore."})
        assert answer.status_code == 403


def test_only_who_has_not_voted_in_secret_is_reminded(site):
    proposal = secret()
    voter, absent = newcomers(2)
    actions.vote(voter, proposal, {"choice": "agree", **SURE})
    assert absent.id in queries.silent_ids(proposal)
    assert voter.id not in queries.silent_ids(proposal)


def test_secrecy_sets_the_other_terms_and_refuses_what_would_break_it(alice):
    enough_for_a_secret()
    form = {"title": "Qui nous représente ?", "method": "approval", "options": "Genêt\nSilex", "secret": "1"}
    refused = alice.post("/g/insoumis-087/propositions/nouvelle", form | {"growing": "1"})
    assert refused.status_code == 422
    assert "garde ses options" in refused.text
    answer = alice.post("/g/insoumis-087/propositions/nouvelle", form | {"results": "always", "reasons": "required"})
    assert answer.status_code == 303
    made = Proposal.get()
    assert (made.secret, made.final, made.results, made.reasons) == (True, True, "closed", "off")


def test_my_data_says_that_i_took_part_once_it_is_over_and_never_what_i_said(bob):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = secret()
    for person in newcomers(4):
        actions.vote(person, proposal, {"choice": "agree", **SURE})
    bob.post(f"/p/{proposal.key}/vote", {"choice": "disagree", **SURE})
    mine = bob.get("/moi/donnees").json["votes"]
    assert mine["secret_ballots"] == mine["ballots"] == []
    Proposal.update(closes_at=now() - timedelta(minutes=1)).execute()
    actions.close_all_due.call_local()
    mine = bob.get("/moi/donnees").json["votes"]
    assert mine["secret_ballots"] == [{"proposal": proposal.key}]
    assert "disagree" not in json.dumps(mine)


def test_who_may_not_vote_may_not_vote_in_secret(bob, guest):
    proposal = secret()
    for visitor in (bob, guest):
        assert visitor.post(f"/p/{proposal.key}/vote", {"choice": "agree", **SURE}).status_code == 403
    assert SecretVote.select().count() == 0
    assert queries.options_of(proposal)[0].count == 0


@pytest.mark.parametrize("named", [False, True])
def test_fewer_than_five_may_not_vote_in_secret(alice, named):
    """What four say is what each says, or nearly."""
    form = {"title": "Qui nous représente ?", "method": "consent", "secret": "1"}
    if named:
        enough_for_a_secret()
        form |= {"electorate": "named", "named": "Alice\nGravier0\nGravier1\nGravier2"}
    refused = alice.post("/g/insoumis-087/propositions/nouvelle", form)
    assert refused.status_code == 422
    assert "Un vote secret demande au moins 5 personnes qui peuvent voter" in refused.text.replace("\xa0", " ")
    assert "Qui nous représente" in refused.text
    if named:
        form["named"] += "\nGravier3"
    enough_for_a_secret()
    assert alice.post("/g/insoumis-087/propositions/nouvelle", form).status_code == 303


def test_a_vote_that_began_before_votes_had_keys_ends_like_the_others(site):
    proposal = secret()
    people = newcomers(6)
    for person in people[:5]:
        actions.vote(person, proposal, {"choice": "agree", **SURE})
    SecretVote.delete().execute()
    SecretUrn.delete().execute()
    for person in people[:5]:
        SecretVote.create(mark=secrecy.mark_of(proposal, person.id), proposal=proposal.id)
    actions.vote(people[5], Proposal.get_by_id(proposal.id), {"choice": "block", **SURE})
    actions.vote(people[0], Proposal.get_by_id(proposal.id), {"choice": "block", **SURE})
    assert said(proposal) == {"agree:1": 5, "block:1": 1}
    with closed(proposal):
        actions.close_all_due.call_local()
    assert SecretParticipant.select().count() == 6


def test_marks_of_votes_that_ended_before_are_read_once_more_and_forgotten(site):
    proposal = secret()
    for person in newcomers(5):
        actions.vote(person, proposal, {"choice": "agree", **SURE})
    Proposal.update(closed_at=now()).where(Proposal.id == proposal.id).execute()
    actions.end_all_over.call_local()
    assert (SecretVote.select().count(), SecretUrn.select().count(), SecretParticipant.select().count()) == (0, 0, 5)
    actions.end_all_over.call_local()
    assert SecretParticipant.select().count() == 5
