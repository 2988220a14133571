"""The minutes of a vote: all one needs to count it again, the same for ever once the vote is over."""

import csv
import hashlib
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import brotli
import time_machine

from forum.groups import actions as groups
from forum.groups.models import Group, Membership
from forum.personal_data import actions as personal_data
from forum.proposals import actions, minutes, queries
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import profile_of
from forum.proposals.models import Mark, Option, Proposal
from tests.proposals.ballots import newcomers, put
from tests.proposals.filling import filled, options_text
from tests.world import PASSWORD, group, member

ROOMS = "Bellac\nLe Dorat\nGuéret"


def voted(way: str) -> Proposal:
    """A proposal of this way of voting, with ballots of two kinds by six people."""
    method, chance = METHODS[way], Random(87)
    proposal = put(title=f"Où aller, {way}", method=way, options=options_text(method, 3))
    ballots = filled(method, chance, 3), filled(method, chance, 3)
    voters = Membership.select().where(Membership.group == proposal.group_id).order_by(Membership.id)
    for number, voter in enumerate(voters):
        actions.vote(voter.member, proposal, ballots[number % 2])
    return proposal


def ended(proposal: Proposal) -> Proposal:
    with time_machine.travel(proposal.closes_at + timedelta(seconds=1)):
        return actions.close(proposal)


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_way_of_voting_is_counted_again_from_its_minutes(site, guest):
    newcomers(5)
    for way in METHODS:
        proposal = ended(voted(way))
        answer = guest.get(f"/p/{proposal.key}.csv")
        rows = lines(answer.text)
        settings = {row["item"]: row["value"] for row in rows if row["kind"] == "setting"}
        terms = {
            "electorate": "members",
            "reasons": "optional",
            "results": "always",
            "final": "0",
            "growing": "0",
            "secret": "0",
        }
        assert settings == terms | {name: str(value) for name, value in queries.settings_of(proposal).items()}
        (labels,) = [row for row in rows if row["kind"] == "label"]
        options = {name: labels[name] for name in list(labels)[3:]}
        cast = [{name: int(row[name]) for name in options if row[name]} for row in rows if row["kind"] == "ballot"]
        tally = METHODS[way].count(profile_of(cast), options, queries.settings_of(proposal))
        for kind, figures in (("count", tally.counts), ("sum", tally.scores)):
            (told,) = [row for row in rows if row["kind"] == kind]
            assert {name: int(told[name]) for name in options} == dict(figures), way
        facts = {row["item"]: row["value"] for row in rows if row["kind"] == "vote"}
        assert (facts["ballots"], facts["eligible"], facts["method"]) == ("6", "6", way)
        outcome = METHODS[way].outcome(tally, options, queries.settings_of(proposal), 6)
        assert {"kind": "outcome", "item": "status", "value": outcome.status}.items() <= next(
            row for row in rows if row["kind"] == "outcome"
        ).items()


def test_its_fingerprint_stands_on_the_page_the_print_and_the_json(guest, site):
    newcomers(5)
    proposal = ended(voted("ranked"))
    answer = guest.get(f"/p/{proposal.key}.csv")
    digest = hashlib.sha256(answer.data).hexdigest()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.data.count(b"\n") == answer.data.count(b"\r\n")
    assert digest in guest.get(f"/p/{proposal.key}").text
    printed = guest.get(f"/p/{proposal.key}/imprimer").text
    assert f"{digest[:32]} {digest[32:]}" in printed
    assert '<use href="#' in printed[printed.index("Le décompte") :]
    told = guest.get(f"/p/{proposal.key}.json").json["record"]
    assert told == {"url": f"/p/{proposal.key}.csv", "sha256": digest}


def test_it_never_changes_once_the_vote_is_over(site, guest, alice):
    people = newcomers(5)
    proposal = ended(voted("choice"))
    before = guest.get(f"/p/{proposal.key}.csv").data
    personal_data.leave_for_good(people[0], PASSWORD)
    groups.leave(people[1], group("insoumis-087"))
    newcomers(2, start=10)
    Group.update(name="Autre nom").where(Group.id == proposal.group_id).execute()
    Option.update(label="Autre").where(Option.proposal == proposal.id, Option.name == "1").execute()
    assert guest.get(f"/p/{proposal.key}.csv").data == alice.get(f"/p/{proposal.key}.csv").data == before


