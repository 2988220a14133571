"""How many questions a page asks the database: bounded, and no more for many rows than for few."""

import pytest

from forum.accounts.models import Account
from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions as proposals
from tests.guards.test_routes import LONG
from tests.world import group, member


def questions(visitor, path: str) -> int:
    """How many statements an answer costs, from an empty start of the request."""
    counted = []

    def hook(*args, **_) -> None:
        counted.append(args)

    visitor.get(path)
    database.obj.query_hooks.append(hook)
    try:
        assert visitor.get(path).status_code == 200
    finally:
        database.obj.query_hooks.remove(hook)
    return len(counted)


def people(number: int) -> list[Account]:
    """Members of insoumis-087."""
    home, found = group("insoumis-087"), []
    for rank in range(number):
        person = Account.create(username=f"Galet{rank}", username_key=f"galet{rank}", password_hash="!")
        groups.join(person, home)
        found.append(person)
    return found


def group_page(number: int) -> str:
    alice, home = member("Alice"), group("insoumis-087")
    for rank in range(number):
        discussions.open(alice, home, f"Sujet {rank}", LONG, ["eau"])
        proposals.propose(alice, home, proposals.Draft(f"Proposition {rank}", LONG))
    return "/g/insoumis-087"


def long_discussion(number: int) -> str:
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Un long sujet", LONG)
    for rank, person in enumerate(people(10)):
        for again in range(number // 10):
            discussions.comment(person, talk, f"{LONG} {rank} {again}")
    return f"/d/{talk.key}"


def busy_proposal(number: int) -> str:
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Une proposition", LONG))
    for person in people(number):
        proposals.vote(person, asked, {"choice": "agree", "reason": f"Parce que, dit {person.username}."})
    return f"/p/{asked.key}"


def directory(number: int) -> str:
    for rank in range(number):
        groups.create(
            member("Alice"),
            groups.GroupSettings(f"Thème {rank}", tags=("eau", "air")),
            f"insoumis-theme-{number}-{rank}",
        )
    return "/groupes"


def place_page(number: int) -> str:
    # 087-01 is there already when more are wanted.
    for rank in range(0 if number == 1 else 1, number):
        groups.create(member("Alice"), groups.GroupSettings("Ici"), place=f"087-0{rank + 1}")
    return "/lieux/087"


PAGES = {
    # page: (few rows, many rows, the most a signed-in reader's page may ask)
    group_page: (2, 20, 14),
    long_discussion: (40, 200, 11),
    busy_proposal: (3, 40, 13),
    directory: (2, 25, 4),
    place_page: (1, 3, 7),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_many_rows_cost_no_more_questions_than_few(site, alice, page):
    few, many, most = PAGES[page]
    path = page(few)
    before = questions(alice, path)
    after = questions(alice, _fuller(page, many))
    assert after <= before
    assert after <= most


def _fuller(page, many: int) -> str:
    Account.update(username_key=Account.username_key.concat("-avant")).where(
        Account.username_key.startswith("galet")
    ).execute()
    return page(many)


def test_an_unchanged_tally_costs_one_question(site, guest):
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Une proposition", LONG))
    path = f"/p/{asked.key}/resultat?revision={asked.revision}"
    counted: list = []
    guest.get(path, htmx=True)
    hook = lambda *args, **_: counted.append(args)  # noqa: E731
    database.obj.query_hooks.append(hook)
    answer = guest.get(path, htmx=True)
    database.obj.query_hooks.remove(hook)
    assert (answer.status_code, answer.data) == (204, b"")
    assert len(counted) <= 1
