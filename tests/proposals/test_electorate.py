"""Who may vote: the members, the members of the hour of opening, or people named; and what leaving changes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.accounts.models import Account
from forum.database.connection import database
from forum.errors import Invalid, Refused
from forum.groups import actions as groups
from forum.groups.models import Group, Membership
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions, queries
from forum.proposals.actions import Terms
from forum.proposals.models import Ballot, Proposal, Voter
from tests.proposals.ballots import newcomers, put
from tests.world import HASH, PASSWORD, group, member

NEW = "/g/insoumis-087/propositions/nouvelle"
BEFORE, NAMED = Terms(electorate="before"), Terms(electorate="named", named="Alice, Bob")


@pytest.fixture
def clock(site):
    """A clock that stands still until a test moves it: an hour and more lies between what happens."""
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False) as moved:
        yield lambda **further: moved.shift(timedelta(**further))


def vote(visitor, proposal: Proposal, choice: str = "agree"):
    return visitor.post(f"/p/{proposal.key}/vote", {"choice": choice, "reason": "Une raison."})


def eligible(proposal: Proposal) -> int:
    return Proposal.get_by_id(proposal.id).eligible_count


def test_who_joins_after_the_opening_does_not_vote_where_the_electorate_is_fixed(clock, alice, bob):
    proposal = put(terms=BEFORE)
    clock(hours=1)
    page = bob.get(f"/p/{proposal.key}").text
    assert "Rejoindre pour voter" not in page
    assert "Votent les personnes qui étaient membres à l’ouverture" in page
    bob.post("/g/insoumis-087/adhesion")
    answer = vote(bob, proposal)
    assert (answer.status_code, Ballot.select().count()) == (403, 0)
    assert "membres du groupe à l’ouverture du vote" in answer.text
    assert 'name="choice"' not in bob.get(f"/p/{proposal.key}").text
    assert vote(alice, proposal).status_code == 303
    assert eligible(proposal) == 1


def test_leaving_and_being_back_moves_no_quorum_where_the_electorate_is_fixed(clock, alice):
    people = newcomers(4)
    clock(hours=1)
    proposal = put(terms=BEFORE, settings={"quorum": "60"})
    clock(hours=1)
    actions.vote(people[0], proposal, {"choice": "agree"})
    for person in people[:2]:
        groups.leave(person, group("insoumis-087"))
    newcomers(3, start=10)
    for person in people[:2]:
        with pytest.raises(Refused, match="membre du groupe"):
            actions.vote(person, proposal, {"choice": "disagree"})
        groups.join(person, group("insoumis-087"))
        with pytest.raises(Refused, match="à l’ouverture du vote"):
            actions.vote(person, proposal, {"choice": "disagree"})
    vote(alice, proposal)
    assert (eligible(proposal), queries.options_of(proposal)[0].count) == (5, 2)
    clock(days=8)
    outcome = queries.outcome_of(actions.close(proposal))
    assert outcome is not None
    assert outcome["status"] == "no_quorum"
    assert eligible(proposal) == 5


def test_members_who_come_and_go_count_as_they_stand_where_all_members_vote(clock, alice):
    proposal, people = put(), newcomers(3)
    clock(hours=1)
    vote(alice, proposal)
    assert eligible(proposal) == 4
    groups.leave(people[0], group("insoumis-087"))
    actions.vote(people[1], proposal, {"choice": "agree"})
    assert eligible(proposal) == 3
    groups.join(people[0], group("insoumis-087"))
    actions.vote(people[0], proposal, {"choice": "agree"})
    assert eligible(proposal) == 4


def test_only_those_who_are_named_vote(clock, site, alice, bob):
    groups.join(member("Bob"), group("insoumis-087"))
    groups.join(member("Charlie"), group("insoumis-087"))
    proposal = put(terms=NAMED)
    assert vote(alice, proposal).status_code == 303
    charlie = site.visitor("Charlie")
    answer = vote(charlie, proposal)
    assert answer.status_code == 403
    assert "personnes désignées" in answer.text
    assert eligible(proposal) == 2
    groups.leave(member("Bob"), group("insoumis-087"))
    assert vote(bob, proposal).status_code == 403
    assert eligible(proposal) == 2
    groups.join(member("Bob"), group("insoumis-087"))
    assert vote(bob, proposal).status_code == 303


def test_who_is_named_is_told_to_members_only(site, alice, guest):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(terms=NAMED)
    assert "Alice, Bob" in alice.get(f"/p/{proposal.key}").text
    for visitor in (guest, site.visitor("Charlie")):
        page = visitor.get(f"/p/{proposal.key}").text
        assert "Votent 2 personnes désignées" in page
        assert "Bob" not in page
        assert "Bob" not in visitor.get(f"/p/{proposal.key}.json").text
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    assert "Bob" not in site.visitor("Bob").get(f"/p/{proposal.key}").text.split("<main")[1]


def test_only_those_who_may_vote_are_asked_to(clock, site):
    for name in ("Bob", "Charlie"):
        groups.join(member(name), group("insoumis-087"))
    put(title="Pour deux", terms=NAMED)
    put(title="Plus tard", terms=Terms(electorate="named", named="Bob", opens_at="2027-03-07T20:00"))
    delivery.run_once()
    said = {notice.sentence for notice in Notice.select().where(Notice.account == member("Charlie").id)}
    assert not any("Pour deux" in sentence or "Plus tard" in sentence for sentence in said)
    clock(days=7)
    actions.open_all_due.call_local()
    delivery.run_once()
    said = [notice.sentence for notice in Notice.select().where(Notice.account == member("Bob").id)]
    assert [sentence.split("«")[0].strip(" \u202f\u00a0:") for sentence in said if "Plus tard" in sentence] == [
        "Le vote s’ouvre dimanche à 20\u00a0h",
        "À voter",
    ]


def test_who_leaves_the_site_is_named_no_more(clock, site, bob):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(terms=NAMED)
    assert proposal.key in bob.get("/moi/donnees").text
    assert bob.post("/moi/suppression", {"password": PASSWORD}).status_code == 303
    assert [row.member_id for row in Voter.select()] == [member("Alice").id]
    assert eligible(proposal) == 2


def test_naming_is_no_way_to_learn_who_belongs(bob):
    Group.update(members_see_members=False).where(Group.handle == "insoumis-087").execute()
    groups.join(member("Bob"), group("insoumis-087"))
    for names in ("Alice", "Charlie", "Personne"):
        with pytest.raises(Invalid, match="voient la liste des membres"):
            put(by="Bob", terms=Terms(electorate="named", named=names))


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("", "Écrivez les pseudonymes"),
        ("Alice, Charlie\nÉglantine", "dans le groupe\u00a0: Charlie, Églantine."),
        ("Alice\n" * 301, "300 personnes désignées au plus"),
        ("Alice\0", "Personne ne porte"),
    ],
)
def test_a_wrong_name_is_told(site, named, sentence):
    with pytest.raises(Invalid) as problem:
        put(terms=Terms(electorate="named", named=named))
    assert sentence in problem.value.fields["named"]
    assert Voter.select().count() == 0


def test_names_are_read_by_line_or_comma_whatever_their_case_and_once(site):
    put(terms=Terms(electorate="named", named="@ALICE\r\nalice ; Alice,"))
    assert [row.member_id for row in Voter.select()] == [member("Alice").id]


def test_an_electorate_of_five_thousand_costs_no_row_and_no_more_statements(site):
    made: list[str] = []

    def hook(*args, **_) -> None:
        made.append(str(args))

    database.obj.query_hooks.append(hook)
    costs = []
    for number in (10, 5_000):
        crowd(number)
        made.clear()
        proposal = put(title=f"Pour {number}", terms=BEFORE)
        actions.vote(member("Alice"), proposal, {"choice": "agree"})
        costs.append(len(made))
        assert eligible(proposal) == Membership.select().where(Membership.group == group("insoumis-087").id).count()
    database.obj.query_hooks.remove(hook)
    assert costs[0] == costs[1] <= 40
    assert Voter.select().count() == 0


def crowd(number: int) -> None:
    """So many more members, in a few inserts."""
    names = [f"sable{number}n{i}" for i in range(number)]
    for start in range(0, number, 500):
        chunk = names[start : start + 500]
        Account.insert_many([{"username": n, "username_key": n, "password_hash": HASH} for n in chunk]).execute()
        people = Account.select(Account.id).where(Account.username.in_(chunk))
        home = group("insoumis-087").id
        Membership.insert_many([{"group": home, "member": person.id} for person in people]).execute()
    Group.update(members_count=Group.members_count + number).where(Group.handle == "insoumis-087").execute()


def test_the_electorate_is_rewritten_with_the_proposal(site):
    groups.join(member("Bob"), group("insoumis-087"))
    proposal = put(terms=NAMED)
    draft = actions.Draft("Autrement", terms=Terms(electorate="named", named="Bob"))
    actions.edit(member("Alice"), proposal, draft)
    assert queries.named_voters(proposal) == ["Bob"]
    assert eligible(proposal) == 1
    actions.edit(member("Alice"), proposal, actions.Draft("Autrement encore"))
    assert (queries.named_voters(proposal), eligible(proposal)) == ([], 2)


def test_the_rule_is_told_beside_the_count(guest):
    for terms, said in ((Terms(), "y compris qui le rejoint"), (BEFORE, "fixé à l’ouverture")):
        proposal = put(title=said, terms=terms)
        assert said in guest.get(f"/p/{proposal.key}").text


def test_the_answer_for_machines_says_who_votes(guest):
    told = guest.get(f"/p/{put(terms=BEFORE).key}.json").json
    assert (told["electorate"], told["eligible_count"]) == ("before", 1)