def test_a_copy_taken_during_the_vote_tells_strangers_no_ballot(guest, alice):
    newcomers(5)
    proposal = voted("score")
    for visitor, ballots in ((guest, 0), (alice, 6)):
        kinds = Counter(row["kind"] for row in lines(visitor.get(f"/p/{proposal.key}.csv").text))
        assert (kinds["ballot"], kinds["count"]) == (ballots, 1)
    assert guest.get(f"/p/{proposal.key}.json").json["record"]["sha256"] is None
    assert "se liront ici à la fin du vote" in guest.get(f"/p/{proposal.key}/imprimer").text


def test_few_ballots_of_several_marks_stay_among_members(guest, bob, alice):
    newcomers(3)
    few, plain = ended(voted("score")), ended(voted("choice"))
    for visitor in (guest, bob):
        told = visitor.get(f"/p/{few.key}.csv").text
        assert "\nballot," not in told
        assert "\ncount," in told
        # So few could be found out by trying them all against the fingerprint.
        assert visitor.get(f"/p/{few.key}.json").json["record"]["sha256"] is None
        assert "SHA-256" not in visitor.get(f"/p/{few.key}").text
        assert "\nballot," in visitor.get(f"/p/{plain.key}.csv").text
    assert alice.get(f"/p/{few.key}.csv").text.count("\nballot,") == 4
    assert alice.get(f"/p/{few.key}.json").json["record"]["sha256"]


def test_its_order_is_not_the_order_of_voting(site):
    people = newcomers(6)
    one, other = put(title="Une"), put(title="Autre")
    choices = ["block", "agree", "abstain", "agree", "disagree", "abstain"]
    for proposal, order in ((one, choices), (other, sorted(choices))):
        for person, choice in zip(people, order, strict=True):
            actions.vote(person, proposal, {"choice": choice, "reason": "Parce que."})
    ballots = [
        [line for line in minutes.written(queries.vote_of(proposal, 1)).split("\r\n") if line.startswith("ballot")]
        for proposal in (one, other)
    ]
    assert ballots[0] == ballots[1]
    assert ballots[0][0] == "ballot,1,,1,,,"


def test_no_line_of_it_becomes_a_formula_or_two_lines():
    vote = minutes.Vote(
        key="k",
        closing=1,
        title='=HYPERLINK("x")',
        body="",
        method="choice",
        opens_at=datetime(2027, 3, 21, 19, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 19, tzinfo=UTC),
        eligible=3,
        voters=1,
        recorded=0,
        settings={},
        options={"1": "+33, oui", "2": "a\u2028b\nc"},
        counts={"1": 1, "2": 0},
        scores={"1": 1, "2": 0},
        ballots=[{"1": 1}],
    )
    text = minutes.written(vote)
    assert '"\'=HYPERLINK(""x"")"' in text
    assert lines(text)[-4]["1"] == "'+33, oui"
    assert lines(text)[-4]["2"] == "a b c"
    assert minutes.without_ballots(text) == text.removesuffix("ballot,1,,1,\r\n")


def test_the_form_of_the_minutes_is_held_to_the_letter():
    """Whoever kept a fingerprint compares it with what this code writes: a new form is a new name of format."""
    vote = minutes.Vote(
        key="k3v9abcd",
        closing=1,
        title="Où ?",
        body="Là.",
        method="choice",
        opens_at=datetime(2027, 3, 21, 19, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 19, tzinfo=UTC),
        eligible=3,
        voters=2,
        recorded=1,
        settings={"quorum": 0},
        options={"1": "Bellac", "2": "Guéret"},
        counts={"1": 1, "2": 1},
        scores={"1": 1, "2": 1},
        outcome={"status": "tie", "chosen": ["1", "2"], "sentences": ["Égalité."]},
        rooms=[minutes.Room("Bellac", "2027-03-27", 9, {"1": 4, "2": 5})],
        ballots=[{"2": 1}, {"1": 1}],
    )
    assert minutes.written(vote).split("\r\n") == [
        "kind,item,value,1,2",
        "vote,format,parvis-vote-1,,",
        "vote,key,k3v9abcd,,",
        "vote,closing,1,,",
        "vote,title,Où ?,,",
        f"vote,text_sha256,{hashlib.sha256('Là.'.encode()).hexdigest()},,",
        "vote,method,choice,,",
        "vote,opens_at,2027-03-21T19:00:00Z,,",
        "vote,closes_at,2027-03-28T19:00:00Z,,",
        "vote,eligible,3,,",
        "vote,ballots,2,,",
        "vote,recorded,1,,",
        "setting,quorum,0,,",
        "label,,,Bellac,Guéret",
        "count,,,1,1",
        "sum,,,1,1",
        "outcome,status,tie,,",
        "outcome,chosen,,1,1",
        "outcome,sentence,Égalité.,,",
        "room-1,place,Bellac,,",
        "room-1,date,2027-03-27,,",
        "room-1,present,9,,",
        "room-1,count,,4,5",
        "ballot,1,,1,",
        "ballot,2,,,1",
        "",
    ]


