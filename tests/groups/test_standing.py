"""How somebody stands to a group: known with the row for whoever reads it, asked for anybody else."""

import pytest

from forum.accounts.models import GUEST
from forum.database.connection import database
from forum.discussions import actions as discussing, queries as discussions
from forum.groups import actions as groups, queries, rules
from forum.initiatives import queries as initiatives
from forum.proposals import actions as proposing, queries as proposals
from tests.initiatives import planned
from tests.world import group, member

LONG = "Un texte assez long pour être lu."


def questions(ask) -> int:
    """How many statements this costs."""
    counted: list = []
    database.obj.query_hooks.append(counted.append)
    ask()
    database.obj.query_hooks.remove(counted.append)
    return len(counted)


def whole(person, row) -> tuple:
    return rules.animates(person, row), rules.standing_in(person, row).removed, rules.comment(person, row).allowed


def read(name: str, where: str):
    """A group read for this person, by each of the ways there are to read one."""
    person, home = member(name), group("insoumis-087")
    if where == "group":
        return queries.group_for(person, "insoumis-087")
    if where == "list":
        return queries.groups_at(person, ["087"])["087"][0]
    if where == "initiative":
        return initiatives.initiative_for(person, planned("insoumis-087").key).group
    talk = discussing.open(member("Alice"), home, "Un sujet à débattre", LONG)
    if where == "discussion":
        return discussions.discussion_for(person, talk.key).group
    if where == "comment":
        return discussions.comment_for(person, discussing.comment(member("Alice"), talk, LONG).key).discussion.group
    return proposals.proposal_for(
        person, proposing.propose(member("Alice"), home, proposing.Draft("Titre", LONG)).key
    ).group


@pytest.mark.parametrize("where", ["group", "list", "discussion", "comment", "proposal", "initiative"])
def test_whoever_reads_a_group_is_known_there_without_asking_again(site, where):
    for name, stands in (("Alice", (True, False, True)), ("Bob", (False, False, False))):
        row, person, answers = read(name, where), member(name), []
        assert questions(lambda: answers.append(whole(person, row))) == 0  # noqa: B023
        assert answers == [stands]


def test_a_group_read_for_one_answers_about_another_and_stays_the_first_ones(site):
    alice, bob = member("Alice"), member("Bob")
    row = queries.group_for(alice, "insoumis-087")
    assert not rules.belongs(bob, row)
    groups.join(bob, group("insoumis-087"))
    # Asked each time: nothing is kept of whom the row was not read for.
    assert rules.belongs(bob, row)
    assert row.standing.member_id == alice.id
    assert questions(lambda: rules.animates(alice, row)) == 0


def test_a_group_read_for_nobody_keeps_whom_it_is_asked_about_first(site):
    alice, bob, row = member("Alice"), member("Bob"), group("insoumis-087")
    assert questions(lambda: rules.animates(alice, row)) == 1
    assert (rules.animates(bob, row), rules.animates(alice, row)) == (False, True)
    assert questions(lambda: whole(alice, row)) == 0


def test_a_guest_stands_outside_without_asking(site):
    row = group("insoumis-087")
    assert questions(lambda: rules.belongs(GUEST, row)) == 0
    assert not rules.belongs(GUEST, row)
    assert not rules.read_content(GUEST, group("veilleuses"))


def test_a_standing_is_never_changed(site):
    standing = rules.standing_in(member("Alice"), group("insoumis-087"))
    with pytest.raises(AttributeError):
        standing.role = ""
