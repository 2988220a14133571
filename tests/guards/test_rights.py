"""docs/rights.md is true: each cell is tried over HTTP, each line has its act, each rule its line."""

import ast
from functools import cache
from pathlib import Path

import pytest

from forum.accounts.models import Account
from forum.candidacies import actions as candidacies
from forum.discussions import actions as discussions, queries as discussion_queries
from forum.draws import actions as draws
from forum.groups import actions as groups
from forum.groups.models import ACCESSES, Group, Membership, Removal, Request
from forum.proposals import actions as proposals
from forum.search.actions import reindex
from tests.candidacies import called, ended, standing
from tests.draws import DICE, frozen, prepared
from tests.guards.rights import ACTS, ELSEWHERE
from tests.initiatives import planned
from tests.world import HASH, at_short_address, group, member

ROOT = Path(__file__).resolve().parents[2]
# Who stands in each column, and the letter of each visibility.
ROLES = {
    "visitor": "",
    "signed in": "Bob",
    "member": "Charlie",
    "animator": "Alice",
    "site moderator": "Modeste",
    "site admin": "Ardoise",
}
VISIBILITIES = {"O": "ouvert", "F": "ferme", "S": "secret"}


@cache
def table() -> dict[str, tuple[dict[str, set[str]], set[str]]]:
    """The lines of the document: act -> ({role: letters}, rules)."""
    lines = (ROOT / "docs/rights.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head = rows[0]
    assert head == ["act", *ROLES, "rules"]
    return {
        row[0]: (
            {role: set(cell.split()) - {"–"} for role, cell in zip(ROLES, row[1:-1], strict=True)},
            set(row[-1].replace("`", "").replace(",", " ").split()),
        )
        for row in rows[2:]
    }


def test_the_document_and_the_acts_are_the_same_list():
    assert {act: rules for act, (_, rules) in table().items()} == {act: set(ACTS[act].rules) for act in ACTS}


def test_every_rule_stands_in_the_document():
    """A rule is a function that returns a Verdict or a condition: a new one has its line, or says who tests it."""
    named = {rule for _, rules in table().values() for rule in rules}
    assert rules_of_the_code() == named | set(ELSEWHERE)
    assert not named & set(ELSEWHERE)
    assert all((ROOT / path).exists() for path in ELSEWHERE.values())


def rules_of_the_code() -> set[str]:
    """The verdicts and conditions that other rooms may ask; where rules are a folder, those that it hands out."""
    found = set()
    for path in [*(ROOT / "forum").glob("*/rules.py"), *(ROOT / "forum").glob("*/rules/*.py")]:
        feature = path.relative_to(ROOT / "forum").parts[0]
        handed_out = handed_out_by(ROOT / "forum" / feature / "rules" / "__init__.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and getattr(node.returns, "id", "") in ("Verdict", "Expression"):
                inner = node.name not in handed_out if handed_out else node.name.startswith("_")
                found |= set() if inner else {f"{feature}.{node.name}"}
    return found


def handed_out_by(facade: Path) -> set[str]:
    """The names that the front of a folder hands out (`from … import name as name`); none where there is no folder."""
    if not facade.exists():
        return set()
    imports = [node for node in ast.parse(facade.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports for alias in node.names if alias.name == alias.asname}


@pytest.fixture
def keys(site) -> dict[str, dict[str, str]]:
    """By letter, what stands in a group of each visibility; what is said there was said by Galet."""
    for name, role in (("Galet", ""), ("Ardoise", "admin")):
        Account.create(username=name, username_key=name.lower(), password_hash=HASH, role=role)
    furnished = {letter: furnish(visibility) for letter, visibility in VISIBILITIES.items()}
    reindex()
    return furnished


def furnish(visibility: str) -> dict[str, str]:
    alice, word = member("Alice"), f"granit{visibility}"
    access = {"visibility": visibility, "joining": ACCESSES[visibility][0]}
    home = groups.create(alice, groups.GroupSettings(word, **access, approve_discussions=True), word)
    at_short_address(home, word)
    for name in ("Charlie", "Galet"):
        groups.add_member(member(name), home, role="member")
    galet = member("Galet")
    talk = discussions.open(galet, home, f"Basalte{visibility}", f"Une pierre noire. #schiste{visibility}")
    discussions.decide(alice, talk, "approve")
    talk = discussion_queries.discussion_for(galet, talk.key)
    said = discussions.comment(galet, talk, "Une pierre grise.")
    asked = proposals.propose(galet, home, proposals.Draft(f"Gneiss{visibility}", "Une pierre rayée."))
    proposals.vote(galet, asked, {"choice": "agree"})
    meeting = planned(word, "Galet")
    return {
        "g": word,
        "group": word,
        "d": talk.key,
        "talk": talk.title,
        "c": said.key,
        "p": asked.key,
        "asked": asked.title,
        "i": meeting.key,
        **lots(word, meeting.key),
        **stands(word),
        "tag": f"schiste{visibility}",
        "w": discussions.open(galet, home, f"Marne{visibility}", "Une pierre tendre.").key,
        "waits": f"Marne{visibility}",
        "r": Request.create(group=home, member=galet).key,
    }


def lots(word: str, meeting: str) -> dict[str, str]:
    """One to be frozen, one that is, and one that has drawn Galet, who alone comes to the meeting."""
    drawn = frozen(word, title="Qui porte les tables", source="dice", pool="initiative", initiative=meeting, seats="1")
    for name in ("Alice", "Charlie"):
        draws.enter(member(name), drawn, "0", DICE)
    waiting = frozen(word, title=f"Calcaire{word}", source="dice")
    return {"n": prepared(word).key, "l": waiting.key, "lots": waiting.title, "o": drawn.key}


def stands(word: str) -> dict[str, str]:
    """A call that is open, one that is over, and Galet's candidacy with their own correction under it."""
    open_call, over = called(word), called(word, title="Qui s’est présenté·e")
    lot = called(word, title="Qui est tiré au sort", designation="draw")
    candidacy = standing(open_call, "Galet")
    said = candidacies.say(member("Galet"), candidacy, "correction", "Une pierre polie.")
    return {"e": open_call.key, "f": ended(over).key, "q": ended(lot).key, "y": candidacy.key, "z": said.key}


def test_every_cell_is_as_it_is_written(site, keys):
    visitors = {role: site.visitor(name) for role, name in ROLES.items()}
    before = doors()
    wrong = []
    for act, (cells, _) in table().items():
        for role, letters in cells.items():
            for letter in VISIBILITIES:
                for one in ACTS[act].tries:
                    if one.lets_in(visitors[role], ROLES[role], keys[letter]) != (letter in letters):
                        wrong.append((act, role, letter, one.path.format(**keys[letter]), one.form))
                if ACTS[act].changes:
                    put_back(before)
    assert not wrong, "\n".join(map(str, wrong))


def doors() -> list[tuple]:
    return list(Membership.select(Membership.group, Membership.member, Membership.role).tuples())


def put_back(before: list[tuple]) -> None:
    """Who belongs, as before; who asked is forgotten, but for Galet, whose request is answered in another line."""
    Membership.delete().execute()
    Membership.insert_many(before, fields=[Membership.group, Membership.member, Membership.role]).execute()
    Group.update(members_count=3).where(Group.handle.startswith("granit")).execute()
    Request.delete().where(Request.member != member("Galet")).execute()
    Removal.delete().execute()


def test_the_cells_are_tried_in_groups_that_differ_by_their_visibility_alone(keys):
    assert [group(keys[letter]["g"]).visibility for letter in VISIBILITIES] == list(VISIBILITIES.values())
