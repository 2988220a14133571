"""docs/glossary.md: every table has its line, and every line speaks of what there is."""

import ast
import importlib
import re
from functools import cache

from tests.guards.test_imports import FILES, ROOT

LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| members read")
]


@cache
def classes() -> dict[str, ast.ClassDef | None]:
    """The classes of forum by name, and the aliases of types, which have no body."""
    found: dict[str, ast.ClassDef | None] = {}
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found.setdefault(node.targets[0].id, None)
    return found


def tables() -> set[str]:
    return {
        name for name, node in classes().items() if node and any(ast.unparse(base) == "Base" for base in node.bases)
    }


def is_there(name: str) -> bool:
    """Whether the code has this class, this field of a class, or this module."""
    if name.startswith("forum."):
        return bool(importlib.import_module(name))
    owner, _, field = name.partition(".")
    if not field:
        return owner in classes()
    body = getattr(classes().get(owner), "body", [])
    targets = [t for node in body for t in getattr(node, "targets", [getattr(node, "target", node)])]
    return field in {getattr(t, "id", getattr(t, "name", "")) for t in targets}


@cache
def read_by_members() -> str:
    """All that stands in templates, their comments left out, and in the strings of the code, in lower case."""
    templates = (path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    nodes = (node for path in FILES for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    strings = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return " ".join([*(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL) for text in templates), *strings]).lower()


def test_every_table_has_its_line():
    named = {name for _, *cells in LINES for name in re.findall(r"`(\w+)`", " ".join(cells))}
    assert tables() - named == set()


def test_every_name_of_the_code_is_there():
    names = [name for _, code, meaning in LINES for name in re.findall(r"`([\w.]+)`", code)]
    assert [name for name in names if not is_there(name)] == []
    assert [
        name for _, _, meaning in LINES for name in re.findall(r"`([A-Z]\w+)`", meaning) if not is_there(name)
    ] == []


def test_every_word_of_the_members_is_read_somewhere():
    assert [word for word, *_ in LINES if word != "–" and word not in read_by_members()] == []


def test_the_guard_itself_sees_what_is_not_there():
    assert is_there("Proposal.electorate")
    assert not is_there("Proposal.colour")
    assert not is_there("Seat")
    assert "Membership" in tables()