def test_the_paper_holds_all_of_it_without_a_script(guest):
    newcomers(5)
    proposal = ended(voted("majority_judgment"))
    page = guest.get(f"/p/{proposal.key}/imprimer").text
    assert "<script" not in page
    assert "6\u00a0= Excellent" in page or "6 = Excellent" in page
    assert page.count('<tr><th scope="row">3</th>') == 2


def test_a_vote_that_ended_before_minutes_were_kept_gets_its_own(site, guest):
    proposal = ended(voted("choice"))
    kept = queries.last_closing(proposal)
    assert kept is not None
    kept.delete_instance()
    assert guest.get(f"/p/{proposal.key}.csv").status_code == 200
    for _ in range(2):
        actions.seal_what_ended_before.call_local()
    again = queries.last_closing(proposal)
    assert again is not None
    assert (again.sha256, again.number) == (kept.sha256, 1)


def test_a_changed_mark_is_found_whatever_the_way_of_voting(site):
    newcomers(5)
    command = site.app.test_cli_runner()
    for way in METHODS:
        proposal = ended(voted(way))
        options = queries.options_of(proposal)
        sound = command.invoke(args=["recount", proposal.key])
        assert sound.exit_code == 0, sound.output
        assert sound.output.count(": ok\n") == len(sound.output.splitlines()) == 4 + len(options)
        mark = Mark.select().join(Option).where(Option.proposal == proposal.id).order_by(Mark.id).first()
        other = next(option for option in options if option.id != mark.option_id)
        single = METHODS[way].single_mark
        changed = {"option": other} if single else {"value": mark.value - 1 or 2}
        for values in (changed, changed if single else {"value": 99}):
            Mark.update(**values).where(Mark.id == mark.id).execute()
            altered = command.invoke(args=["recount", proposal.key])
            assert altered.exit_code == 1
            assert "lines differ" in altered.output, altered.output


def test_a_changed_count_outcome_or_minutes_is_found(site):
    newcomers(5)
    proposal = ended(voted("choice"))
    command = site.app.test_cli_runner()
    kept = queries.last_closing(proposal)
    assert kept is not None
    alterations = (
        (Option, {"count": 77}, "kept (77, 77)", {"count": 3}),
        (Proposal, {"outcome": '{"status": "chosen", "chosen": ["3"], "sentences": []}'}, "outcome", {}),
        (type(kept), {"record": kept.record.replace("Bellac", "Limoges")}, f"sha256 {kept.sha256}", {}),
    )
    for model, values, said, _ in alterations:
        before = list(model.select().dicts())
        model.update(**values).execute()
        altered = command.invoke(args=["recount", proposal.key])
        assert altered.exit_code == 1
        assert said.split()[0] in altered.output
        for row in before:
            model.update(**row).where(model.id == row["id"]).execute()
    assert command.invoke(args=["recount", proposal.key]).exit_code == 0


def test_a_running_vote_is_recounted_too_and_an_unknown_key_is_said(site):
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "agree"})
    command = site.app.test_cli_runner()
    assert command.invoke(args=["recount", proposal.key]).exit_code == 0
    Proposal.update(voters_count=3).where(Proposal.id == proposal.id).execute()
    altered = command.invoke(args=["recount", proposal.key])
    assert (altered.exit_code, "1 ballots: kept 3, counted 1" in altered.output) == (1, True)
    assert command.invoke(args=["recount", "jamaisvu"]).exit_code == 1


def test_a_page_with_fifty_voices_stays_light(alice):
    proposal = put(method="majority_judgment", options=ROOMS, body="Un texte de quelques lignes.\n\n" * 5)
    for number, person in enumerate(newcomers(50)):
        reason = f"Raison de {person.username} : la salle {number} est grande, on y vient à pied ou par le train."
        actions.vote(person, proposal, {"option-1": str(number % 7), "option-2": "3", "reason": reason})
    assert weight(alice.get(f"/p/{proposal.key}")) <= 10_000
    assert weight(alice.get(f"/p/{proposal.key}/voix")) <= 10_000
    ended(proposal)
    assert weight(alice.get(f"/p/{proposal.key}")) <= 10_000


def weight(answer) -> int:
    return len(brotli.compress(answer.data, quality=5))
