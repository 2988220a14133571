"""Each action holds without a page: called by somebody who has no part in it, it refuses, or it is said why not."""

import ast
from pathlib import Path

import pytest

from forum.accounts.models import GUEST
from forum.database.connection import database
from forum.errors import Invalid, NotFound, Refused
from tests.guards.acts import ACTS, BY_THE_CLOCK, READ_ONLY, SYSTEM, stage
from tests.world import member

FORUM = Path(__file__).resolve().parents[2] / "forum"


def public_functions() -> set[str]:
    """The functions of every room of actions that another file may call, each as feature.name."""
    found = set()
    for path in [*FORUM.glob("*/actions.py"), *FORUM.glob("*/actions/*.py")]:
        feature = path.relative_to(FORUM).parts[0]
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.add(f"{feature}.{node.name}")
    return found


def called_by_pages() -> set[str]:
    """What routes call of a room of actions, as feature.name."""
    found = set()
    for path in [*FORUM.glob("*/routes.py"), *FORUM.glob("*/routes/*.py")]:
        tree, rooms = ast.parse(path.read_text("utf-8")), {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("forum."):
                feature, within = node.module.split(".")[1], node.module.split(".")[2:]
                for alias in node.names:
                    if alias.name == "actions" or within == ["actions"]:
                        rooms[alias.asname or alias.name] = feature
                    if within[:1] == ["actions"]:
                        found.add(f"{feature}.{alias.name}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
                found.add(f"{rooms[node.value.id]}.{node.attr}")
    return found


def test_every_act_is_listed_once():
    lists = [set(ACTS), set(SYSTEM), BY_THE_CLOCK, READ_ONLY]
    assert public_functions() == set().union(*lists)
    assert sum(map(len, lists)) == len(public_functions())


def test_no_page_calls_what_asks_no_rule():
    assert called_by_pages() & set(SYSTEM) == set()
    assert {"groups.enter", "groups.follow", "proposals.vote", "tags.settle_due"} <= called_by_pages()


@pytest.mark.parametrize("name", ["", "Bob"])
def test_strangers_and_guests_do_what_they_may_and_nothing_else(site, name):
    scene = stage()
    who = member(name) if name else GUEST
    wrong = [act for act in ACTS if refused(act, who, scene) is bool(ACTS[act].stranger if name else ACTS[act].guest)]
    assert wrong == []


def refused(act: str, who, scene) -> bool:
    """Whether this act refuses this person; what it did otherwise is undone."""
    with database.atomic() as trial:
        try:
            ACTS[act].call(who, scene)
        except (Refused, NotFound):
            return True
        except Invalid:
            return False
        finally:
            trial.rollback()
    return False
